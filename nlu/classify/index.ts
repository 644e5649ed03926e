export { calibrationError } from './calibrate';
export { type Classifier, loadClassifier } from './classifier';
export {
  type DerivedText,
  type LabelledText,
  type TrainOptions,
  defaultTraining,
  trainClassifier,
} from './train';
