import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadRegister, publish } from '../knowledge';
import { loadExamples, trainModel } from '../nlu';
import { modelFile } from '../server/knowledge';
import { projectRoot } from '../server/root';

/** Trains the model of the register we ship and writes it for the next start. Run by the build. */
function main(): void {
  const root = projectRoot();
  const knowledge = publish(loadRegister(join(root, 'knowledge', 'data')));
  const examples = loadExamples(join(root, 'knowledge', 'data', 'phrases'));
  const model = trainModel({ topics: knowledge.topics(), examples });
  const file = modelFile(root);
  mkdirSync(dirname(file), { recursive: true });
  // Written whole or not at all: a start must never find half a model.
  writeFileSync(`${file}.new`, model);
  renameSync(`${file}.new`, file);
  process.stderr.write(
    `trained on ${examples.length} phrases, ${knowledge.topics().length} topics: ${(model.length / 1e6).toFixed(1)} MB\n`,
  );
}

main();
