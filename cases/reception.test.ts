import { shippedKnowledge, shippedReception } from '../tests/support/case-world';
import { type AgencyConnection, createReceptions } from './reception';

const operator = { agencyId: 'operator', name: { th: 'ศูนย์บริการทดสอบ' } };
const topics = shippedKnowledge().topics();
const services = topics.filter(topic => topic.kind === 'service');
const complaints = topics.filter(topic => topic.kind === 'complaint');

const receptionsWith = (connected?: AgencyConnection) =>
  createReceptions({
    data: shippedReception,
    knowledge: shippedKnowledge,
    connection: () => connected,
    operator,
  });

describe('reception', () => {
  it('has a row for every service and complaint channel, and none for anything else', () => {
    expect(services.filter(({ id }) => !id.startsWith('x-'))).toHaveLength(260);
    expect(complaints).toHaveLength(27);
    const ids = (rows: readonly { readonly id: string }[]): string[] => rows.map(row => row.id).sort();
    expect(ids(shippedReception.services)).toEqual(ids(services));
    expect(ids(shippedReception.complaints)).toEqual(ids(complaints));
  });

  it('names workflows whose steps can all be reached and end in time', () => {
    for (const { id, steps, workingHours } of shippedReception.workflows) {
      const done = new Set<string>();
      for (let ready = steps; ready.length > 0;) {
        ready = steps.filter(step => !done.has(step.id) && step.after.every(each => done.has(each)));
        ready.forEach(step => done.add(step.id));
      }
      expect([id, done.size]).toEqual([id, steps.length]);
      const endOf = (step: (typeof steps)[number]): number =>
        step.workingHours +
        Math.max(0, ...steps.filter(each => step.after.includes(each.id)).map(each => endOf(each)));
      for (const step of steps) expect(endOf(step)).toBeLessThanOrEqual(workingHours);
    }
  });

  it('takes no request for a service in while nothing that accepts it is connected', () => {
    const receptions = receptionsWith();
    for (const { id, serviceKind, links } of services) {
      const { reception } = receptions.receive('request', { kind: 'service', id });
      if (serviceKind === 'feedback') expect([id, reception.way]).toEqual([id, 'desk']);
      else expect([id, ['link', 'go-there']]).toEqual([id, expect.arrayContaining([reception.way])]);
      if (reception.way === 'link') expect(reception.url).toBe(links[0]?.url);
    }
  });

  it('hands on what an agency takes by its system, and a complaint by mail or file too', () => {
    for (const { id } of services)
      expect(
        receptionsWith({ api: true }).receive('request', { kind: 'service', id }).reception,
      ).toMatchObject({
        way: 'hand-on',
        by: 'api',
      });
    for (const { id } of complaints) {
      const way = (connected?: AgencyConnection) =>
        receptionsWith(connected).receive('complaint', { kind: 'complaint', id }).reception;
      expect(way({ api: true, email: true })).toMatchObject({ way: 'hand-on', by: 'api' });
      expect(way({ email: true, file: true })).toMatchObject({ way: 'hand-on', by: 'email' });
      expect(way({ file: true })).toMatchObject({ way: 'hand-on', by: 'file' });
      expect(way()).toMatchObject({ way: 'desk' });
    }
  });

  it('works on what is left for officers at the desk, whatever it is about', () => {
    for (const kind of [
      'suggestion',
      'praise',
      'question',
      'report',
      'callback',
      'relay',
      'problem',
    ] as const)
      for (const { id } of services)
        expect(receptionsWith({ api: true }).receive(kind, { kind: 'service', id }).reception.way).toBe(
          'desk',
        );
  });

  it('marks as sensitive what the register marks', () => {
    const receptions = receptionsWith();
    const marked = services.filter(topic => topic.sensitivity !== undefined);
    expect(marked.length).toBeGreaterThan(8);
    for (const topic of services)
      expect(receptions.receive('question', topic).sensitive).toBe(topic.sensitivity !== undefined);
    expect(receptions.receive('complaint', { kind: 'complaint', id: 'c-05' }).sensitive).toBe(true);
  });
});
