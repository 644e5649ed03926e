import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filledText, fitting, openSlot, shownText, slashBefore, storedText } from './web/words/canned';

const file = join(__dirname, '..', 'locales', 'th', 'desk.json');
const th = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
const say = (key: string): string => th[key] ?? key;
const reply = (name: string, text: string) => ({ name, text: { th: text } });

describe('ready-made replies', () => {
  it.each([
    ['at the beginning', '/', 1, { from: 0, letters: '' }],
    ['after a space', 'ค่ะ /ขอ', 7, { from: 4, letters: 'ขอ' }],
    ['in a date', '12/5', 4, undefined],
    ['before the cursor went on', '/ขอ เวลา', 8, undefined],
    ['after the cursor', 'ก /ข', 1, undefined],
  ])('are asked for by a slash %s', (_, text, cursor, expected) => {
    expect(slashBefore(text, cursor)).toEqual(expected);
  });

  it('are found by the beginning of their name first, then by their name, then by what they say', () => {
    const replies = [
      reply('แจ้งนัด', 'มาวันจันทร์'),
      reply('จบ', 'ขอบคุณนัดหน้าเจอกัน'),
      reply('นัดใหม่', 'เลื่อน'),
      reply('อื่น', '-'),
    ];
    expect(fitting(replies, 'นัด').map(({ name }) => name)).toEqual(['นัดใหม่', 'แจ้งนัด', 'จบ']);
  });

  it('are filled with what is known; the rest stays to be written', () => {
    const stored = 'สวัสดี {person} จาก{officer} เลขที่ {reference}';
    const filled = filledText(say, stored, { officer: 'สมหญิง', person: 'ยายทอง' });
    expect(filled).toBe('สวัสดี ยายทอง จากสมหญิง เลขที่ {เลขที่เรื่อง}');
    expect(openSlot(say, filled)).toEqual({ name: '{เลขที่เรื่อง}', at: filled.indexOf('{') });
    expect(openSlot(say, 'ใส่ {อะไรก็ได้}')).toBeUndefined();
    expect(storedText(say, shownText(say, stored))).toBe(stored);
  });
});
