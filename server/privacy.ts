import { type Router, Router as createRouter } from 'express';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { NoticeWords } from '../bot';
import type { Audit, Changes, Clock, Engine, Ids, Jobs, PersonalRecords, Route } from '../core';
import {
  type Declared,
  type ErasureEntry,
  type Privacy,
  type Processing,
  type Resealing,
  type Sentences,
  createPrivacy,
  noticeFor,
  noticeOf,
  noticePage,
  privacyRoutes,
  processingOf,
  retentionSchema,
} from '../privacy';
import type { Records } from '../store';
import type { Locales } from './locales';

const sweepQueue = 'privacy';
/** How often each process looks whether today's sweep was done. */
const lookEveryMs = 60 * 60 * 1000;

const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

/** The privacy notice in force and the retention table, as the data folder has them. */
export function privacyData(
  root: string,
  now: number,
): Pick<Parameters<typeof createPrivacy>[0], 'notice' | 'retention'> {
  const folder = join(root, 'knowledge', 'data', 'notices');
  const notices = readdirSync(folder).filter(name => name.endsWith('.json'));
  return {
    notice: noticeOf(
      notices.map(name => json(join(folder, name))),
      new Date(now).toISOString().slice(0, 10),
    ),
    retention: retentionSchema.parse(json(join(root, 'knowledge', 'data', 'retention.json'))),
  };
}

/** A sentence of the catalogue in Thai, with its values. */
function sentences(locales: Locales, language: string): Sentences {
  return (key, values = {}) => {
    const template = locales[language]?.[key] ?? locales['th']?.[key] ?? key.replace(/^\w+\./u, '');
    return template.replace(/\{(\w+)\}/gu, (whole, name: string) => values[name] ?? whole);
  };
}

export interface Upkeep {
  readonly collections: () => readonly Declared[];
  readonly seal: Resealing;
  readonly privacy: Privacy;
  readonly processing: () => readonly Processing[];
}

export interface WiredPrivacy {
  readonly privacy: Privacy;
  /** For the bot. */
  readonly notice: NoticeWords;
  readonly commands: Privacy['commands'];
  readonly processing: () => readonly Processing[];
  routes(): Route[];
  /** The public page of the notice. */
  page(): Router;
}

/** Puts personal data protection together. Before `engine.open()` and `jobs.start()`. */
export function wirePrivacy(parts: {
  root: string;
  engine: Engine;
  records: Records;
  jobs: Jobs;
  changes: Pick<Changes, 'publish' | 'subscribe'>;
  clock: Clock;
  ids: Ids;
  audit: Audit;
  operator: string;
  publicUrl: string | undefined;
  locales: Locales;
  declared: () => readonly Declared[];
  /** Other modules that keep something about people. */
  sources?: readonly PersonalRecords[];
  onErasure?: (erasure: ErasureEntry) => void;
  /** Told after a consent was withdrawn, to let go of what stood on it. */
  onWithdrawn?: NonNullable<Parameters<typeof createPrivacy>[0]['onWithdrawn']>;
  onSwept: (removed: Readonly<Record<string, Readonly<Record<string, number>>>>) => void;
}): WiredPrivacy {
  const { root, engine, records, clock, ids, operator } = parts;
  const data = privacyData(root, clock());
  const privacy = createPrivacy({
    engine,
    clock,
    ids,
    audit: parts.audit,
    ...data,
    operator,
    addresses: records.addresses,
    chat: records.personal,
    declared: parts.declared,
    ...(parts.onErasure ? { onErasure: parts.onErasure } : {}),
    ...(parts.onWithdrawn ? { onWithdrawn: parts.onWithdrawn } : {}),
    ...(parts.sources ? { sources: parts.sources } : {}),
    onErased: addressId => parts.changes.publish({ kind: 'erased', addressId }),
  });
  parts.changes.subscribe(change => {
    if (change.kind === 'erased') records.addresses.forget(change.addressId);
  });
  let swept = 0;
  parts.jobs.handle(sweepQueue, { concurrency: 1 }, async () => {
    const now = clock();
    if (swept !== 0 && now - swept < 24 * lookEveryMs) return;
    const report = await privacy.sweep();
    swept = now;
    parts.onSwept(report.removed);
  });
  parts.jobs.every(sweepQueue, lookEveryMs);

  const named = noticeFor(data.notice, operator);
  const say = sentences(parts.locales, 'th');
  const processing = (): readonly Processing[] => processingOf(parts.declared(), data.notice, data.retention);
  return {
    privacy,
    notice: {
      version: named.version,
      short: named.short,
      ...(parts.publicUrl ? { url: `${parts.publicUrl}/privacy` } : {}),
    },
    commands: privacy.commands,
    processing,
    routes: () =>
      privacyRoutes({
        privacy,
        people: records.people,
        addresses: records.addresses,
        clock,
        ids,
        notice: data.notice,
        operator,
        say,
        processing,
      }),
    page() {
      const router = createRouter();
      router.get('/privacy', (request, response) => {
        const language = request.query['lang'] === 'en' ? 'en' : 'th';
        const word = sentences(parts.locales, language);
        response.type('html').send(
          noticePage(data.notice, operator, language, {
            purpose: word('notice.purpose'),
            basis: word('notice.basis'),
            data: word('notice.data'),
            mandatory: word('notice.mandatory'),
            version: word('notice.version'),
            draft: word('notice.draft'),
            back: word('notice.back'),
          }),
        );
      });
      return router;
    },
  };
}
