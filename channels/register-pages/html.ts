import { escapeHtml } from '../../core';

/** HTML that was made by `html` below: every text in it is escaped. */
export interface Html {
  readonly html: string;
}

type Piece = string | number | Html | readonly Html[] | undefined | false;

const written = (piece: Piece): string => {
  if (piece === undefined || piece === false) return '';
  if (typeof piece === 'string' || typeof piece === 'number') return escapeHtml(String(piece));
  return 'html' in piece ? piece.html : piece.map(each => each.html).join('');
};

/** A template whose values are escaped, but for HTML made the same way. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return {
    html: parts.map((part, index) => part + (index < pieces.length ? written(pieces[index]) : '')).join(''),
  };
}

/** An address as it may stand in `href`: anything but web, phone and mail leads nowhere. */
export const safeUrl = (url: string): string =>
  /^(?:https?:\/\/|tel:|mailto:|\/(?!\/))/iu.test(url) ? url : '#';

/** JSON in a data block: nothing in it can end the block. */
export const dataBlock = (type: string, value: unknown): Html => ({
  html: `<script type="${type}">${JSON.stringify(value).replace(/</gu, '\\u003c')}</script>`,
});
