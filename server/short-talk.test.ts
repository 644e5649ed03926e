import { join } from 'node:path';
import { loadDevLines } from '../nlu';
import { loadPublished } from './knowledge';
import { projectRoot } from './root';

describe('short talk, as the model of the build hears it', () => {
  const root = projectRoot();
  const { understander } = loadPublished(root);
  const lines = loadDevLines(join(root, 'knowledge', 'data', 'dev', 'short'));
  const heard = (text: string): boolean => understander.understand(text, 0).crisis !== undefined;

  it('is not taken for danger where it is about nothing', () => {
    const calm = lines.filter(({ label }) => label !== 'intent:crisis');
    expect(calm.length).toBeGreaterThan(50);
    expect(calm.filter(({ text }) => heard(text)).map(({ text }) => text)).toEqual([]);
  });

  it('is heard where it is a cry for help', () => {
    const cries = lines.filter(({ label }) => label === 'intent:crisis');
    expect(cries.length).toBeGreaterThan(10);
    expect(cries.filter(({ text }) => !heard(text)).map(({ text }) => text)).toEqual([]);
  });
});
