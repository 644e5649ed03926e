import { join } from 'node:path';
import { bangkokAt, bangkokIsoDate, inLanguage } from '../../core';
import { loadPublished } from '../../server/knowledge';
import { loadLocales } from '../../server/locales';
import { projectRoot } from '../../server/root';
import { createTexts } from '../texts';
import { createKnownDates, dateEntries } from './index';

const root = projectRoot();
const catalogue = loadLocales([join(root, 'locales')], 'sms');
const dates = createKnownDates(key => ({
  th: catalogue['th']?.[key] ?? '',
  en: catalogue['en']?.[key] ?? '',
}));
const noon = (iso: string): number => Date.parse(`${iso}T12:00:00+07:00`);

describe('dates of law', () => {
  it.each([
    ['ยื่นภาษี', 'income-tax'],
    ['ยื่นแบบภาษีประจำปี', 'income-tax'],
    ['ยื่น ภ.ง.ด. 91', 'income-tax'],
    ['ยื่น ภ.ง.ด.94', 'half-year-tax'],
    ['เสียภาษีครึ่งปี', 'half-year-tax'],
    ['เสียภาษีรถ', 'vehicle-tax'],
    ['ต่อภาษีมอเตอร์ไซค์', 'vehicle-tax'],
    ['ต่อ พ.ร.บ.รถ', 'motor-insurance'],
    ['จ่ายภาษีที่ดิน', 'land-tax'],
    ['เสียภาษีป้าย', 'signboard-tax'],
    ['จ่าย กยศ.', 'student-loan'],
    ['ลงทะเบียนเบี้ยผู้สูงอายุ', 'elderly-allowance'],
    ['file my taxes', 'income-tax'],
    ['เสียภาษีมรดก', undefined],
    ['ไปรับเบี้ยผู้สูงอายุ', undefined],
    ['ต่อใบขับขี่', undefined],
  ])('knows what "%s" means', (words, id) => {
    expect(dates.called(words, 0)?.id).toBe(id);
  });

  it.each([
    ['2026-11-25', '2027-03-31'],
    ['2027-03-31', '2027-03-31'],
    ['2027-04-01', '2028-03-31'],
  ])('on %s the next last day is %s', (today, day) => {
    expect(bangkokIsoDate(dates.get('income-tax', noon(today))?.day ?? 0)).toBe(day);
  });

  it('says each in both languages, in texts that can be sent on any day, about entries of the register', () => {
    const texts = createTexts({ catalogue, operator: 'อบต.ปัว', phone: '054123456' });
    const { knowledge } = loadPublished(root);
    const now = bangkokAt(2026, 11, 25);
    expect(dates.all(now)).toHaveLength(dateEntries.length);
    for (const { name, note, text, topic, leadsMs } of dates.all(now)) {
      for (const language of ['th', 'en']) {
        expect(inLanguage(name, language)).not.toBe('');
        expect(inLanguage(note, language)).not.toBe('');
        expect(texts.fault(text, language)).toBeUndefined();
      }
      expect([...leadsMs].sort((a, b) => b - a)).toEqual(leadsMs);
      if (topic) expect(knowledge.topic(topic)).toBeDefined();
    }
  });
});
