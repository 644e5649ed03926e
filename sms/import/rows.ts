import { z } from 'zod';
import {
  type ReminderDraft,
  type ReminderTexts,
  type SendingTimes,
  type TextValue,
  reminderPurposes,
} from '../../core';
import { ladderSchema } from '../reminders/schemas';
import { type TemplateVariable, templateOf } from '../texts';
import { type CellProblem, type RowProblem, birthYearOf, dayOf, minutesOf, phoneOf, satangOf } from './cells';

const yearMs = 366 * 24 * 60 * 60 * 1000;

/** What holds for all rows of a file. */
export const settingsSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('reminders'),
    template: z.string().refine(id => templateOf(id) !== undefined, 'no such template'),
    purpose: z.enum(reminderPurposes),
    leadsMs: z.array(z.number().int().min(0).max(yearMs)).min(1).max(10),
    ladder: ladderSchema,
    language: z.string().min(2).max(20).default('th'),
    /** What permits it: the form people signed, the duty of the agency. */
    how: z.string().trim().min(1).max(400),
    basis: z.enum(['public-task', 'legal-obligation', 'consent', 'contract']),
  }),
  z.strictObject({
    kind: z.literal('audience'),
    /** A group that everybody in the file belongs to. */
    group: z.string().trim().min(1).max(60).exactOptional(),
  }),
]);
export type ImportSettings = z.infer<typeof settingsSchema>;

/** Somebody who may be written to in a campaign. */
export interface MemberDraft {
  readonly phone: string;
  readonly area?: string;
  readonly groups: readonly string[];
  /** Of the common era. */
  readonly birthYear?: number;
  /** Services of the register they use, by id. */
  readonly services: readonly string[];
  /** Agreed to be invited to things nobody has to do. */
  readonly consent: boolean;
}

export type RowValue =
  | { readonly kind: 'reminder'; readonly draft: Omit<ReminderDraft, 'key' | 'by' | 'agencyId'> }
  | { readonly kind: 'member'; readonly member: MemberDraft };

/** Headings, as agencies write them; what a template fills in comes under the name of its variable. */
export const headings: Readonly<Record<string, readonly string[]>> = {
  phone: ['เบอร์โทร', 'เบอร์โทรศัพท์', 'เบอร์มือถือ', 'โทรศัพท์', 'phone'],
  date: ['วันที่', 'วันนัด', 'วันหมดอายุ', 'ภายในวันที่', 'date'],
  time: ['เวลา', 'time'],
  matter: ['เรื่อง', 'matter'],
  place: ['สถานที่', 'place'],
  bring: ['สิ่งที่ต้องเตรียม', 'เอกสารที่ต้องใช้', 'bring'],
  document: ['เอกสาร', 'document'],
  benefit: ['สิทธิ', 'เงินช่วยเหลือ', 'benefit'],
  amount: ['จำนวนเงิน', 'amount'],
  thing: ['สิ่งที่ต้องทำ', 'thing'],
  step: ['ขั้นตอน', 'step'],
  what: ['เรื่อง', 'กิจกรรม', 'what'],
  text: ['ข้อความ', 'text'],
  call: ['เบอร์ติดต่อ', 'call'],
  area: ['พื้นที่', 'ตำบล', 'หมู่บ้าน', 'area'],
  groups: ['กลุ่ม', 'group', 'groups'],
  birthYear: ['ปีเกิด', 'birth year'],
  services: ['บริการ', 'service', 'services'],
  consent: ['ยินยอมรับข่าว', 'ยินยอม', 'consent'],
};

/** The columns a file must have. */
export function columnsOf(settings: ImportSettings): {
  readonly needed: readonly string[];
  readonly more: readonly string[];
} {
  if (settings.kind === 'audience')
    return { needed: ['phone'], more: ['area', 'groups', 'birthYear', 'services', 'consent'] };
  const variables = templateOf(settings.template)?.variables.map(each => each.name) ?? [];
  return { needed: ['phone', 'date', ...variables], more: ['time'] };
}

export type Read =
  { readonly value: RowValue; readonly twinKey: string } | { readonly problems: readonly RowProblem[] };

const usualMinutes = 9 * 60;
const yes: readonly string[] = ['ใช่', 'ยินยอม', 'yes', 'true', '1', 'y'];
const no: readonly string[] = ['', 'ไม่', 'ไม่ยินยอม', 'no', 'false', '0', 'n'];
const list = (text: string): string[] =>
  text
    .split(/[,;/]/u)
    .map(each => each.trim().slice(0, 60))
    .filter(Boolean);

export interface RowParts {
  readonly texts: Pick<ReminderTexts, 'fault'>;
  readonly times: SendingTimes;
  readonly now: number;
}

