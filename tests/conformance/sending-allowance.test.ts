import type { SendingAllowance } from '../../core';
import { allowanceCollection, createAllowance } from '../../sms/reminders';
import { describeStores } from '../support/stores';

const noon = Date.UTC(2026, 11, 2, 5);
const dayMs = 24 * 60 * 60 * 1000;

describeStores('the allowance of a day', newData => {
  it('is never exceeded by several processes together, and begins anew the next day in Bangkok', async () => {
    const data = newData();
    const engines = [data.engine(), ...(data.engine().kind === 'mongo' ? [data.engine()] : [])].slice(0, 2);
    const allowances: SendingAllowance[] = [];
    for (const engine of engines) {
      const days = allowanceCollection(engine);
      await engine.open();
      // Two of them on one store stand for two processes.
      allowances.push(createAllowance(days, 450), createAllowance(days, 450));
    }
    const taken = await Promise.all(
      Array.from({ length: 400 }, async (_, n) => {
        const segments = 1 + (n % 3);
        return (await allowances[n % allowances.length]?.take(noon, segments)) ? segments : 0;
      }),
    );
    const used = taken.reduce((sum, each) => sum + each, 0);
    expect(used).toBeLessThanOrEqual(450);
    // What processes have set aside and not used is all that may be left.
    expect(used).toBeGreaterThan(450 - allowances.length * 100);
    expect(await allowances[0]?.take(noon, 100)).toBe(false);
    expect(await allowances[0]?.take(noon + dayMs, 100)).toBe(true);
    await data.remove();
  });
});
