import {
  type Fullness,
  type ReminderText,
  type ReminderTexts,
  type TextValue,
  type WrittenReminder,
  amountWords,
  bangkokAt,
  bangkokMidnight,
  bangkokTimeOf,
  dayWords,
  inLanguage,
  nearDay,
  segmentsOf,
  spoken,
  timeWords,
} from '../../core';
import { type TextFault, textFaults } from './check';
import { type Template, templateOf } from './templates';

export interface TextParts {
  /** `locales/{th,en}/sms.json`. */
  readonly catalogue: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Who sends. */
  readonly operator: string;
  /** The one number to call, E.164, national or a hotline. */
  readonly phone: string;
}

interface Telling {
  readonly language: string;
  readonly dueAt: number;
  readonly now: number;
}

/** Texts whose faults are remembered. */
const rememberedTexts = 200;

/** The full form; the short one where that saves a part. */
const fewerParts = (full: string, short: string): string =>
  segmentsOf(short) < segmentsOf(full) ? short : full;

/** A Wednesday evening in September and such take the most room: whatever fits then, fits always. */
const widest = bangkokAt(2027, 9, 30, 16 * 60 + 46);

/** As it is dialled inside the country, without gaps: phones make it a number to touch. */
const dialled = (phone: string): string => phone.replace(/[\s()-]/gu, '').replace(/^\+66/u, '0');

const wellFilled = (value: TextValue): boolean => {
  switch (value.kind) {
    case 'text':
      return inLanguage(typeof value.text === 'string' ? { th: value.text } : value.text, 'th').trim() !== '';
    case 'moment':
      return Number.isFinite(value.at);
    case 'day':
      return bangkokMidnight(value.date) !== undefined;
    case 'amount':
      return Number.isSafeInteger(value.satang) && value.satang > 0;
    case 'phone':
      return /^(?:0\d{8,9}|\d{3,4})$/u.test(dialled(value.number));
  }
};

/** Writes what people get, from templates that are data. */
export function createTexts({ catalogue, operator, phone }: TextParts): ReminderTexts {
  const sentence = (language: string, key: string): string | undefined =>
    catalogue[language]?.[key] ?? catalogue['th']?.[key];

  /** A moment, its day or its time of day, as the sentence asks for it. */
  function moment(at: number, telling: Telling, fullness: Fullness, what: 'day' | 'time' | 'both'): string {
    const { language, now } = telling;
    const near = nearDay(at, now);
    const day = [near && sentence(language, `near.${near}`), dayWords(at, language, fullness)]
      .filter(Boolean)
      .join(' ');
    const time = timeWords(bangkokTimeOf(at).minutes, language, fullness);
    return what === 'day' ? day : what === 'time' ? time : `${day} ${time}`;
  }

  function valueText(value: TextValue, part: string, telling: Telling, fullness: Fullness): string {
    const { language } = telling;
    switch (value.kind) {
      case 'text':
        return (typeof value.text === 'string' ? value.text : inLanguage(value.text, language)).trim();
      case 'moment':
        return moment(value.at, telling, fullness, part === 'day' || part === 'time' ? part : 'both');
      case 'day':
        return moment(bangkokMidnight(value.date) ?? 0, telling, fullness, 'day');
      case 'amount':
        return amountWords(value.satang, language);
      case 'phone':
        return dialled(value.number);
    }
  }

  function filled(template: Template, text: ReminderText, telling: Telling, fullness: Fullness): string {
    const values: Readonly<Record<string, TextValue>> = {
      ...text.values,
      due: { kind: 'moment', at: telling.dueAt },
      phone: { kind: 'phone', number: phone },
    };
    const key = `template.${template.id}`;
    const brief = fullness === 'short' ? catalogue[telling.language]?.[`${key}.short`] : undefined;
    const raw = brief ?? sentence(telling.language, key) ?? '';
    const said = raw
      .replace(/\{(\w+)(?:\.(\w+))?\}/gu, (_, name: string, part = '') => {
        const value = Object.hasOwn(values, name) ? values[name] : undefined;
        return value ? valueText(value, String(part), telling, fullness) : '';
      })
      .replace(/[^\S\n]+/gu, ' ')
      .trim();
    return said.includes(operator) ? said : `${operator}: ${said}`;
  }

  function missing(template: Template, text: ReminderText): string | undefined {
    for (const { name, kind, maxUnits } of template.variables) {
      const value = Object.hasOwn(text.values, name) ? text.values[name] : undefined;
      if (value?.kind !== kind || !wellFilled(value)) return `${name}: ${kind} is missing or wrong`;
      if (value.kind !== 'text' || maxUnits === undefined) continue;
      const all = typeof value.text === 'string' ? [value.text] : Object.values(value.text);
      if (all.some(each => each.length > maxUnits)) return `${name}: longer than ${maxUnits} characters`;
    }
    return undefined;
  }

  const smsText = (template: Template, text: ReminderText, telling: Telling): string =>
    fewerParts(filled(template, text, telling, 'full'), filled(template, text, telling, 'short'));

  /** As a call says it. */
  function aloudText(template: Template, text: ReminderText, telling: Telling): string {
    const said = filled(template, text, telling, 'spoken');
    const frame = sentence(telling.language, 'call.frame') ?? '{text}';
    const call = frame
      .replace(/\{text\}/gu, () =>
        said.startsWith(`${operator}: `) ? said.slice(operator.length + 2) : said,
      )
      .replace(/\{operator\}/gu, () => operator);
    return telling.language === 'th' ? spoken(call) : call;
  }

  function faultOf(text: ReminderText, language: string): string | undefined {
    const template = templateOf(text.template);
    if (!template) return `template: there is no "${text.template}"`;
    const wrong = missing(template, text);
    if (wrong) return wrong;
    const telling = { language, dueAt: widest, now: widest - 86_400_000 };
    const faultsOf = (written: string): readonly TextFault[] =>
      textFaults(written, { phones: template.withoutPhone ? 0 : 1 });
    // Which form goes out depends on the day; values that stand apart in one can make a number together in the other.
    const full = filled(template, text, telling, 'full');
    const short = filled(template, text, telling, 'short');
    const faults = new Set([
      ...faultsOf(fewerParts(full, short)),
      ...[full, short].flatMap(faultsOf).filter(fault => fault !== 'long'),
    ]);
    return faults.size > 0 ? `text: ${[...faults].join(', ')}` : undefined;
  }

  /** What was found of the last texts: the same words often go to many people. */
  const found = new Map<string, string | undefined>();

  return {
    fault(text, language) {
      const key = JSON.stringify([language, text]);
      if (found.has(key)) return found.get(key);
      if (found.size >= rememberedTexts) found.clear();
      const fault = faultOf(text, language);
      found.set(key, fault);
      return fault;
    },
    write(text, telling): WrittenReminder {
      const template = templateOf(text.template);
      if (!template) throw new TypeError(`there is no template ${text.template}`);
      const written = smsText(template, text, telling);
      return {
        text: written,
        segments: segmentsOf(written),
        // Most are never read aloud.
        get spoken() {
          return aloudText(template, text, telling);
        },
      };
    },
  };
}
