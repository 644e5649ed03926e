import { type CaseChat, openCaseChat } from '../support/case-chat';
import { type TestData, sqliteData } from '../support/stores';

/** What a citizen reads who asks whether something they heard is true. */
describe('a rumour without a link', () => {
  let data: TestData;
  let chat: CaseChat;
  beforeEach(async () => {
    data = sqliteData();
    chat = await openCaseChat(data.engine(), { personId: 'p-1' });
  });
  afterEach(() => data.remove());

  it('is answered with what we can say, the state of what is published, and whom to ask; never with "true" or "safe"', async () => {
    const answer = await chat.say('แจกเงินหมื่นจริงไหม');
    expect(answer).toContain('บอกไม่ได้ว่าจริงหรือไม่');
    expect(answer).toMatch(/หน่วยงานยังไม่ได้ตรวจทาน|หน่วยงานตรวจทานแล้ว|เราไม่มีข้อมูลที่หน่วยงานประกาศ/u);
    expect(answer).toContain('1111');
    expect(answer).not.toMatch(/ปลอดภัย|เป็นเรื่องจริง/u);
  });

  it('names the nearest published matter with whose it is and whether they reviewed it', async () => {
    const answer = await chat.say('ได้รับข้อความว่าเบี้ยผู้สูงอายุเพิ่มเป็นสามพัน จริงไหม');
    expect(answer).toMatch(/ที่เรามีข้อมูลไว้: .+ ของ.+ (?:เป็นข้อมูลเบื้องต้น|หน่วยงานตรวจทานแล้ว)/u);
    expect(chat.offered().some(({ id }) => id.startsWith('topic:'))).toBe(true);
  });
});
