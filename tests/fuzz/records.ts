import { callApi, openCitizen } from '../support/desk-clients';

const each = 24;

async function made<T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (let index = 0; index < count; index += 1) all.push(await make(index));
  return all;
}

/** Records of every kind that addresses and fields can name, so that inputs get behind the look whether there is one. */
export async function makeRecords(
  url: string,
  cookie: string,
): Promise<Readonly<Record<string, readonly string[]>>> {
  async function post(path: string, body: object): Promise<Record<string, unknown>> {
    const answer = await callApi(url, cookie, 'POST', path, body);
    if (answer.status >= 300) throw new Error(`POST ${path}: ${JSON.stringify(answer)}`);
    return answer.body;
  }
  const people = await made(each, async index => {
    const person = { name: `ผู้ติดต่อ ${index}`, phone: `08123456${10 + index}` };
    const contact = { way: 'walk-in', type: 'inquiry', at: 1_764_000_000_000, status: 'open', person };
    return String((await post('/api/v1/contacts', contact))['personId']);
  });
  const cases = await made(each, async index => {
    const details = { kind: 'matter', what: 'ไฟดับ', attachments: [] };
    return String(
      (await post('/api/v1/cases', { key: `fuzz-${index}`, kind: 'question', details }))['caseId'],
    );
  });
  const conversations = await made(each, async () => {
    const citizen = await openCitizen(url);
    await citizen.say('ขอคุยกับเจ้าหน้าที่');
    citizen.close();
    return citizen.conversation;
  });
  const accounts = await made(4, async index => {
    const account = { username: `fuzz.${index}`, name: 'ใครสักคน', role: 'officer' };
    const { account: view } = await post('/api/v1/accounts', account);
    return String(Object(view).id);
  });
  const requests = await made(each, async index => {
    const about = { personId: people[index], kind: 'access' };
    return String((await post('/api/v1/privacy/requests', about))['id']);
  });
  const breaches = await made(4, async () => {
    const breach = { noticedAt: 1_764_000_000_000, what: 'กล่องเอกสารหาย', people: 3, risk: 'some' };
    return String((await post('/api/v1/privacy/breaches', breach))['id']);
  });
  const { body } = await callApi(url, cookie, 'GET', '/api/v1/topics?q=บัตร');
  const topics = (Array.isArray(body['topics']) ? body['topics'] : []).map(topic => String(Object(topic).id));
  return {
    ...{ people, cases, conversations, accounts, requests, breaches },
    ...{ personId: people, caseId: cases, conversation: conversations, conversationId: conversations },
    ...(topics.length > 0 ? { topic: topics, services: topics } : {}),
  };
}
