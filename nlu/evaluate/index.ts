export { isTopic, judge, type Judged } from './judge';
export { answerCurve, measure, type Measures, reliability, type Share } from './measure';
export { evaluationPage, type PageParts } from './page';
