import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { io } from 'socket.io-client';
import { projectRoot } from '../../server/root';
import { removeFolder, temporaryFolder } from '../support/product';

const minutes = 60_000;

/** A folder with nothing but Node.js, npm and the shell that npm runs scripts with: no compiler, no git, no Python. */
function bareTools(folder: string): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const npm = execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim();
  for (const [name, target] of [
    ['node', process.execPath],
    ['npm', npm],
    ['sh', '/bin/sh'],
    ['env', '/usr/bin/env'],
  ] as const) {
    symlinkSync(target, join(bin, name));
  }
  return bin;
}

/** What a fresh clone would hold: the files under version control, as they are now. */
function freshClone(folder: string): string {
  const clone = join(folder, 'clone');
  const root = projectRoot();
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  for (const file of listed.split('\0').filter(Boolean)) {
    mkdirSync(dirname(join(clone, file)), { recursive: true });
    cpSync(join(root, file), join(clone, file));
  }
  return clone;
}

async function firstAnswer(url: string, text: string): Promise<string> {
  const socket = io(`${url}/webchat`, { transports: ['websocket'], forceNew: true });
  try {
    const answer = new Promise<string>((resolve, reject) => {
      socket.on('message', (line: { from: string; reply: { kind: string; text: string } }) => {
        if (line.from === 'bot' && line.reply.kind === 'card') resolve(line.reply.text);
      });
      socket.on('connect_error', reject);
    });
    await once(socket as never, 'welcome');
    socket.emit('message', { clientId: 'first', text });
    return await answer;
  } finally {
    socket.disconnect();
  }
}

describe('the first command of the README', () => {
  const readme = execFileSync('cat', [join(projectRoot(), 'README.md')], { encoding: 'utf8' });

  it(
    'npm ci && npm start answers a question on a machine with only Node.js',
    async () => {
      expect(readme).toContain('npm ci && npm start');
      expect(readme).toContain('npm ci && npm test');
      const folder = temporaryFolder();
      let child: ChildProcess | undefined;
      try {
        const clone = freshClone(folder);
        const path = bareTools(folder);
        const npmSettings = Object.fromEntries(
          Object.entries(process.env).filter(([key]) => /^npm_config_|^HOME$|_proxy$/iu.test(key)),
        );
        child = spawn('sh', ['-c', 'npm ci && exec npm start'], {
          cwd: clone,
          env: { ...npmSettings, PATH: path, PORT: '0', DEMO_PASSWORD: 'readme-test-1' },
          stdio: ['ignore', 'pipe', 'pipe'],
          detached: true,
        });
        let printed = '';
        const url = await new Promise<string>((resolve, reject) => {
          const hear = (chunk: Buffer): void => {
            printed += chunk.toString();
            const match = /ThamRat is at (http:\/\/[^/\s]+)\//u.exec(printed);
            if (match?.[1]) resolve(match[1]);
          };
          child?.stdout?.on('data', hear);
          child?.stderr?.on('data', hear);
          child?.on('exit', code => reject(new Error(`ended with ${code}:\n${printed.slice(-3_000)}`)));
        });
        expect((await fetch(`${url}/readyz`)).status).toBe(200);
        expect((await fetch(`${url}/`)).status).toBe(200);
        for (const page of ['/chat', '/kiosk', '/desk', '/api/docs'])
          expect((await fetch(url + page)).status).toBe(200);
        expect(await firstAnswer(url, 'แม่อายุ 65 แล้วจะลงทะเบียนรับเบี้ยผู้สูงอายุได้ที่ไหน')).toMatch(/เทศบาล|อบต|เขต/u);
        expect(printed).toContain('readme-test-1');
      } finally {
        if (child?.pid) {
          const gone = child.exitCode === null ? once(child, 'exit') : Promise.resolve();
          try {
            process.kill(-child.pid, 'SIGTERM');
          } catch {
            // The group is gone already.
          }
          await gone;
        }
        removeFolder(folder);
      }
    },
    8 * minutes,
  );
});
