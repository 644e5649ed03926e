/** Buddhist era, common era, Rattanakosin era, Minor era. */
export type Era = 'BE' | 'CE' | 'RS' | 'CS';

/** Until พ.ศ. 2483 the official year began on 1 April, so its January to March fell in the next common-era year. */
const firstJanuaryYear = 2484;

/** The common-era year of a Buddhist-era year. Without a month the year itself is meant, as always read: minus 543. */
export function fromBuddhist(year: number, month?: number): number {
  return month !== undefined && month <= 3 && year < firstJanuaryYear ? year - 542 : year - 543;
}

/** A two-digit year counts in the Buddhist era: 25xx, unless that lies more than 20 years ahead, else 24xx. */
export function fromTwoDigits(year: number, thisYear: number): number {
  return 2500 + year <= thisYear + 543 + 20 ? 2500 + year : 2400 + year;
}

/**
 * The common-era year of a written year, or undefined when it cannot be one. Without an era 2400-2700 is Buddhist and
 * 1900-2200 common; two digits see `fromTwoDigits`.
 */
export function commonYear(
  written: { readonly year: number; readonly digits: number; readonly era?: Era },
  thisYear: number,
  month?: number,
): number | undefined {
  const { year, digits, era } = written;
  if (era === 'RS') return year >= 1 && year <= 250 ? year + 1781 : undefined;
  if (era === 'CS') return year >= 1 && year <= 1500 ? year + 638 : undefined;
  if (era === 'CE') {
    if (digits === 2) return 1900 + year <= thisYear - 80 ? 2000 + year : 1900 + year;
    return year >= 1 && year <= 2400 ? year : undefined;
  }
  if (digits === 2) return fromBuddhist(fromTwoDigits(year, thisYear), month);
  if (era === 'BE') return year >= 544 && year <= 3000 ? fromBuddhist(year, month) : undefined;
  if (digits !== 4) return undefined;
  if (year >= 2400 && year <= 2700) return fromBuddhist(year, month);
  return year >= 1900 && year <= 2200 ? year : undefined;
}
