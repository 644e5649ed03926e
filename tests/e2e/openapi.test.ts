import { z } from 'zod';
import { rolesFor, routeActions, routeKey, sessionCookie } from '../../agent-desk';
import type { Route } from '../../core';
import { type AppWorld, startAppWorld } from '../support/app-world';
import { demoEnv, openCitizen, signIn } from '../support/desk-clients';
import { bodyOf, queries } from '../support/sample-bodies';
import { png } from '../support/sample-files';

const partnerKey = 'a-key-of-the-partner';
const schemes = z.object({
  session: z.object({ type: z.literal('apiKey'), in: z.literal('cookie'), name: z.string() }),
  visitor: z.object({ type: z.literal('apiKey'), in: z.literal('header'), name: z.literal('Authorization') }),
  partner: z.object({ type: z.literal('http'), scheme: z.literal('bearer') }),
});
const described = z.object({
  components: z.object({ securitySchemes: schemes }),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        security: z.array(z.record(z.string(), z.array(z.string()))),
      }),
    ),
  ),
});

/** Does the server ask for what its description says, no more and no less? Tried with every operation that there is. */
describe('the description of the interface', () => {
  let world: AppWorld;
  let description: z.infer<typeof described>;
  let visitor: string;

  beforeAll(async () => {
    world = await startAppWorld({ ...demoEnv, PARTNER_API_KEYS: `shop:${partnerKey}:operator` });
    await world.app.demo;
    const response = await fetch(`${world.url}/api/openapi.json`);
    description = described.parse(await response.json());
    const citizen = await openCitizen(world.url);
    ({ visitor } = citizen);
    await citizen.say('สวัสดี');
    citizen.close();
  });
  afterAll(() => world.stop());

  const schemeOf = (route: Route): Readonly<Record<string, readonly string[]>> | undefined =>
    description.paths[route.path.replace(/:(\w+)/gu, '{$1}')]?.[route.method]?.security[0];

  async function statusOf(route: Route, headers: Readonly<Record<string, string>>): Promise<number> {
    const body = bodyOf(route);
    const path = `${route.path.replace(/:\w+/gu, 'nothing-has-this-id')}${queries[routeKey(route)] ?? ''}`;
    const response = await fetch(`${world.url}${path}`, {
      method: route.method.toUpperCase(),
      redirect: 'manual',
      headers: {
        ...headers,
        ...(route.upload ? { 'content-type': 'application/octet-stream' } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      ...(route.upload ? { body: new Uint8Array(png()) } : {}),
    });
    await response.arrayBuffer();
    return response.status;
  }
  /** Ways in answer 401 to whoever brings nothing that is right, by their purpose. */
  const isWayIn = ({ path, access }: Route): boolean =>
    access === 'public' && /^\/api\/v1\/(session|account\/setup)/u.test(path);

  it('names the cookie that a sign-in sets', async () => {
    expect(description.components.securitySchemes.session.name).toBe(sessionCookie);
    expect(await signIn(world.url, 'officer')).toContain(`${sessionCookie}=`);
  });

  it('names for every operation who may use it, as the policy has it', () => {
    for (const route of world.app.routes) {
      const action = routeActions[routeKey(route)];
      const roles = action === undefined || action === 'public' ? undefined : rolesFor(action);
      const named = Object.entries(schemeOf(route) ?? {});
      expect([routeKey(route), named]).toEqual([
        routeKey(route),
        roles ? [['session', roles]] : route.proof ? [[route.proof, []]] : [],
      ]);
    }
  });

  it('asks for it wherever it is named, and nowhere else', async () => {
    const wrong: string[] = [];
    for (const route of world.app.routes.filter(each => !isWayIn(each))) {
      const isNamed = schemeOf(route) !== undefined;
      for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: 'Visitor wrong' }]) {
        const status = await statusOf(route, headers);
        if ((status === 401) !== isNamed) wrong.push(`${routeKey(route)}: ${status}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('takes what is named', async () => {
    const shown = { visitor: `Visitor ${visitor}`, partner: `Bearer ${partnerKey}` };
    const proven = world.app.routes.filter(route => route.proof);
    expect(proven.length).toBeGreaterThan(10);
    for (const route of proven) {
      const right = route.proof ? shown[route.proof] : '';
      const other = route.proof === 'visitor' ? shown.partner : shown.visitor;
      expect([routeKey(route), await statusOf(route, { authorization: right })]).not.toContain(401);
      expect([routeKey(route), await statusOf(route, { authorization: other })]).toContain(401);
    }
  });
});
