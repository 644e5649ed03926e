import type { LinearWeights } from './hinge';

/**
 * A linear model as it is kept: of each feature's row only the weights that matter, as (class, byte) pairs in
 * [starts[i], starts[i + 1]), each byte times `scale[i]`. The last row is the constant's.
 */
export interface PackedWeights {
  readonly starts: Uint32Array;
  readonly classOf: Uint16Array;
  readonly bytes: Int8Array;
  readonly scale: Float32Array;
}

/** Reads one row of weights into `into`, one item a class, which comes all zero. */
type RowReader = (row: number, into: Float32Array) => void;

/** Weights smaller than `smallestShare` of their row's largest are dropped: most are, and none is missed. */
function pack(rows: number, classes: number, read: RowReader, smallestShare: number): PackedWeights {
  const starts = new Uint32Array(rows + 1);
  const scale = new Float32Array(rows);
  const weights = new Float32Array(classes);
  let classOf = new Uint16Array(1 << 16);
  let bytes = new Int8Array(1 << 16);
  let size = 0;
  for (let row = 0; row < rows; row += 1) {
    weights.fill(0);
    read(row, weights);
    let top = 0;
    for (const weight of weights) top = Math.max(top, Math.abs(weight));
    const unit = top / 127;
    scale[row] = unit;
    if (size + classes > bytes.length) {
      const longer = new Uint16Array(classOf.length * 2 + classes);
      longer.set(classOf);
      classOf = longer;
      const more = new Int8Array(longer.length);
      more.set(bytes);
      bytes = more;
    }
    for (let c = 0; c < classes; c += 1) {
      const weight = weights[c] ?? 0;
      if (top === 0 || Math.abs(weight) <= top * smallestShare) continue;
      classOf[size] = c;
      bytes[size] = Math.round(weight / unit);
      size += 1;
    }
    starts[row + 1] = size;
  }
  return { starts, classOf: classOf.slice(0, size), bytes: bytes.slice(0, size), scale };
}

export function packWeights({ classes, weights }: LinearWeights, smallestShare: number): PackedWeights {
  const read: RowReader = (row, into) => {
    into.set(weights.subarray(row * classes, (row + 1) * classes));
  };
  return pack(weights.length / classes, classes, read, smallestShare);
}

/** What one class of a merged model is made of. */
export interface Column {
  /** Where the class stands in the earlier model, if its weights are kept. */
  readonly kept?: number;
  /** Where it stands in the newly trained one. */
  readonly trained?: number;
}

/**
 * An earlier model with some classes trained anew, `columns` giving for each class where its weights come from. The new
 * one may have features at the end that the earlier never saw; the constant is the last row of both.
 */
export function mergeWeights(
  earlier: PackedWeights,
  trained: LinearWeights,
  features: number,
  columns: readonly Column[],
  smallestShare: number,
): PackedWeights {
  const rows = features + 1;
  const earlierRows = earlier.scale.length;
  const placeOf = new Map(columns.flatMap(({ kept }, at) => (kept === undefined ? [] : [[kept, at]])));
  const read: RowReader = (row, into) => {
    const before = row === rows - 1 ? earlierRows - 1 : row < earlierRows - 1 ? row : undefined;
    if (before !== undefined) {
      for (let at = earlier.starts[before] ?? 0; at < (earlier.starts[before + 1] ?? 0); at += 1) {
        const place = placeOf.get(earlier.classOf[at] ?? 0);
        if (place !== undefined) into[place] = (earlier.bytes[at] ?? 0) * (earlier.scale[before] ?? 0);
      }
    }
    columns.forEach(({ trained: from }, at) => {
      if (from !== undefined) into[at] = trained.weights[row * trained.classes + from] ?? 0;
    });
  };
  return pack(rows, columns.length, read, smallestShare);
}
