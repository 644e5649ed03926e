import { asked } from '../support/chatting';
import { type CitizenClient, callApi, demoEnv, openCitizen, signIn } from '../support/desk-clients';
import { type Product, eventually, removeFolder, startProduct, temporaryFolder } from '../support/product';
import { dropDatabase } from '../support/stores';

const newborn = 'p1-01';
const topic = `service:${newborn}`;
const words = 'ถามสำนักงานพัฒนาสังคมก่อนไป';

const mongodbUrl = process.env['MONGODB_URL'];
const redisUrl = process.env['REDIS_URL'];
const title = 'what one process publishes';
if (!mongodbUrl || !redisUrl)
  describe.skip(`${title} (MONGODB_URL, REDIS_URL are not set)`, () => it('needs both', () => undefined));
else
  describe(title, () => {
    const own = new URL(mongodbUrl);
    own.pathname = `/thamrat_knowledge_processes_${process.pid}`;
    const dataDirs = [temporaryFolder(), temporaryFolder()];
    let here: Product;
    let there: Product;
    let citizen: CitizenClient;
    const cookies = new Map<string, string>();

    beforeAll(async () => {
      const env = { ...demoEnv, MONGODB_URL: own.href, REDIS_URL: redisUrl, SESSION_SECRET: 's'.repeat(40) };
      const [first = '', second = ''] = dataDirs;
      here = await startProduct({ dataDir: first, env });
      there = await startProduct({ dataDir: second, env });
      for (const who of ['editor', 'reviewer']) cookies.set(who, await signIn(here.url, who));
      citizen = await openCitizen(there.url);
    }, 90_000);
    afterAll(async () => {
      citizen.close();
      await Promise.all([here, there].map(each => each.stop()));
      dataDirs.forEach(removeFolder);
      await dropDatabase(own.href);
    });

    async function as<T>(who: string, method: string, path: string, body?: object): Promise<T> {
      const answer = await callApi(
        here.url,
        cookies.get(who) ?? '',
        method,
        `/api/v1/knowledge${path}`,
        body,
      );
      if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body as T;
    }
    /** What the other process answers in its chat, as soon as its page of the service shows the words, or does not. */
    async function answerThere(shows: boolean): Promise<string> {
      await eventually(`the other process ${shows ? 'tells' : 'withholds'} it`, async () => {
        const page = await fetch(`${there.url}/services/${newborn}`);
        return (await page.text()).includes(words) === shows;
      });
      return JSON.stringify(await asked(citizen, 'เงินอุดหนุนบุตร'));
    }

    it('is answered by the other, and withheld and given back there as well', async () => {
      expect(JSON.stringify(await asked(citizen, 'เงินอุดหนุนบุตร'))).not.toContain(words);
      const { entry, content } = await as<{ entry: { revision: number }; content: object }>(
        'editor',
        'GET',
        `/entries/${newborn}`,
      );
      const change = { base: entry.revision, content: { ...content, answer: { th: words } }, why: 'a test' };
      await as('editor', 'PUT', `/entries/${newborn}`, change);
      await as('editor', 'POST', `/entries/${newborn}/submit`);
      await as('reviewer', 'POST', `/entries/${newborn}/review`, { approve: true, why: 'looks right' });
      await as('reviewer', 'POST', '/publications', { entries: [newborn], why: 'a test' });
      expect(await answerThere(true)).toContain(words);

      await as('reviewer', 'POST', '/switches', { topic, off: true, why: 'จำนวนเงินผิด' });
      const withheld = await answerThere(false);
      expect(withheld).toContain('งดตอบ');
      expect(withheld).not.toContain(words);
      await as('reviewer', 'POST', '/switches', { topic, off: false, why: 'แก้แล้ว' });
      expect(await answerThere(true)).toContain(words);
    }, 60_000);
  });
