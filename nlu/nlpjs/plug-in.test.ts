import { thaiPlugIn } from '.';

interface Container {
  use(item: object): void;
  get(name: 'nlp'): Nlp;
  get(name: 'tokenizer-th'): { tokenize(text: string): string[] };
}

interface Nlp {
  settings: object;
  container: Container;
  addLanguage(language: string): void;
  addDocument(language: string, text: string, intent: string): void;
  train(): Promise<void>;
  process(language: string, text: string): Promise<{ intent: string; score: number }>;
}

// nlp.js ships no types; this is the part of it that the test uses.
const { containerBootstrap } = require('@nlpjs/core') as { containerBootstrap(): Promise<Container> };
const { Nlp } = require('@nlpjs/nlp') as { Nlp: object };
const { LangTh } = require('@nlpjs/lang-th') as { LangTh: object };

async function thaiNlp(withPlugIn: boolean): Promise<Nlp> {
  const container = await containerBootstrap();
  container.use(Nlp);
  container.use(LangTh);
  if (withPlugIn) container.use(thaiPlugIn);
  const nlp = container.get('nlp');
  Object.assign(nlp.settings, { autoSave: false, nlu: { log: false } });
  return nlp;
}

describe('the plug-in for nlp.js', () => {
  it.each([
    [false, false],
    [true, true],
  ])('cuts as people do only when it is in use (%s)', async (withPlugIn, whole) => {
    const nlp = await thaiNlp(withPlugIn);
    const words = nlp.container.get('tokenizer-th').tokenize('เอกสารอะไร');
    expect(words.includes('เอกสาร') && words.includes('อะไร')).toBe(whole);
  });

  it('lets nlp.js learn Thai intents from a few phrases', async () => {
    const nlp = await thaiNlp(true);
    nlp.addLanguage('th');
    const phrases = {
      passport: ['ทำพาสปอร์ตใหม่', 'ต่ออายุหนังสือเดินทาง', 'พาสปอร์ตหมดอายุ'],
      tax: ['ยื่นภาษีออนไลน์', 'ขอคืนภาษี', 'จ่ายภาษีเงินได้'],
    };
    for (const [intent, texts] of Object.entries(phrases))
      for (const text of texts) nlp.addDocument('th', text, intent);
    await nlp.train();
    expect((await nlp.process('th', 'พาสปอร์ตของลูกหมดอายุแล้วค้าบ')).intent).toBe('passport');
    expect((await nlp.process('th', 'ยังไม่ได้ยื่นภาษี')).intent).toBe('tax');
  });
});
