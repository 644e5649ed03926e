export { calibrationError } from './calibrate';
export { type Classifier, loadClassifier } from './classifier';
export { randomFrom } from './hinge';
export {
  type DerivedText,
  defaultFeatures,
  defaultTraining,
  type LabelledText,
  type TrainOptions,
} from './options';
export { trainClassifier } from './train';
