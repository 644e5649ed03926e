import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { type Cases, type CaseParts, createCases, followerNotices, receptionSchema } from '../../cases';
import type {
  AuditEvent,
  CaseDraft,
  CaseRecord,
  Engine,
  FileOutcome,
  Notice,
  Officer,
  OpeningHours,
} from '../../core';
import { projectRoot } from '../../server/root';
import type { WholeKnowledge } from '../../knowledge';
import { loadPublished } from '../../server/knowledge';
import { createSeal } from '../../store';

const dataOf = (name: string): unknown =>
  JSON.parse(readFileSync(join(projectRoot(), 'knowledge', 'data', 'reception', name), 'utf8'));

/** The reception data that the product ships. */
export const shippedReception = receptionSchema.parse({
  kinds: dataOf('kinds.json'),
  services: dataOf('services.json'),
  complaints: dataOf('complaints.json'),
  workflows: dataOf('workflows.json'),
});

let knowledge: WholeKnowledge | undefined;
/** The knowledge that the product ships, loaded once. */
export function shippedKnowledge(): WholeKnowledge {
  knowledge ??= loadPublished(projectRoot()).knowledge;
  return knowledge;
}

export const officeHours: OpeningHours = {
  week: Object.fromEntries(['1', '2', '3', '4', '5'].map(day => [day, [{ from: '08:30', to: '16:30' }]])),
  holidays: [{ date: '2026-12-10', name: 'วันรัฐธรรมนูญ' }],
};

/** Wednesday 25 November 2026, ten in the morning in Bangkok. */
export const startOfTests = Date.UTC(2026, 10, 25, 3);

export interface CaseWorld extends Cases {
  /** Notices as they went out. */
  readonly told: { readonly conversationId: string; readonly key: string; readonly notice: Notice }[];
  /** What was recorded of carers. */
  readonly audited: AuditEvent[];
  readonly mailed: { readonly to: string; readonly mail: string; readonly caseId: string }[];
  now(): number;
  pass(ms: number): void;
  onAppointment(hear: (record: CaseRecord) => Promise<void>): void;
  /** Gives out everything promised so far. */
  flush(): Promise<void>;
  filed(draft: Partial<CaseDraft>): Promise<Extract<FileOutcome, { outcome: 'filed' }>>;
}

export const testSeal = createSeal([{ id: 'k1', key: Buffer.alloc(32, 3) }], Buffer.alloc(32, 5));

export const officerOf = (id: string, role: Officer['role'] = 'officer', agencyId = 'operator'): Officer => ({
  id,
  username: id,
  name: `เจ้าหน้าที่ ${id}`,
  role,
  agencyId,
});

export const aDraft = (given: Partial<CaseDraft> = {}): CaseDraft => ({
  key: v7(),
  kind: 'question',
  personId: 'p-1',
  conversationId: 'c-1',
  language: 'th',
  channel: 'line',
  details: { kind: 'matter', what: 'ไฟถนนหน้าบ้านดับ', attachments: [] },
  secondFacts: { phone: '+66812345678' },
  ...given,
});

/** Cases on a real store; only the hour is the test's, and what goes out is written down. */
export async function openCases(engine: Engine, given: Partial<CaseParts> = {}): Promise<CaseWorld> {
  let now = startOfTests;
  const told: CaseWorld['told'] = [];
  const mailed: CaseWorld['mailed'] = [];
  const audited: AuditEvent[] = [];
  const waiting = new Set<string>();
  const seen = new Set<string>();
  const hearers: ((record: CaseRecord) => Promise<void>)[] = [];
  const cases = createCases({
    engine,
    seal: testSeal,
    clock: () => now,
    ids: v7,
    audit: { record: event => Promise.resolve(void audited.push(event)) },
    hours: officeHours,
    knowledge: shippedKnowledge,
    reception: shippedReception,
    connection: () => undefined,
    operator: { agencyId: 'operator', name: { th: 'ศูนย์บริการทดสอบ', en: 'Test centre' } },
    outlets: ({ collections }) => ({
      followers: followerNotices(
        collections,
        shippedKnowledge,
        (conversationId, key, notice) => {
          if (!seen.has(key)) told.push({ conversationId, key, notice });
          seen.add(key);
          return Promise.resolve();
        },
        () => now,
      ),
      async appointment(record) {
        for (const hear of hearers) await hear(record);
      },
      notify: (record, key, notice) => {
        if (!seen.has(key)) told.push({ conversationId: record.conversationId ?? '', key, notice });
        seen.add(key);
        return Promise.resolve();
      },
      mail: (record, mail) => {
        mailed.push({ to: mail.to, mail: mail.mail, caseId: record.id });
        return Promise.resolve();
      },
      hook: () => Promise.resolve(),
      handOn: () => Promise.resolve(false),
    }),
    refresh: record => Promise.resolve(record),
    reachable: () => undefined,
    wake: caseId => {
      waiting.add(caseId);
      return Promise.resolve();
    },
    ...given,
  });
  await engine.open();
  return {
    ...cases,
    told,
    audited,
    mailed,
    now: () => now,
    pass: ms => void (now += ms),
    onAppointment: hear => void hearers.push(hear),
    async flush() {
      const all = [...waiting];
      waiting.clear();
      for (const id of all) await cases.outgoing.run(id);
    },
    async filed(draft) {
      const outcome = await cases.service.file(aDraft(draft));
      if (outcome.outcome !== 'filed') throw new Error(`not filed but ${outcome.outcome}`);
      return outcome;
    },
  };
}
