/** Builds what changed: the program, the three web pages, the trained model. Output goes to standard error. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dist, filesBelow, fingerprint, isFile, root } from './lib.mjs';

const say = text => process.stderr.write(`${text}\n`);
const isSource = path => /\.(ts|mts)$/u.test(path) && !/\.test\.ts$/u.test(path) && !path.includes('/web/');
const stampOf = name => join(dist, `.${name}.stamp`);

/** Runs `work` when `files` differ from those of the last time it succeeded. */
function step(name, files, work) {
  const now = fingerprint(files);
  const stamp = stampOf(name);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return false;
  const began = Date.now();
  say(`building ${name} …`);
  work();
  mkdirSync(dist, { recursive: true });
  writeFileSync(stamp, now);
  say(`built ${name} in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return true;
}

function run(command, args) {
  const { status } = spawnSync(process.execPath, [command, ...args], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    say(`The build stopped at: ${args.join(' ')}`);
    process.exit(status ?? 1);
  }
}

/** Parts of the knowledge that the model does not see: a change of theirs trains nothing. */
const untrained = /\/(?:dev|browse|claims|find|plain-words|quiz|quizzes|reception|notices)\//u;

const modules = join(root, 'node_modules');
const shared = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'tsconfig.web.json',
]
  .map(name => join(root, name))
  .filter(isFile);

export function build() {
  step('program', [...filesBelow(root, isSource), ...shared], () =>
    run(join(modules, 'typescript', 'bin', 'tsc'), ['-p', 'tsconfig.build.json']),
  );
  const transcriptSide = join(root, 'channels', 'transcript-socket');
  for (const [name, folder, config = 'vite.config.ts'] of [
    ['chat', 'channels/webchat/web'],
    ['widget', 'channels/webchat/web', 'vite.widget.config.ts'],
    ['kiosk', 'channels/kiosk/web'],
    ['desk', 'agent-desk/web'],
    ['my', 'channels/my-page/web'],
  ]) {
    const web = join(root, folder);
    if (!existsSync(join(web, config))) continue;
    const locales = filesBelow(join(root, 'locales'), path => path.endsWith('.json'));
    step(
      `page ${name}`,
      [
        ...filesBelow(web, () => true),
        ...filesBelow(transcriptSide, () => true),
        ...filesBelow(join(root, 'core'), isSource),
        ...locales,
        ...shared,
      ],
      () =>
        run(join(modules, 'vite', 'bin', 'vite.js'), [
          'build',
          '--logLevel',
          'warn',
          '--config',
          join(web, config),
          web,
        ]),
    );
  }
  const nlu = filesBelow(join(root, 'nlu'), isSource);
  const knowledge = filesBelow(
    join(root, 'knowledge'),
    path => /\.(ts|json|jsonl)$/u.test(path) && !path.endsWith('.test.ts') && !untrained.test(path),
  );
  step('model', [...nlu, ...knowledge, join(root, 'scripts', 'train.ts')], () =>
    run(join(dist, 'scripts', 'train.js'), []),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) build();
