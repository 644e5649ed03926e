import { randomId } from '../../transcript-socket/web/client';
import { el, fill } from '../../transcript-socket/web/dom';
import { icon } from '../../transcript-socket/web/icons';
import type { Words } from '../../transcript-socket/web/words';

/** Why the server did not keep a file; each has its sentence. */
const reasons: readonly string[] = ['kind', 'too-large', 'damaged', 'dimensions', 'active', 'empty'];

export interface Attach {
  /** The button, for the row of the composer. */
  readonly button: HTMLElement;
  /** What was chosen and what became of it, below the row. */
  readonly element: HTMLElement;
  redraw(): void;
}

/** Hands one file in over HTTP; the key of the answer's sentence. Sending again under the same id is the same file. */
async function handIn(
  file: File,
  given: {
    readonly visitor: string;
    readonly clientId: string;
    readonly keepPlace: boolean;
    readonly language: string;
  },
): Promise<string> {
  const { visitor, clientId, keepPlace, language } = given;
  const query = new URLSearchParams({ clientId, keepPlace: String(keepPlace), language });
  try {
    const response = await fetch(`/api/v1/webchat/files?${query}`, {
      method: 'POST',
      headers: {
        authorization: `Visitor ${visitor}`,
        'content-type': 'application/octet-stream',
        'x-file-name': encodeURIComponent(file.name),
      },
      body: file,
    });
    if (response.ok) return 'file.sent';
    if (response.status === 413) return 'file.too-large';
    if (response.status === 429 || response.status === 503) return 'file.busy';
    const answer = await response.text();
    const why = reasons.find(reason => answer.includes(`"${reason}"`));
    return response.status === 422 && why ? `file.${why}` : 'file.failed';
  } catch {
    return 'file.failed';
  }
}

/** Attaches a photograph or a document. Where it was taken goes along only if the person says so. */
export function createAttach(parts: { words: () => Words; visitor: () => string | undefined }): Attach {
  const input = el('input', {
    type: 'file',
    id: 'file',
    class: 'sr',
    accept: 'image/jpeg,image/png,image/webp,application/pdf,video/mp4',
  });
  const label = el('label', { for: 'file', class: 'attach' });
  const place = el('input', { type: 'checkbox', id: 'file-place' });
  const chosen = el('div', { class: 'chosen', hidden: true });
  const status = el('p', { class: 'file-status', role: 'status' });

  async function send(file: File): Promise<void> {
    const words = parts.words();
    const visitor = parts.visitor();
    chosen.hidden = true;
    if (visitor === undefined) {
      status.textContent = words('file.failed');
      return;
    }
    status.textContent = words('file.sending', { name: file.name });
    const key = await handIn(file, {
      ...{ visitor, clientId: randomId(), language: words.language },
      keepPlace: place.checked,
    });
    status.textContent = words(key, { name: file.name });
    input.value = '';
    place.checked = false;
  }

  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (!file) return;
    const words = parts.words();
    status.textContent = '';
    chosen.hidden = false;
    fill(
      chosen,
      el('p', {}, file.name),
      file.type.startsWith('image/') &&
        el('label', { for: 'file-place', class: 'place' }, place, el('span', {}, words('file.place'))),
      el(
        'button',
        { type: 'button', class: 'choice', onclick: () => void send(file) },
        words('compose.send'),
      ),
      el(
        'button',
        {
          type: 'button',
          class: 'choice',
          onclick: () => {
            chosen.hidden = true;
            input.value = '';
            input.focus();
          },
        },
        words('file.cancel'),
      ),
    );
  });

  return {
    button: el('span', { class: 'attach-box' }, input, label),
    element: el('div', {}, chosen, status),
    redraw: () => fill(label, icon('attach'), el('span', {}, parts.words()('file.choose'))),
  };
}
