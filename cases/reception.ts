import { z } from 'zod';
import {
  type CaseKind,
  type Knowledge,
  type Localised,
  type Reception,
  type SecondFactKind,
  type Topic,
  type TopicRef,
  caseKinds,
} from '../core';

const text = z.object({ th: z.string().min(1) }).catchall(z.string());
const id = z.string().regex(/^[a-z0-9-]{1,60}$/u);

/** Ways a matter can be received, best first; the first one that is configured here is taken. */
const ways = ['api', 'email', 'file', 'desk', 'link', 'go-there'] as const;
export type ReceptionWay = (typeof ways)[number];

const howSchema = z.strictObject({
  ways: z.array(z.enum(ways)).min(1),
  workflow: id,
  secondFacts: z.array(z.enum(['phone', 'id', 'birth-date'])),
});

export const receptionSchema = z.strictObject({
  /** For matters that no row of a topic decides. */
  kinds: z.record(z.enum(caseKinds), howSchema),
  services: z.array(howSchema.extend({ id })),
  complaints: z.array(howSchema.extend({ id, sensitivity: z.string().min(1).nullable() })),
  workflows: z.array(
    z.strictObject({
      id,
      /** Working hours from filing to the answer. */
      workingHours: z.number().positive(),
      steps: z.array(
        z.strictObject({
          id,
          name: text,
          unit: z.enum(['desk', 'agency']),
          after: z.array(id),
          workingHours: z.number().positive(),
        }),
      ),
    }),
  ),
});
export type ReceptionData = z.infer<typeof receptionSchema>;
export type Workflow = ReceptionData['workflows'][number];

/** What of an agency is connected to this installation. */
export interface AgencyConnection {
  readonly api?: boolean;
  readonly email?: boolean;
  readonly file?: boolean;
  /** Its own officers work at our desk. */
  readonly desk?: boolean;
}

/** Everything that decides what happens to a new matter. */
export interface Receiving {
  readonly reception: Reception;
  readonly workflow: Workflow;
  readonly secondFacts: readonly SecondFactKind[];
  readonly sensitive: boolean;
  readonly topic?: Topic;
  readonly topicAgencyId?: string;
  /** Agency of this installation whose officers work on it. */
  readonly agencyId: string;
}

export interface Receptions {
  receive(kind: CaseKind, topic?: TopicRef): Receiving;
}

/** Kinds that an agency receives; all others are worked on at the desk whatever their topic. */
const receivedByAgency: readonly CaseKind[] = ['request', 'complaint'];

/**
 * How each matter is received: the topic's own row for requests, and for complaints the row of the complaint channel or, where the
 * matter names a service, the way of complaints to its agency.
 */
export function createReceptions(parts: {
  readonly data: ReceptionData;
  readonly knowledge: () => Knowledge;
  readonly connection: (agencyId: string) => AgencyConnection | undefined;
  readonly operator: { readonly agencyId: string; readonly name: Localised };
}): Receptions {
  const { data, knowledge, connection, operator } = parts;
  const workflows = new Map(data.workflows.map(workflow => [workflow.id, workflow]));
  const services = new Map(data.services.map(row => [row.id, row]));
  const complaints = new Map(data.complaints.map(row => [row.id, row]));

  const usable = (way: ReceptionWay, topic: Topic | undefined): boolean => {
    const connected = topic && connection(topic.agencyId);
    switch (way) {
      case 'api':
      case 'email':
      case 'file':
        return connected?.[way] === true;
      case 'link':
        return (topic?.links.length ?? 0) > 0;
      case 'desk':
      case 'go-there':
        return true;
    }
  };

  function receptionOf(way: ReceptionWay, topic: Topic | undefined): Reception {
    const agency = topic?.agency ?? operator.name;
    const [link] = topic?.links ?? [];
    switch (way) {
      case 'api':
      case 'email':
      case 'file':
        return { way: 'hand-on', agency, by: way };
      case 'desk':
        return { way: 'desk', agency: operator.name };
      case 'link':
        return link
          ? { way: 'link', agency, url: link.url, label: link.label }
          : { way: 'go-there', agency, where: topic?.where ?? { th: [] } };
      case 'go-there':
        return { way: 'go-there', agency, where: topic?.where ?? { th: [] } };
    }
  }

  return {
    receive(kind, ref) {
      const topic = ref && knowledge().topic(ref);
      const byKind = data.kinds[kind];
      const complaint = topic?.kind === 'complaint' ? complaints.get(topic.id) : undefined;
      const service = topic?.kind === 'service' ? services.get(topic.id) : undefined;
      const row = receivedByAgency.includes(kind)
        ? (complaint ?? (kind === 'request' ? service : undefined))
        : undefined;
      const how = row ?? byKind;
      const way = how.ways.find(each => usable(each, topic)) ?? 'go-there';
      const workflow = workflows.get(how.workflow);
      if (!workflow)
        throw new TypeError(`reception names the workflow "${how.workflow}", which is not there`);
      const ownDesk = topic && connection(topic.agencyId)?.desk === true;
      return {
        reception: receptionOf(way, topic),
        workflow,
        secondFacts: (service ?? how).secondFacts,
        sensitive: topic?.sensitivity !== undefined || Boolean(complaint?.sensitivity),
        agencyId: ownDesk ? topic.agencyId : operator.agencyId,
        ...(topic ? { topic, topicAgencyId: topic.agencyId } : {}),
      };
    },
  };
}
