import { type Container, containerBootstrap } from '@nlpjs/core';
import { LangTh } from '@nlpjs/lang-th';
import { Nlp } from '@nlpjs/nlp';
import { thaiPlugIn } from '.';

async function thaiContainer(withPlugIn: boolean): Promise<Container> {
  const container = await containerBootstrap();
  container.use(Nlp);
  container.use(LangTh);
  if (withPlugIn) container.use(thaiPlugIn);
  const nlp = container.get('nlp');
  Object.assign(nlp.settings, { autoSave: false, nlu: { log: false } });
  return container;
}

describe('the plug-in for nlp.js', () => {
  it.each([
    [false, false],
    [true, true],
  ])('cuts as people do only when it is in use (%s)', async (withPlugIn, whole) => {
    const container = await thaiContainer(withPlugIn);
    const words = container.get('tokenizer-th').tokenize('เอกสารอะไร');
    expect(words.includes('เอกสาร') && words.includes('อะไร')).toBe(whole);
  });

  it('lets nlp.js learn Thai intents from a few phrases', async () => {
    const nlp = (await thaiContainer(true)).get('nlp');
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
