export { calibrationError } from './calibrate';
export { type Classifier, loadClassifier } from './classifier';
export { type LabelledText, type TrainOptions, defaultTraining, trainClassifier } from './train';
