/** One stretch of a text that is read in one breath, with its place in the text. */
export interface Phrase {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Long enough to sound natural, short enough to follow on the screen, UTF-16 units. */
const phraseUnits = 60;

/** Thai ends sentences with a space or a new line: cuts there, joining what is too short to stand alone. */
export function phrasesOf(text: string): Phrase[] {
  const phrases: Phrase[] = [];
  for (const line of text.matchAll(/[^\n]+/g)) {
    const from = line.index;
    let open: Phrase | undefined;
    for (const piece of line[0].matchAll(/\S+/g)) {
      const start = from + piece.index;
      const end = start + piece[0].length;
      if (open && end - open.start <= phraseUnits)
        open = { text: text.slice(open.start, end), start: open.start, end };
      else {
        if (open) phrases.push(open);
        open = { text: piece[0], start, end };
      }
    }
    if (open) phrases.push(open);
  }
  return phrases;
}

/** Telephone numbers digit by digit, marks and brackets left out. */
export function speakable(text: string): string {
  return text
    .replace(/https?:\/\/\S+/g, '')
    .replace(/(?:โทร\.?|สายด่วน|call|hotline)\s*\d[\d\s-]*\d/giu, found =>
      found.replace(/\d/g, digit => ` ${digit}`),
    )
    .replace(/\b0\d{1,2}[\s-]?\d{3}[\s-]?\d{3,4}\b/g, found =>
      found.replace(/\D/g, '').replace(/\d/g, digit => `${digit} `),
    )
    .replace(/[•"“”()[\]*_]/g, ' ');
}

/** Reads texts aloud with the device's own voice. */
export interface Speaker {
  /** A voice for the language exists on this device. */
  can(language: string): boolean;
  /** Reads; `onPhrase` gets the place of each phrase as it begins and `undefined` at the end. Whatever was read before stops. */
  read(phrases: readonly string[], language: string, onPhrase: (index: number | undefined) => void): void;
  stop(): void;
  /** Voices may come late. */
  onVoices(listener: () => void): void;
}

const silent: Speaker = {
  can: () => false,
  read: () => undefined,
  stop: () => undefined,
  onVoices: () => undefined,
};

export function createSpeaker(): Speaker {
  if (!('speechSynthesis' in window)) return silent;
  const { speechSynthesis } = window;
  const voiceOf = (language: string): SpeechSynthesisVoice | undefined =>
    speechSynthesis
      .getVoices()
      .find(voice => voice.lang.replace('_', '-').toLowerCase().startsWith(language.toLowerCase()));
  let reading = 0;
  let ended: (() => void) | undefined;

  function stop(): void {
    reading += 1;
    speechSynthesis.cancel();
    ended?.();
    ended = undefined;
  }

  return {
    can: language => voiceOf(language) !== undefined,
    stop,
    onVoices(listener) {
      // Safari before 16 has no addEventListener here.
      speechSynthesis.onvoiceschanged = listener;
    },
    read(phrases, language, onPhrase) {
      stop();
      const voice = voiceOf(language);
      const mine = reading;
      ended = () => onPhrase(undefined);
      const next = (index: number): void => {
        const phrase = phrases[index];
        if (mine !== reading) return;
        if (phrase === undefined) return stop();
        const utterance = new SpeechSynthesisUtterance(speakable(phrase));
        utterance.lang = voice?.lang ?? language;
        utterance.rate = 0.9;
        if (voice) utterance.voice = voice;
        utterance.onstart = () => mine === reading && onPhrase(index);
        utterance.onend = () => next(index + 1);
        utterance.onerror = () => mine === reading && stop();
        speechSynthesis.speak(utterance);
      };
      next(0);
    },
  };
}
