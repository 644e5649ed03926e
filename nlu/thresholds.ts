/** Where the understanding draws its lines: shares of probability between 0 and 1, unless said otherwise. */
export interface Thresholds {
  /** A message is answered outright when its likeliest topic has this much, */
  readonly answerFrom: number;
  /** asked back from here, and is nothing of ours below. */
  readonly askFrom: number;
  /** How many times its probability none of these counts. */
  readonly noneGain: number;
  /** A dialog begins from here; what sounds like one only a little is none of these. */
  readonly dialogFrom: number;
  /** The model alone raises the alarm from here. */
  readonly alarmFrom: number;
  /** Words of danger raise it unless the model hears less danger than this: then they tell of something else, or of long ago. */
  readonly alarmWithWords: number;
  /** Words of self-harm beside words of papers, prevention or long ago raise it only from here, unless somebody wants to die. */
  readonly alarmWithCalm: number;
  /** Other words of self-harm raise it in any case, but where it is this sure to be everyday talk ("รถติดจนอยากตาย"). */
  readonly plainTalk: number;
}

/** Chosen on training phrases that the model had not read (`npm run nlu:thresholds`), see docs/understanding.md. */
export const defaultThresholds: Thresholds = {
  answerFrom: 0.8,
  askFrom: 0.04,
  noneGain: 1.5,
  dialogFrom: 0.3,
  alarmFrom: 0.35,
  alarmWithWords: 0.01,
  alarmWithCalm: 0.1,
  plainTalk: 0.85,
};
