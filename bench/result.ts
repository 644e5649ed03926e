/** One measured figure; with a peer of the same run, also their ratio (ours ÷ peer). */
export interface BenchResult {
  readonly bench: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: string;
  readonly peerValue?: number;
  readonly ratio?: number;
}

export const alone = (bench: string, value: number, unit: string): BenchResult => ({
  bench,
  value: rounded(value),
  unit,
});

export const against = (
  bench: string,
  value: number,
  unit: string,
  peer: string,
  peerValue: number,
): BenchResult => ({
  bench,
  value: rounded(value),
  unit,
  peer,
  peerValue: rounded(peerValue),
  ratio: rounded(value / peerValue),
});

const rounded = (value: number): number => Number(value.toPrecision(4));

/** The value below which `share` (0-1) of the sorted values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
