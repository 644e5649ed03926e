import { z } from 'zod';
import type { ChosenPerson } from '../parts/person-field';
import type { ChosenTopic } from '../parts/topic-field';
import { phoneIn } from '../words/phone';
import { api, ask } from './api';
import { caseApi } from './case-api';
import type { CaseKind } from './case-schemas';
import { newId } from './new-id';

/** What an officer takes down; the others come from dialogs, bookings and relays. */
export const filedKinds = [
  'question',
  'request',
  'complaint',
  'suggestion',
  'praise',
  'problem',
] as const satisfies readonly CaseKind[];

export interface CaseDraft {
  /** The same for every try to file this form, so that it is filed once. */
  readonly clientId: string;
  readonly way: 'walk-in' | 'call';
  readonly person: ChosenPerson | undefined;
  readonly onBehalfOf: string;
  readonly kind: (typeof filedKinds)[number];
  readonly topic: ChosenTopic | undefined;
  /** Documents that the citizen has with them. */
  readonly brought: readonly string[];
  readonly what: string;
  readonly where: string;
  readonly when: string;
  /** The citizen was told what is kept and why. */
  readonly told: boolean;
}

export const blankCase = (): CaseDraft => ({
  clientId: newId(),
  way: 'walk-in',
  person: undefined,
  onBehalfOf: '',
  kind: 'question',
  topic: undefined,
  brought: [],
  what: '',
  where: '',
  when: '',
  told: false,
});

/** The agency of its topic receives a request or a complaint; without a topic nobody would. */
export const lacksTopic = ({ kind, topic }: CaseDraft): boolean =>
  (kind === 'request' || kind === 'complaint') && topic === undefined;
export const isReady = (draft: CaseDraft): boolean =>
  draft.what.trim() !== '' && draft.told && !lacksTopic(draft);

const localised = z.object({ th: z.string() }).catchall(z.string());
const places = z.object({ th: z.array(z.string()) }).catchall(z.array(z.string()));
const outcome = z.object({
  outcome: z.enum(['filed', 'forwarding', 'not-received']),
  caseId: z.string().optional(),
  reference: z.string().optional(),
  pin: z.string().optional(),
  dueAt: z.number().optional(),
  unit: localised.optional(),
  reception: z
    .object({
      agency: localised,
      url: z.string().optional(),
      label: localised.optional(),
      where: places.optional(),
    })
    .optional(),
});
export type FileOutcome = z.infer<typeof outcome> & { readonly sensitive: boolean };

const papers = z.object({
  documents: places,
  steps: places,
  forms: z.array(z.object({ form: localised, part: localised, how: localised })).default([]),
});
export interface ServicePapers {
  readonly documents: readonly string[];
  readonly steps: readonly string[];
  /** Parts of its forms, and what goes there. */
  readonly forms: readonly { readonly form: string; readonly part: string; readonly how: string }[];
}

/** What the published register says is needed, and how it goes. */
export async function servicePapers(serviceId: string, language: string): Promise<ServicePapers> {
  const { documents, steps, forms } = await ask(
    'GET',
    `/api/v1/services/${encodeURIComponent(serviceId)}`,
    papers,
  );
  const inWords = (text: z.infer<typeof localised>): string => text[language] ?? text.th;
  return {
    documents: documents[language] ?? documents.th,
    steps: steps[language] ?? steps.th,
    forms: forms.map(({ form, part, how }) => ({
      form: inWords(form),
      part: inWords(part),
      how: inWords(how),
    })),
  };
}

const phoneOf = (person: ChosenPerson | undefined): string | undefined =>
  person?.kind === 'known' ? person.person.phone : person && phoneIn(person.phone);

const receptionWay = z.object({ way: z.enum(['go-there', 'link', 'hand-on', 'desk']) });

/** What the contact came to: there is something to follow only where the matter is taken in. */
async function resultOf({ kind, topic }: CaseDraft): Promise<'follow-up' | 'referred'> {
  const asked = new URLSearchParams({ kind, ...(topic ? { topic: topic.id } : {}) });
  const { way } = await ask('GET', `/api/v1/case-reception?${asked}`, receptionWay);
  return way === 'link' || way === 'go-there' ? 'referred' : 'follow-up';
}

/** Notes the contact in the person's history, files the matter under it, and asks for the papers that are missing. */
export async function fileCase(draft: CaseDraft, missing: readonly string[]): Promise<FileOutcome> {
  const { clientId, person, kind, topic, way } = draft;
  const phone = phoneOf(person);
  const [what, where, when, onBehalfOf] = [draft.what, draft.where, draft.when, draft.onBehalfOf].map(text =>
    text.trim(),
  );
  const name = person?.kind === 'new' ? person.name.trim() : '';
  const { personId } = await api.logContact({
    ...{ clientId, way, at: Date.now(), status: 'closed', result: await resultOf(draft) },
    type: kind === 'complaint' ? 'complaint' : kind === 'request' ? 'help' : 'inquiry',
    person:
      person?.kind === 'known'
        ? { id: person.person.id }
        : { ...(name ? { name } : {}), ...(phone ? { phone } : {}) },
    ...(topic ? { topic: topic.id } : {}),
  });
  const [topicKind, ...topicId] = topic?.id.split(':') ?? [];
  const filed = await ask('POST', '/api/v1/cases', outcome, {
    ...{ key: clientId, kind, personId },
    details: {
      ...{ kind: 'matter', what, attachments: [] },
      ...(where ? { where: { text: where } } : {}),
      ...(when ? { when } : {}),
    },
    ...(onBehalfOf ? { onBehalfOf } : {}),
    ...(topicKind ? { topic: { kind: topicKind, id: topicId.join(':') } } : {}),
    ...(phone ? { secondFacts: { phone } } : {}),
  });
  if (filed.caseId === undefined) return { ...filed, sensitive: false };
  // A sensitive matter may be closed to whoever took it down; it is never printed.
  const stored = await caseApi.open(filed.caseId).catch(() => undefined);
  if (stored && missing.length > 0)
    await caseApi.act(filed.caseId, { kind: 'ask-person', needs: [...missing] });
  return { ...filed, sensitive: stored?.sensitive ?? true };
}