/** Rows of a file say the same again and again: an answer is kept, up to so many. */
const rememberedAnswers = 5_000;

function remembering<T, R>(ask: (given: T) => R): (given: T) => R {
  const known = new Map<string, R>();
  return given => {
    const key = JSON.stringify(given);
    const before = known.get(key);
    if (before !== undefined) return before;
    const answer = ask(given);
    if (known.size < rememberedAnswers) known.set(key, answer);
    return answer;
  };
}

function textValue({ kind }: TemplateVariable, text: string): TextValue | undefined {
  switch (kind) {
    case 'text':
      return text === '' ? undefined : { kind, text };
    case 'amount': {
      const satang = satangOf(text);
      return satang === undefined ? undefined : { kind, satang };
    }
    case 'phone': {
      const number = /^\d{3,4}$/u.test(text) ? text : phoneOf(text);
      return number === undefined ? undefined : { kind, number };
    }
    case 'day':
    case 'moment':
      return undefined;
  }
}

/** Reads the rows of a file whose headings were found; `cellOf` gives a cell by the name of its column. */
export function rowReader(
  settings: ImportSettings,
  parts: RowParts,
): (row: number, cellOf: (name: string) => string, columnOf: (name: string) => string) => Read {
  const faultOf = remembering((values: Readonly<Record<string, TextValue>>) =>
    settings.kind === 'reminders'
      ? (parts.texts.fault({ template: settings.template, values }, settings.language) ?? '')
      : '',
  );
  const isAhead = remembering(
    (dueAt: number) =>
      settings.kind === 'reminders' &&
      settings.leadsMs.some(leadMs => {
        const at = parts.times.tellAt(settings.purpose, dueAt, leadMs);
        const occurrence = { key: '', dueAt, leadMs, at };
        return parts.times.usefulUntil(settings.purpose, occurrence) > parts.now;
      }),
  );
  return (row, cellOf, columnOf) => {
    const problems: RowProblem[] = [];
    const problem = (name: string, why: CellProblem, detail?: string): void =>
      void problems.push({
        row,
        column: columnOf(name),
        problem: why,
        ...(detail === undefined ? {} : { detail }),
      });
    const phone = phoneOf(cellOf('phone'));
    if (phone === undefined) problem('phone', cellOf('phone') === '' ? 'missing' : 'phone');

    if (settings.kind === 'audience') {
      const year = cellOf('birthYear');
      const birthYear = year === '' ? undefined : birthYearOf(year, parts.now);
      if (year !== '' && birthYear === undefined) problem('birthYear', 'year');
      const consent = cellOf('consent').toLowerCase();
      if (!yes.includes(consent) && !no.includes(consent)) problem('consent', 'consent');
      if (phone === undefined || problems.length > 0) return { problems };
      const area = cellOf('area').slice(0, 100);
      const member: MemberDraft = {
        phone,
        groups: [...new Set([...list(cellOf('groups')), ...(settings.group ? [settings.group] : [])])],
        services: list(cellOf('services')),
        consent: yes.includes(consent),
        ...(area ? { area } : {}),
        ...(birthYear === undefined ? {} : { birthYear }),
      };
      return { value: { kind: 'member', member }, twinKey: phone };
    }

    const day = dayOf(cellOf('date'));
    if (day === undefined) problem('date', cellOf('date') === '' ? 'missing' : 'date');
    const minutes = cellOf('time') === '' ? usualMinutes : minutesOf(cellOf('time'));
    if (minutes === undefined) problem('time', 'time');
    const values: Record<string, TextValue> = {};
    for (const variable of templateOf(settings.template)?.variables ?? []) {
      const cell = cellOf(variable.name);
      const value = textValue(variable, cell);
      if (value) values[variable.name] = value;
      else problem(variable.name, cell === '' ? 'missing' : variable.kind === 'amount' ? 'amount' : 'phone');
    }
    if (phone === undefined || day === undefined || minutes === undefined || problems.length > 0)
      return { problems };
    const text = { template: settings.template, values };
    const fault = faultOf(values);
    if (fault !== '') {
      const [name = '', detail = ''] = fault.split(': ');
      problem(Object.hasOwn(values, name) ? name : (Object.keys(values)[0] ?? 'phone'), 'text', detail);
    }
    const dueAt = day + minutes * 60_000;
    if (!isAhead(dueAt)) problem('date', 'past');
    if (problems.length > 0) return { problems };
    const { purpose, leadsMs, ladder, language, basis, how } = settings;
    const draft = {
      ...{ phone, purpose, leadsMs, ladder, language, text, dueAt },
      basis: { basis, at: parts.now, how },
      asks: purpose === 'appointment',
    };
    return { value: { kind: 'reminder', draft }, twinKey: JSON.stringify([phone, dueAt, values]) };
  };
}
