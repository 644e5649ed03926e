import { join } from 'node:path';
import { loadRegister, publish } from '../knowledge';
import {
  dangerOf,
  defaultThresholds,
  loadExamples,
  readApart,
  type ReadApart,
  subjectOf,
  type Thresholds,
} from '../nlu';
import { projectRoot } from '../server/root';
import { runScript } from './json-lines';

const folds = 5;

/**
 * A danger not heard weighs as much as this many false alarms, where one phrase in twenty is danger. In life it is far fewer, so
 * that each false alarm stands for many more there.
 */
const missedDanger = 5;

/** What a mistake costs: a wrong answer outright, asking back, and without the right topic among those
 * offered, nothing found, a dialog begun that nobody wanted. */
const costs = { wrong: 10, ask: 1, askWithout: 2, nothing: 2, dialog: 3 } as const;

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;

interface Danger {
  readonly cost: number;
  readonly recall: number;
  readonly falseAlarms: number;
}

function dangerWith(rows: readonly ReadApart[], thresholds: Thresholds): Danger {
  let heard = 0;
  let dangers = 0;
  let falseAlarms = 0;
  for (const { label, normalised, signals } of rows) {
    const alarm = dangerOf(signals, normalised, thresholds) !== undefined;
    if (label === 'intent:crisis') {
      dangers += 1;
      heard += alarm ? 1 : 0;
    } else falseAlarms += alarm ? 1 : 0;
  }
  return {
    cost: missedDanger * (dangers - heard) + falseAlarms,
    recall: heard / dangers,
    falseAlarms: falseAlarms / (rows.length - dangers),
  };
}

interface Subject {
  readonly cost: number;
  readonly precision: number;
  readonly recall: number;
  readonly right: number;
  readonly wrong: number;
  readonly answered: number;
}

/** Topics, dialogs and none; danger is judged apart. */
function subjectsWith(rows: readonly ReadApart[], thresholds: Thresholds): Subject {
  const count = { cost: 0, saidNone: 0, trulyNone: 0, none: 0, right: 0, wrong: 0, answered: 0 };
  for (const { label, signals } of rows) {
    const { intent } = subjectOf(signals, thresholds);
    const names = signals.topics.map(({ kind, id }) => `${kind}:${id}`);
    const answers = intent === 'topic' && (signals.topics[0]?.score ?? 0) >= thresholds.answerFrom;
    const guess = intent === 'topic' ? names[0] : intent === 'none' ? 'none' : `intent:${intent}`;
    const isRight = guess === label;
    if (label === 'none') count.none += 1;
    if (guess === 'none') count.saidNone += 1;
    if (guess === 'none' && isRight) count.trulyNone += 1;
    count.right += isRight ? 1 : 0;
    count.answered += answers ? 1 : 0;
    count.wrong += answers && !isRight ? 1 : 0;
    const asked = names.slice(0, 3).includes(label) ? costs.ask : costs.askWithout;
    if (intent === 'topic') count.cost += answers ? (isRight ? 0 : costs.wrong) : asked;
    else if (!isRight) count.cost += intent === 'none' ? costs.nothing : costs.dialog;
  }
  return {
    cost: count.cost / rows.length,
    precision: count.trulyNone / count.saidNone,
    recall: count.trulyNone / count.none,
    right: count.right / rows.length,
    wrong: count.wrong / rows.length,
    answered: count.answered / rows.length,
  };
}

const dangerSettings = [0.15, 0.25, 0.35, 0.5, 0.65].flatMap(alarmFrom =>
  [0.003, 0.01, 0.02, 0.04, 0.08].flatMap(alarmWithWords =>
    [0.7, 0.85, 0.95].map(plainTalk => ({ ...defaultThresholds, alarmFrom, alarmWithWords, plainTalk })),
  ),
);

const subjectSettings = [0.04, 0.06, 0.1].flatMap(askFrom =>
  [0.7, 1, 1.5, 2, 3].flatMap(noneGain =>
    [0, 0.15, 0.3, 0.45].map(dialogFrom => ({ ...defaultThresholds, askFrom, noneGain, dialogFrom })),
  ),
);

const best = 12;

/** Prints what each way of drawing the lines would cost on training phrases that the model had not read, the cheapest first. */
function main(): void {
  const data = join(projectRoot(), 'knowledge', 'data');
  const topics = publish(loadRegister(data)).topics();
  const rows = readApart(topics, loadExamples(join(data, 'phrases')), folds, fold =>
    process.stderr.write(`fold ${fold + 1} of ${folds}\n`),
  );
  const dangers = [defaultThresholds, ...dangerSettings].map(thresholds => ({
    thresholds,
    ...dangerWith(rows, thresholds),
  }));
  process.stdout.write(
    `danger (the first line is what is in use)\nalarmFrom\talarmWithWords\tplainTalk\tcost\trecall\tfalse alarms\n`,
  );
  const cheapest = <T extends { readonly cost: number }>([used, ...others]: readonly T[]): T[] => [
    ...(used ? [used] : []),
    ...others.sort((left, right) => left.cost - right.cost).slice(0, best),
  ];
  for (const { thresholds: at, cost, recall, falseAlarms } of cheapest(dangers))
    process.stdout.write(
      `${[at.alarmFrom, at.alarmWithWords, at.plainTalk, cost, percent(recall), percent(falseAlarms)].join('\t')}\n`,
    );
  const calm = rows.filter(row => row.label !== 'intent:crisis');
  const subjects = [defaultThresholds, ...subjectSettings].map(thresholds => ({
    thresholds,
    ...subjectsWith(calm, thresholds),
  }));
  process.stdout.write(
    `\nsubject\naskFrom\tnoneGain\tdialogFrom\tcost\tright\tanswered\twrong\tnone: precision\trecall\n`,
  );
  for (const { thresholds: at, cost, ...shares } of cheapest(subjects)) {
    const { right, answered, wrong, precision, recall } = shares;
    process.stdout.write(
      `${[at.askFrom, at.noneGain, at.dialogFrom, cost.toFixed(3), ...[right, answered, wrong, precision, recall].map(percent)].join('\t')}\n`,
    );
  }
}

runScript(main);
