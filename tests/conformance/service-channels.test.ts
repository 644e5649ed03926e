import { channelNames } from '../../core';
import {
  type CaseWorld,
  aDraft,
  officerOf,
  openCases,
  shippedKnowledge,
  startOfTests,
} from '../support/case-world';
import { type TestData, describeStores } from '../support/stores';

const topics = shippedKnowledge().topics();
const services = topics.filter(topic => topic.kind === 'service');
const complaints = topics.filter(topic => topic.kind === 'complaint');
const walk = [
  ...services.map(topic => ({ topic, kind: 'request' as const })),
  ...complaints.map(topic => ({ topic, kind: 'complaint' as const })),
];

/** Every service and complaint channel on every channel: the same promise wherever somebody asks, and no number that nobody stands behind. */
describeStores('every service on every channel', newData => {
  let data: TestData;
  let world: CaseWorld;
  afterEach(() => data.remove());

  interface Filed {
    readonly id: string;
    readonly channel: string;
    readonly outcome: string;
    readonly numbered: boolean;
  }

  async function filed(connected: Parameters<typeof openCases>[1]): Promise<Filed[]> {
    data = newData();
    world = await openCases(data.engine(), connected);
    const all: Filed[] = [];
    for (const { topic, kind } of walk) {
      const { id } = topic;
      const one = channelNames.map(async (channel): Promise<Filed> => {
        const draft = aDraft({ kind, topic: { kind: topic.kind, id }, channel });
        const outcome = await world.service.file(draft);
        return { id, channel, outcome: outcome.outcome, numbered: 'reference' in outcome };
      });
      all.push(...(await Promise.all(one)));
    }
    return all;
  }

  it('says the same on all of them, and numbers only what our own desk has accepted', async () => {
    const all = await filed({});
    expect(all).toHaveLength((services.length + complaints.length) * channelNames.length);
    const byTopic = new Map<string, Set<string>>();
    for (const { id, outcome } of all) byTopic.set(id, (byTopic.get(id) ?? new Set()).add(outcome));
    expect([...byTopic].filter(([, outcomes]) => outcomes.size !== 1)).toEqual([]);
    expect(all.filter(each => each.numbered !== (each.outcome === 'filed'))).toEqual([]);
    expect(all.filter(each => each.outcome === 'forwarding')).toEqual([]);
  }, 60_000);

  it('numbers nothing that an agency was handed until it acknowledged, and then exactly once', async () => {
    const all = await filed({ connection: () => ({ api: true }) });
    const forwarded = all.filter(each => each.outcome === 'forwarding');
    // Feedback stays at our desk; everything else is the agency's to acknowledge.
    expect(forwarded.length).toBeGreaterThan(
      (services.length + complaints.length - 10) * channelNames.length,
    );
    expect(all.filter(each => each.numbered !== (each.outcome === 'filed'))).toEqual([]);
    const lead = officerOf('lead', 'supervisor');
    const { cases } = await world.desk.due(lead, { limit: 3 });
    const waiting = cases.filter(each => each.state === 'forwarding').slice(0, 3);
    expect(waiting.length).toBeGreaterThan(0);
    for (const { id } of waiting) {
      const act = { kind: 'acknowledge', theirReference: 'AG-1' } as const;
      const [first, second] = [
        await world.desk.act(id, lead, 'a', act),
        await world.desk.act(id, lead, 'b', act),
      ];
      expect(first).toMatchObject({
        outcome: 'done',
        case: { reference: expect.stringMatching(/^\d{12}$/u) },
      });
      expect(second).toMatchObject({ outcome: 'impossible' });
    }
    expect(world.now()).toBe(startOfTests);
  }, 60_000);
});
