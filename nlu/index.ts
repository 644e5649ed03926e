export {
  calibrationError,
  type Classifier,
  defaultTraining,
  type LabelledText,
  loadClassifier,
  randomFrom,
  type TrainOptions,
  trainClassifier,
} from './classify';
export {
  aboutWhom,
  createEntityReader,
  createEntityReaderSlowly,
  type EntityReader,
  isNegated,
  registerNames,
} from './entities';
export {
  coverage,
  evaluationPage,
  isTopic,
  judge,
  type Judged,
  measure,
  type Measures,
  readApart,
  type ReadApart,
  scoreSegmentation,
  styles,
} from './evaluate';
export { type DevLine, type Example, loadDevLines, loadExamples, modelKey } from './examples';
export { normalise, type Normalised, normaliseLightly } from './normalise';
export { repairLayout } from './keyboard';
export { guessLanguage } from './language';
export {
  defaultRetrieval,
  type Hit,
  indexPassages,
  indexingPassages,
  type PassageIndex,
  type RetrieveOptions,
} from './retrieve';
export { thaiPlugIn } from './nlpjs';
export { dangerOf, readSignals, type Signals, subjectOf } from './signals';
export { icuWords, type Segmenter, thaiSegmenter } from './segment';
export { withSlips } from './slips';
export { defaultThresholds, type Thresholds } from './thresholds';
export { readTone, type Tone } from './tone';
export { type ModelInputs, readable, trainingTexts, type TrainingRun, trainModel } from './training';
export { createUnderstander, type UnderstanderParts } from './understand';
