/** What may be kept. Everything else is refused: nothing is kept whose inside was not understood. */
export const kinds = {
  'image/jpeg': { extension: 'jpg', picture: true },
  'image/png': { extension: 'png', picture: true },
  'image/webp': { extension: 'webp', picture: true },
  'application/pdf': { extension: 'pdf', picture: false },
  'video/mp4': { extension: 'mp4', picture: false },
  'audio/mp4': { extension: 'm4a', picture: false },
} as const;
export type FileKind = keyof typeof kinds;

/** Why a file is not kept; a sentence for each is in the catalogues. */
export const refusals = ['empty', 'too-large', 'kind', 'damaged', 'dimensions', 'active'] as const;
export type Refusal = (typeof refusals)[number];

export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** A file as it may be kept: the same picture, without what was written beside it. */
export interface Cleaned {
  readonly kind: FileKind;
  readonly bytes: Buffer;
  readonly width?: number;
  readonly height?: number;
  /** Where it was taken, as its metadata said; no longer in `bytes`. */
  readonly place?: Place;
}

export type Inspected =
  | { readonly outcome: 'clean'; readonly file: Cleaned }
  | { readonly outcome: 'refused'; readonly why: Refusal };

/** Thrown within this folder by a reader that finds something it does not take. */
export class Unacceptable extends Error {
  constructor(readonly why: Refusal) {
    super(why);
    this.name = 'Unacceptable';
  }
}

/** A picture of so many dots fills the memory of whoever shows it. */
const mostDots = 50_000_000;
const longestSide = 16_384;

/** Refuses what nothing could show. */
export function sized(width: number, height: number): { width: number; height: number } {
  if (width < 1 || height < 1) throw new Unacceptable('damaged');
  if (width > longestSide || height > longestSide || width * height > mostDots)
    throw new Unacceptable('dimensions');
  return { width, height };
}
