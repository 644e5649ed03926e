import { calibrationError } from '../classify';
import { isTopic, type Judged } from './judge';

export interface Share {
  readonly name: string;
  readonly lines: number;
  readonly first: number;
  readonly inThree: number;
}

/** Everything `nlu:eval` tells of one run; shares are 0 to 1. */
export interface Measures {
  readonly lines: number;
  readonly first: number;
  readonly inThree: number;
  readonly topics: Share;
  readonly byStyle: readonly Share[];
  readonly byGroup: readonly Share[];
  /** In-scope questions answered outright, and those of them (and of all others) answered wrongly. */
  readonly answered: number;
  readonly wrongConfident: number;
  readonly none: { readonly precision: number; readonly recall: number };
  readonly crisis: { readonly recall: number; readonly falseAlarms: number };
  readonly calibrationError: number;
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

function shareOf(name: string, rows: readonly Judged[]): Share {
  const first = rows.filter(row => row.right).length;
  const inThree = rows.filter(row => row.rightInThree).length;
  return { name, lines: rows.length, first: share(first, rows.length), inThree: share(inThree, rows.length) };
}

function grouped(rows: readonly Judged[], keyOf: (row: Judged) => string): Share[] {
  const groups = new Map<string, Judged[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return [...groups]
    .map(([name, list]) => shareOf(name, list))
    .sort((left, right) => left.first - right.first);
}

/** Services by phase, the other kinds by kind, dialogs by intent. */
function groupOf({ label }: Judged): string {
  const phase = /^service:(p[123x]|x)-/u.exec(label)?.[1];
  if (phase) return `service ${phase}`;
  return label.startsWith('intent:') || label === 'none' ? label : (label.split(':')[0] ?? label);
}

export function measure(rows: readonly Judged[]): Measures {
  const all = shareOf('all', rows);
  const inScope = rows.filter(isTopic);
  const wantedNone = rows.filter(row => row.label === 'none');
  const saidNone = rows.filter(row => row.guess === 'none');
  const rightNone = wantedNone.filter(row => row.guess === 'none').length;
  const danger = rows.filter(row => row.label === 'intent:crisis');
  const calm = rows.filter(row => row.label !== 'intent:crisis');
  return {
    lines: rows.length,
    first: all.first,
    inThree: all.inThree,
    topics: shareOf('topics', inScope),
    byStyle: grouped(rows, row => row.style),
    byGroup: grouped(rows, groupOf),
    answered: share(inScope.filter(row => row.decision === 'answer').length, inScope.length),
    wrongConfident: share(rows.filter(row => row.wrongConfident).length, rows.length),
    none: { precision: share(rightNone, saidNone.length), recall: share(rightNone, wantedNone.length) },
    crisis: {
      recall: share(danger.filter(row => row.crisis).length, danger.length),
      falseAlarms: share(calm.filter(row => row.crisis).length, calm.length),
    },
    calibrationError: calibrationError(rows),
  };
}

export interface CurvePoint {
  readonly threshold: number;
  readonly answered: number;
  readonly wrong: number;
}

/** What each threshold of confidence would give: in-scope questions answered, and wrong answers among all lines. */
export function answerCurve(rows: readonly Judged[]): CurvePoint[] {
  const inScope = rows.filter(isTopic).length;
  return Array.from({ length: 50 }, (_, at) => at / 50).map(threshold => {
    const bold = rows.filter(
      row => /^(service|complaint|hotline):/u.test(row.guess) && row.confidence >= threshold,
    );
    return {
      threshold,
      answered: share(bold.filter(isTopic).length, inScope),
      wrong: share(bold.filter(row => !row.right).length, rows.length),
    };
  });
}

export interface ReliabilityBin {
  readonly confidence: number;
  readonly right: number;
  readonly lines: number;
}

export function reliability(rows: readonly Judged[]): ReliabilityBin[] {
  return Array.from({ length: 10 }, (_, bin) => {
    const inside = rows.filter(row => Math.min(9, Math.floor(row.confidence * 10)) === bin);
    const confidence = inside.reduce((sum, row) => sum + row.confidence, 0);
    return {
      confidence: share(confidence, inside.length),
      right: share(inside.filter(row => row.right).length, inside.length),
      lines: inside.length,
    };
  }).filter(bin => bin.lines > 0);
}
