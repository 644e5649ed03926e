import { timingSafeEqual } from 'node:crypto';
import { type CaseDraft, type CaseRecord, type SecondFactKind, secondFactKinds } from '../core';
import { digitsIn } from './references';
import type { CaseSeal } from './seal';

export const pinDigits = 6;
const lastDigits = 4;

/** `15/02/2551`, `15022551` (a keypad) or `2008-02-15` as `2008-02-15`; years from 2400 count the Buddhist way. */
function isoDate(text: string): string | undefined {
  const plain = text.replace(/[๐-๙]/gu, digit => String(digit.charCodeAt(0) - 0x0e50)).trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(plain);
  const written =
    /^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})$/u.exec(plain) ?? /^(\d{2})(\d{2})(\d{4})$/u.exec(plain);
  const [year, month, day] = iso
    ? [Number(iso[1]), Number(iso[2]), Number(iso[3])]
    : written
      ? [Number(written[3]), Number(written[2]), Number(written[1])]
      : [0, 0, 0];
  if (!year || !month || !day || month > 12 || day > 31) return undefined;
  const common = year >= 2400 ? year - 543 : year;
  return `${common}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** What of a text counts as the fact; `undefined` when it can be none. */
function normalised(kind: SecondFactKind, text: string): string | undefined {
  if (kind === 'birth-date') return isoDate(text);
  const digits = digitsIn(text.slice(0, 40).replace(/[+()]/gu, ''));
  if (kind === 'pin' || kind === 'code') return digits?.length === pinDigits ? digits : undefined;
  return digits && digits.length >= lastDigits ? digits.slice(-lastDigits) : undefined;
}

/** The keyed hash of a fact of one case: equal facts of two cases do not look equal. */
export function factHash(seal: CaseSeal, caseId: string, kind: SecondFactKind, value: string): string {
  return seal.lookup(`case-${kind}`, `${caseId}\u0000${value}`);
}

/** The PIN of a case, made from its key, so that a repeated filing shows the same one. */
export function pinOf(seal: CaseSeal, key: string): string {
  const bytes = Buffer.from(seal.lookup('case-new-pin', key), 'base64url');
  return String(bytes.readUIntBE(0, 6) % 10 ** pinDigits).padStart(pinDigits, '0');
}

/** What of the facts a person gave may open the case, by the kinds its service allows. */
export function keptFacts(
  seal: CaseSeal,
  caseId: string,
  given: CaseDraft['secondFacts'],
  allowed: readonly SecondFactKind[],
): CaseRecord['secondFacts'] {
  return allowed.flatMap(kind => {
    const text = kind === 'pin' || kind === 'code' ? undefined : given?.[kind];
    const value = text === undefined ? undefined : normalised(kind, text);
    return value === undefined ? [] : [{ kind, hash: factHash(seal, caseId, kind, value) }];
  });
}

/** Stands where there is no case, so that the work for an unknown number is the same. */
const nobody = { id: 'c-nobody', secondFacts: [] } as const;

/** Which fact of the case the text proves. Does the same work whether there is a case or not, and however many facts it has. */
export function provenFact(
  seal: CaseSeal,
  record: Pick<CaseRecord, 'id' | 'secondFacts'> | undefined,
  text: string,
  now: number,
): SecondFactKind | undefined {
  const { id, secondFacts } = record ?? nobody;
  let proven: SecondFactKind | undefined;
  for (const kind of secondFactKinds) {
    const given = Buffer.from(factHash(seal, id, kind, normalised(kind, text) ?? ''));
    const fact = secondFacts.find(each => each.kind === kind);
    const live = fact !== undefined && (fact.expiresAt === undefined || now < fact.expiresAt);
    const stored = Buffer.from(fact?.hash ?? factHash(seal, nobody.id, kind, 'none'));
    const equal = stored.length === given.length && timingSafeEqual(stored, given);
    if (equal && live && normalised(kind, text) !== undefined) proven = kind;
  }
  return proven;
}
