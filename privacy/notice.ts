import { z } from 'zod';
import { AppError, type Localised, lawfulBases } from '../core';

const text = z.object({ th: z.string().min(1), en: z.string().min(1) }).catchall(z.string().min(1));
const lines = z.object({ th: z.array(z.string()), en: z.array(z.string()) }).catchall(z.array(z.string()));

export const purposeIds = [
  'answer',
  'notices',
  'suggestions',
  'safety',
  'rights',
  'security',
  'work',
] as const;
export type PurposeId = (typeof purposeIds)[number];

/** One version of the notice as its file has it; `{operator}` stands for the controller's name. */
export const noticeSchema = z.strictObject({
  version: z.string().regex(/^[0-9]{1,6}$/u),
  /** `draft` until the operator's counsel has read it. */
  status: z.enum(['draft', 'approved']),
  effectiveFrom: z.iso.date(),
  title: text,
  short: text,
  controller: text,
  purposes: z.array(
    z.strictObject({
      id: z.enum(purposeIds),
      name: text,
      basis: z.enum(lawfulBases),
      section: text,
      data: text,
      mandatory: text,
    }),
  ),
  sections: z.array(z.strictObject({ id: z.string(), heading: text, lines })),
});
export type PrivacyNotice = z.infer<typeof noticeSchema>;

/** The version in force on a day, of all that were ever published. */
export function noticeOf(all: readonly unknown[], isoDay: string): PrivacyNotice {
  const notices = all.map(each => noticeSchema.parse(each));
  const [current] = notices
    .filter(notice => notice.effectiveFrom <= isoDay)
    .sort((a, b) => Number(b.version) - Number(a.version));
  const notice = current ?? notices[0];
  if (!notice) throw new AppError('CONFIGURATION_INVALID', 'knowledge/data/notices holds no privacy notice.');
  return notice;
}

/** A sentence of the notice with the controller's name in it. */
export const named = (sentence: string, operator: string): string =>
  sentence.replaceAll('{operator}', operator);

/** The notice with the controller's name in every sentence. */
export function noticeFor(notice: PrivacyNotice, operator: string): PrivacyNotice {
  const both = <T extends Localised>(sentence: T): T =>
    Object.fromEntries(Object.entries(sentence).map(([tag, each]) => [tag, named(each, operator)])) as T;
  return { ...notice, short: both(notice.short), controller: both(notice.controller) };
}
