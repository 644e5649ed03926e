import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { Effect } from '../knowledge';
import { createUnderstander, judge, loadDevLines, loadExamples, measure, trainModel } from '../nlu';
import type { TrainingOrder, Trained } from './train-in-worker';

/** Reads the lines kept apart from training with a model. */
function effectOf(root: string, topics: TrainingOrder['topics'], model: Uint8Array): Effect {
  const understander = createUnderstander({ version: 'trial', topics, model });
  const lines = loadDevLines(join(root, 'knowledge', 'data', 'dev'));
  // Time only places dates, which are not looked at here.
  const { lines: count, first, wrongConfident } = measure(lines.map(line => judge(understander, line, 0)));
  return { lines: count, first, wrong: wrongConfident };
}

/** The body of the thread: trains (or takes what is there), measures, answers, ends. */
function work(order: TrainingOrder): Trained {
  const { root, topics, phrases } = order;
  const before = order.before ?? readFileSync(join(root, 'dist', 'nlu', 'model.bin'));
  const examples = [...loadExamples(join(root, 'knowledge', 'data', 'phrases')), ...phrases];
  const model = order.model ?? trainModel({ topics, examples, warmStart: before });
  return {
    ...(order.model ? {} : { model }),
    effect: { before: effectOf(root, order.topicsBefore, before), after: effectOf(root, topics, model) },
  };
}

parentPort?.postMessage(work(workerData as TrainingOrder));
