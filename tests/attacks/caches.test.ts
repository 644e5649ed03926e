import { operationsOf } from '../fuzz/operations';
import { type AppWorld, startAppWorld } from '../support/app-world';
import { demoEnv, signIn } from '../support/desk-clients';

/** A computer at a counter is used by one after the other, and a proxy by everybody. */
describe('answers about people', () => {
  let world: AppWorld;
  beforeAll(async () => {
    world = await startAppWorld(demoEnv);
    await world.app.demo;
  });
  afterAll(() => world.stop());

  it('are kept by no browser and no proxy, nor are refusals', async () => {
    const admin = await signIn(world.url, 'admin');
    const reads = (await operationsOf(world.url)).filter(({ method }) => method === 'GET');
    const kept: string[] = [];
    const statuses = new Set<number>();
    for (const { path } of reads.filter(each => !each.path.endsWith('/audit/verify')))
      for (const cookie of [admin, '']) {
        const target = `${world.url}${path.replaceAll(/\{\w+\}/gu, 'nobody')}`;
        const answer = await fetch(target, { headers: { cookie }, redirect: 'manual' });
        await answer.arrayBuffer();
        statuses.add(answer.status);
        if (answer.headers.get('cache-control') !== 'no-store') kept.push(`${answer.status} ${path}`);
      }
    expect(kept).toEqual([]);
    expect([...statuses]).toEqual(expect.arrayContaining([200, 401, 404]));
  });
});
