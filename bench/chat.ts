import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { lineCall, lineEvent, lineUserId, signLine } from '../tests/support/line-standin';
import { eventually, removeFolder, startProduct, temporaryFolder } from '../tests/support/product';
import { type BenchResult, against, alone, quantile } from './result';

const secret = 'bench-secret';
const people = 400;
const eventsEach = 5;
const warmUpEach = 1;
const callsAtOnce = 64;
/** Alternating rounds, so that a slow moment of the machine does not fall on one of them alone. */
const rounds = 3;
const questions = [
  'บัตรประชาชนหายทำไง',
  'เบี้ยผู้สูงอายุได้เท่าไร',
  'ต่อใบขับขี่ใช้อะไรบ้าง',
  'ขอบคุณค่ะ',
  'จ่ายค่าน้ำที่ไหน',
] as const;

/** A vendor that accepts everything: LINE's reply and push, and Bot Framework's connector. Tells when each answer came. */
interface CountingVendor {
  readonly url: string;
  readonly cameAt: number[];
  stop(): Promise<void>;
}

async function countingVendor(): Promise<CountingVendor> {
  const cameAt: number[] = [];
  const server: Server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      cameAt.push(performance.now());
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"sentMessages":[{"id":"1"}],"id":"1"}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    cameAt,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function peer(file: string, args: readonly string[]): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [join(__dirname, 'peers', file), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { url: `http://127.0.0.1:${line.toString().split(' ')[1]?.trim() ?? ''}`, child };
}

type Post = (person: number, turn: number) => Promise<void>;

function linePost(url: string): Post {
  return async (person, turn) => {
    const text = questions[(person + turn) % questions.length] ?? '';
    const body = lineCall([lineEvent.text({ from: lineUserId(`bench-${person}`), text, at: Date.now() })]);
    const response = await fetch(`${url}/webhooks/line`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-line-signature': signLine(secret, body) },
      body,
    });
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`the webhook answered ${response.status}`);
  };
}

function activityPost(url: string, serviceUrl: string): Post {
  return async (person, turn) => {
    const text = questions[(person + turn) % questions.length];
    const activity = {
      type: 'message',
      id: `${person}-${turn}-${Math.random()}`,
      channelId: 'emulator',
      serviceUrl,
      from: { id: `person-${person}` },
      recipient: { id: 'bot' },
      conversation: { id: `conversation-${person}` },
      text,
    };
    const response = await fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(activity),
    });
    await response.arrayBuffer();
    if (response.status >= 300) throw new Error(`the bot answered ${response.status}`);
  };
}

/** Events per second from the first call to the last answer at the vendor. */
async function throughput(vendor: CountingVendor, post: Post, each: number): Promise<number> {
  const total = people * each;
  const before = vendor.cameAt.length;
  let next = 0;
  const began = performance.now();
  const worker = async (): Promise<void> => {
    while (next < total) {
      const mine = next;
      next += 1;
      await post(mine % people, Math.floor(mine / people));
    }
  };
  await Promise.all(Array.from({ length: callsAtOnce }, worker));
  await eventually('every answer at the vendor', () => vendor.cameAt.length - before >= total, 120_000);
  return total / (((vendor.cameAt.at(-1) ?? began) - began) / 1_000);
}

/** One person after the other: from the webhook call to the answer at the vendor, ms. */
async function latencies(vendor: CountingVendor, post: Post, count: number): Promise<number[]> {
  const found: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const before = vendor.cameAt.length;
    const began = performance.now();
    await post(turn % people, turn);
    await eventually('the answer', () => vendor.cameAt.length > before, 10_000);
    found.push((vendor.cameAt.at(-1) ?? began) - began);
  }
  return found;
}

/** A LINE event in, a durable turn, the reply at the vendor; beside two bots that store nothing. Same vendor, same run. */
export async function chatBench(onProgress: (line: string) => void): Promise<BenchResult[]> {
  const vendor = await countingVendor();
  const dataDir = temporaryFolder();
  const startedAt = performance.now();
  const product = await startProduct({
    dataDir,
    env: {
      LINE_CHANNEL_SECRET: secret,
      LINE_CHANNEL_ACCESS_TOKEN: 'bench',
      LINE_API_BASE_URL: vendor.url,
      LOG_LEVEL: 'error',
    },
  });
  const ours = linePost(product.url);
  await ours(0, 0);
  await eventually('the first answer', () => vendor.cameAt.length > 0);
  const firstAnswerMs = performance.now() - startedAt;
  const memoryMb = (): number =>
    Number(/VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${product.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  const idleMb = memoryMb();
  const echo = await peer('line-echo.js', [secret, 'bench', vendor.url]);
  const botbuilder = await peer('botbuilder-echo.js', []);
  const contestants: [string, Post][] = [
    ['ThamRat', ours],
    ['@line/bot-sdk echo', linePost(echo.url)],
    ['botbuilder echo', activityPost(botbuilder.url, vendor.url)],
  ];
  try {
    for (const [, post] of contestants) await throughput(vendor, post, warmUpEach);
    const best = new Map<string, number>();
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, post] of contestants) {
        const rate = await throughput(vendor, post, eventsEach);
        best.set(name, Math.max(best.get(name) ?? 0, rate));
        onProgress(`round ${round + 1} of ${rounds}: ${name} ${rate.toFixed(0)} events/s`);
      }
    }
    const delays = await latencies(vendor, ours, 500);
    const rate = (name: string): number => best.get(name) ?? 0;
    return [
      against(
        'line-webhook-to-reply',
        rate('ThamRat'),
        'events/s',
        '@line/bot-sdk echo',
        rate('@line/bot-sdk echo'),
      ),
      against(
        'line-webhook-to-reply',
        rate('ThamRat'),
        'events/s',
        'botbuilder echo',
        rate('botbuilder echo'),
      ),
      alone('turn-p50', quantile(delays, 0.5), 'ms'),
      alone('turn-p99', quantile(delays, 0.99), 'ms'),
      alone('start-to-first-answer', firstAnswerMs, 'ms'),
      alone('memory-after-first-answer', idleMb, 'MB'),
      alone('memory-after-load', memoryMb(), 'MB'),
    ];
  } finally {
    await product.stop();
    for (const { child } of [echo, botbuilder]) child.kill();
    await vendor.stop();
    removeFolder(dataDir);
  }
}
