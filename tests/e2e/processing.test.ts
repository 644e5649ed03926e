import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { processingMarkdown } from '../../privacy';
import { type App, createApp } from '../../server/app';
import { readConfig } from '../../server/config';
import { createLog } from '../../server/log';
import { projectRoot } from '../../server/root';
import { removeFolder, temporaryFolder } from '../support/product';

/** The whole product, so that no module's collection can be forgotten. */
describe('the record of processing', () => {
  const dataDir = temporaryFolder();
  let app: App;

  beforeAll(async () => {
    const config = readConfig({ DATA_DIR: dataDir, DEMO: 'false' });
    app = await createApp({ config, clock: Date.now, ids: v7, log: createLog('silent') });
  });
  afterAll(async () => {
    await app.stop();
    removeFolder(dataDir);
  });

  it('has a line for every collection that any module declares', () => {
    const silent = app.upkeep.collections().filter(each => !each.keeps);
    expect(silent.map(each => each.collection)).toEqual([]);
    expect(app.upkeep.processing()).toHaveLength(app.upkeep.collections().length);
  });

  it('names for every purpose the section of the act, and for what may hold health matters section 26', () => {
    for (const row of app.upkeep.processing())
      if (row.personal.length > 0) expect(row.section.th).toMatch(/มาตรา \d+/u);
    const sensitive = app.upkeep.processing().filter(row => row.sensitive);
    expect(sensitive.map(row => row.collection)).toContain('messages');
  });

  it('has for every collection whose records end somebody who lets go of them', async () => {
    const { removed } = await app.upkeep.privacy.expire(true);
    const swept = Object.values(removed).flatMap(counts => Object.keys(counts));
    const ending = app.upkeep.processing().filter(row => row.days !== null);
    // Commands are work that is still to be done; each goes when it is done.
    const left = ending
      .map(row => row.collection)
      .filter(name => !swept.includes(name) && name !== 'commands');
    expect(left).toEqual([]);
    expect(ending.length).toBeGreaterThan(15);
  });

  it('is in docs/processing.md; run "npm run -s privacy:processing > docs/processing.md" when a line is old', () => {
    const page = readFileSync(join(projectRoot(), 'docs', 'processing.md'), 'utf8').split('\n');
    const lines = processingMarkdown(app.upkeep.processing()).split('\n');
    const named = (line: string): string | undefined => /^\| `([^`]+)`/u.exec(line)?.[1];
    const shown = page.filter(named);
    expect(shown.length).toBeGreaterThan(10);
    for (const line of shown) expect(lines.filter(each => named(each) === named(line))).toEqual([line]);
  });
});
