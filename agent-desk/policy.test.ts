import { z } from 'zod';
import { type Role, roles, route } from '../core';
import { actions, eventActions, may, policyFaults, rolesFor, routeActions, underPolicy } from './policy';
import { payloads } from './socket-payloads';

const someRoute = (method: 'get' | 'post', path: string, access: 'public' | readonly Role[]) =>
  route({
    method,
    path,
    summary: 'something',
    access,
    audit: 'person.changed',
    returns: z.object({}),
    handle: () => Promise.resolve({ body: {} }),
  });

describe('the policy', () => {
  it('gives a route without a row to nobody, and says so', () => {
    const unknown = someRoute('get', '/api/v1/not-in-the-table', roles);
    expect(underPolicy([unknown])[0]?.access).toEqual([]);
    expect(underPolicy([someRoute('get', '/api/v1/constructor', 'public')])[0]?.access).toEqual([]);
    expect(policyFaults([unknown])).toEqual([expect.stringContaining('GET /api/v1/not-in-the-table')]);
  });

  it('opens no more than both the route and its row allow, and names the difference', () => {
    const narrower = someRoute('get', '/api/v1/people', ['officer']);
    expect(underPolicy([narrower])[0]?.access).toEqual(['officer']);
    const wider = someRoute('get', '/api/v1/people', roles);
    expect(underPolicy([wider])[0]?.access).toEqual(rolesFor('person.find'));
    expect(underPolicy([someRoute('get', '/api/v1/people', 'public')])[0]?.access).toEqual([]);
    expect(policyFaults([narrower, wider])).toHaveLength(2);
    expect(policyFaults([someRoute('get', '/api/v1/people', rolesFor('person.find'))])).toEqual([]);
  });

  it('has a row for every event of the desk', () => {
    expect(Object.keys(eventActions).sort()).toEqual(Object.keys(payloads).sort());
  });

  it('uses every action, and gives each to somebody', () => {
    for (const name of Object.keys(actions) as (keyof typeof actions)[])
      expect([name, rolesFor(name).length > 0]).toEqual([name, true]);
    expect(new Set(Object.values(routeActions)).size).toBeGreaterThan(5);
  });

  const officer = { id: 'o1', role: 'officer', agencyId: 'a' } as const;
  const lead = { id: 'o2', role: 'supervisor', agencyId: 'a' } as const;
  const root = { id: 'o3', role: 'admin', agencyId: 'z' } as const;
  const writer = { id: 'o4', role: 'editor', agencyId: 'a' } as const;
  const near = { agencyId: 'a', officerId: 'o1' };
  const far = { agencyId: 'b', officerId: 'o1' };
  it.each([
    ['reads within the agency', officer, 'conversation.read', near, true],
    ['does not read beyond it', officer, 'conversation.read', far, false],
    ['reads everywhere as administrator', root, 'conversation.read', far, true],
    ['has the role but another purpose', writer, 'conversation.read', near, false],
    ['speaks in their own conversation', officer, 'conversation.speak', near, true],
    ['does not speak in another’s, even as the one who leads', lead, 'conversation.speak', near, false],
    ['handles their own', officer, 'conversation.handle', near, true],
    ['handles another’s as the one who leads', lead, 'conversation.handle', near, true],
    ['does not handle another’s', officer, 'conversation.handle', { ...near, officerId: 'o9' }, false],
    ['does not handle what nobody holds', officer, 'conversation.handle', { agencyId: 'a' }, false],
    ['keeps to their own account', officer, 'account.own', { officerId: 'o1' }, true],
    ['does not reach another’s account', root, 'account.own', { officerId: 'o1' }, false],
    ['asks about a record that belongs to nobody', officer, 'person.read', {}, false],
  ] as const)('%s', (_, who, action, record, allowed) => {
    expect(may(who, action, record)).toBe(allowed);
  });
});
