export { readApart, type ReadApart } from './apart';
export { type Coverage, coverage, type Style, styles } from './diversity';
export { isTopic, judge, type Judged } from './judge';
export { answerCurve, measure, type Measures, reliability, type Share } from './measure';
export { evaluationPage, type PageParts } from './page';
export { type SegmentationScore, scoreSegmentation } from './segmentation';
