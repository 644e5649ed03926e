export { calibrationError } from './calibrate';
export { type Classifier, loadClassifier } from './classifier';
export { type DerivedText, defaultTraining, type LabelledText, type TrainOptions } from './options';
export { trainClassifier } from './train';
