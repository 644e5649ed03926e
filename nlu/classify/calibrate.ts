/** Probabilities of scores at an inverse temperature. Writes into `scores` and returns it. */
export function softmax(scores: Float64Array, sharpness: number): Float64Array {
  let top = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > top) top = score;
  let sum = 0;
  for (let at = 0; at < scores.length; at += 1) {
    const value = Math.exp(((scores[at] ?? 0) - top) * sharpness);
    scores[at] = value;
    sum += value;
  }
  for (let at = 0; at < scores.length; at += 1) scores[at] = (scores[at] ?? 0) / sum;
  return scores;
}

/** One text nobody trained on: all its scores, and which was right. */
export interface HeldOut {
  readonly scores: Float64Array;
  readonly label: number;
}

function loss(rows: readonly HeldOut[], sharpness: number): number {
  let sum = 0;
  for (const { scores, label } of rows) {
    const probabilities = softmax(Float64Array.from(scores), sharpness);
    sum -= Math.log(Math.max(probabilities[label] ?? 0, 1e-9));
  }
  return sum / Math.max(rows.length, 1);
}

/** The inverse temperature under which held-out texts are least surprising: golden section search on its logarithm. */
export function fitSharpness(rows: readonly HeldOut[]): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let low = Math.log(0.3);
  let high = Math.log(60);
  let left = high - ratio * (high - low);
  let right = low + ratio * (high - low);
  let leftLoss = loss(rows, Math.exp(left));
  let rightLoss = loss(rows, Math.exp(right));
  for (let step = 0; step < 24; step += 1) {
    if (leftLoss < rightLoss) {
      high = right;
      right = left;
      rightLoss = leftLoss;
      left = high - ratio * (high - low);
      leftLoss = loss(rows, Math.exp(left));
    } else {
      low = left;
      left = right;
      leftLoss = rightLoss;
      right = low + ratio * (high - low);
      rightLoss = loss(rows, Math.exp(right));
    }
  }
  return Math.exp((low + high) / 2);
}

/** Expected calibration error over ten equal steps of confidence. */
export function calibrationError(
  rows: readonly { readonly confidence: number; readonly right: boolean }[],
): number {
  const bins = Array.from({ length: 10 }, () => ({ count: 0, confidence: 0, right: 0 }));
  for (const { confidence, right } of rows) {
    const bin = bins[Math.min(9, Math.floor(confidence * 10))];
    if (!bin) continue;
    bin.count += 1;
    bin.confidence += confidence;
    bin.right += right ? 1 : 0;
  }
  const off = bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0);
  return rows.length === 0 ? 0 : off / rows.length;
}
