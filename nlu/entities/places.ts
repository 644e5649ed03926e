import { districtLines } from './data/districts';
import { provinces } from './data/provinces';
import { subdistrictLines } from './data/subdistricts';
import type { Found } from './date-read';
import { isThai, standsAlone } from './letters';
import { Trie } from './trie';

/** Other names of provinces: short forms, old names, nicknames, usual misspellings. */
const provinceAliases: Readonly<Record<string, string>> = {
  กรุงเทพมหานคร: 'กรุงเทพ กรุงเทพฯ กทม กทม. ก.ท.ม. กทมฯ บางกอก กรุงเทพมหานครฯ bkk',
  นครราชสีมา: 'โคราช เมืองย่าโม นครราชฯ นครราชสีมาฯ korat',
  อุบลราชธานี: 'อุบล อุบลฯ เมืองดอกบัว ubon',
  อุดรธานี: 'อุดร อุดรฯ udon',
  ฉะเชิงเทรา: 'แปดริ้ว ฉะเชิงเทา',
  นครศรีธรรมราช: 'เมืองคอน นครศรี นครศรีฯ นครศรีธรรมราชฯ',
  พระนครศรีอยุธยา: 'อยุธยา กรุงเก่า อยุทธยา ayutthaya',
  สุพรรณบุรี: 'สุพรรณ สุพรรณฯ',
  สุราษฎร์ธานี: 'สุราษฎร์ สุราษฎร์ฯ สุราษฏร์ธานี สุราด surat',
  กาญจนบุรี: 'กาญจน์ เมืองกาญจน์ เมืองกาญ กาญจนบุรีฯ',
  ประจวบคีรีขันธ์: 'ประจวบ ประจวบฯ ประจวบคีรีขันท์',
  ปราจีนบุรี: 'ปราจีน ปราจีนฯ',
  เพชรบุรี: 'เพชรบุรีฯ เมืองเพชร',
  สมุทรสาคร: 'มหาชัย',
  สมุทรสงคราม: 'แม่กลอง',
  สมุทรปราการ: 'เมืองปากน้ำ',
  พิษณุโลก: 'สองแคว เมืองสองแคว พิดโลก',
  พัทลุง: 'เมืองลุง',
  มหาสารคาม: 'สารคาม สารคามฯ',
  ศรีสะเกษ: 'ศรีษะเกษ ศีรษะเกษ ศรีสะเกศ',
  กาฬสินธุ์: 'กาฬสิน กาฬสินธ์',
  สกลนคร: 'สกล สกลฯ',
  นนทบุรี: 'เมืองนนท์ นนท์',
  ปทุมธานี: 'เมืองปทุม',
  นครสวรรค์: 'ปากน้ำโพ',
  ชลบุรี: 'เมืองชล',
  จันทบุรี: 'เมืองจันท์ จันทบูร',
  เชียงใหม่: 'เจียงใหม่ นครพิงค์',
  เชียงราย: 'เจียงฮาย',
  ร้อยเอ็ด: 'เมืองเกินร้อย',
  อุตรดิตถ์: 'อุตรดิษฐ์ อุตรดิตถ',
  สงขลา: 'สงขลาฯ',
  หนองบัวลำภู: 'หนองบัวลำพู',
  อำนาจเจริญ: 'อำนาจเจริญฯ',
};

/** Provinces whose name is an everyday word: believed only after จังหวัด, จ., เมือง, or in a list of places. */
const shyProvinces = new Set(['เลย', 'ตาก', 'แพร่', 'น่าน', 'กระบี่']);
const shyEnglish = new Set(['tak', 'nan', 'loei', 'trat', 'phrae', 'trang']);

/** Names of districts that are everyday words too: only with อำเภอ or เขต. */
const shyDistricts = new Set(
  'สมเด็จ สีชมพู มหาราช วิภาวดี สุวรรณภูมิ นครหลวง สิรินธร บ้านสร้าง หนองใหญ่ เฝ้าไร่ บ้านนา บ้านหมอ บ้านไร่ บ้านใหม่ ท่าเรือ ท่าใหม่ ท่าช้าง คลองใหญ่ ทุ่งใหญ่ เกาะยาว เมืองใหม่ หนองแสง นาหมื่น คลองเตย ปากทาง บ้านด่าน บ้านกรวด บ้านตาก ด่านซ้าย ศรีเมือง สามง่าม สองพี่น้อง สามร้อยยอด เฉลิมพระเกียรติ พระพรหม ชนแดน กันทราลักษ์ ปลายพระยา'.split(
    ' ',
  ),
);

/** Short district names that people say alone. */
const saidAlone: readonly (readonly [string, string])[] = [
  ['เบตง', 'เบตง'],
  ['ชะอำ', 'ชะอำ'],
  ['สมุย', 'เกาะสมุย'],
  ['พะงัน', 'เกาะพะงัน'],
  ['พัทยา', 'บางละมุง'],
  ['สุไหงโกลก', 'สุไหงโก-ลก'],
  ['บางแค', 'บางแค'],
  ['บางนา', 'บางนา'],
  ['ดินแดง', 'ดินแดง'],
  ['คลองเตย', 'คลองเตย'],
  ['เยาวราช', 'สัมพันธวงศ์'],
];

type Level = 'province' | 'district' | 'subdistrict';

interface Place {
  readonly level: Level;
  readonly value: string;
  readonly confidence?: number;
}

const byLevel: Readonly<Record<Level, Trie<string>>> = {
  province: new Trie(),
  district: new Trie(),
  subdistrict: new Trie(),
};
const alone = new Trie<Place | undefined>();

const capitalPrefix = 'เมือง';

function learnProvinces(): void {
  for (const [thai, english] of provinces) {
    const lower = english.toLowerCase();
    const forms = [
      thai,
      lower,
      lower.replaceAll(' ', ''),
      ...(provinceAliases[thai] ?? '').split(' '),
    ].filter(form => form !== '');
    for (const form of forms) {
      byLevel.province.add(form, thai);
      const shy = shyProvinces.has(form) || shyEnglish.has(form);
      if (!shy) alone.add(form, { level: 'province', value: thai });
    }
    alone.add(`${capitalPrefix}${thai}`, { level: 'province', value: thai, confidence: 0.8 });
  }
  byLevel.province.add('bangkok metropolis', 'กรุงเทพมหานคร');
}

function learnDistricts(): void {
  for (const line of districtLines.trim().split('\n')) {
    const [province = '', list = ''] = line.split(': ');
    for (const name of list.split(', ')) {
      byLevel.district.add(name, name);
      if (name === `${capitalPrefix}${province}`) continue;
      if (name.length >= 6 && !shyDistricts.has(name))
        alone.add(name, { level: 'district', value: name, confidence: 0.6 });
    }
  }
  for (const [form, value] of saidAlone) {
    byLevel.district.add(form, value);
    alone.add(form, { level: 'district', value, confidence: 0.7 });
  }
}

function learnSubdistricts(): void {
  for (const name of subdistrictLines.trim().split(/\s+/)) byLevel.subdistrict.add(name, name);
}

/** Words that hold a place's name and are none. */
const decoys =
  'เลยทีเดียว ประจวบเหมาะ สกลโลก อุดรทิศ สารคามวิทยา นนท์ชัย นครศรีอยุธยา ดินแดงเดือด กาญจนา อุบลวรรณ กาญจนาภิเษก สุพรรณบัฏ เพชรบุรีตัดใหม่ ยะลาน ระนองเลง';

learnProvinces();
learnDistricts();
learnSubdistricts();
for (const word of decoys.split(' ')) alone.add(word, undefined);

const prefixes: readonly (readonly [string, Level])[] = [
  ['จังหวัด', 'province'],
  ['จว.', 'province'],
  ['จ.', 'province'],
  ['อำเภอ', 'district'],
  ['กิ่งอำเภอ', 'district'],
  ['อ.', 'district'],
  ['เขต', 'district'],
  ['ตำบล', 'subdistrict'],
  ['ต.', 'subdistrict'],
  ['แขวง', 'subdistrict'],
  ['amphoe ', 'district'],
  ['amphur ', 'district'],
];
const prefixStarts = new Set(prefixes.map(([prefix]) => prefix.charCodeAt(0)));

/** Where an unlisted name ends: at the next space or mark, or at the next prefix. */
function nameEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && end - start < 24 && isThai(text.charCodeAt(end))) {
    if (end > start && prefixes.some(([prefix]) => text.startsWith(prefix, end))) break;
    end++;
  }
  return end;
}

function capitalOf(text: string, index: number): string | undefined {
  let at = index;
  while (text.charAt(at) === ' ' && at - index < 2) at++;
  const prefix = prefixes.find(([word, level]) => level === 'province' && text.startsWith(word, at));
  if (prefix !== undefined) at += prefix[0].length;
  if (text.charAt(at) === ' ') at++;
  return byLevel.province.longest(text, at, end => standsAlone(text, at, end))?.value;
}

/** อำเภอสอง, อำเภอพล: so short a name is one only when nothing Thai follows ("ไปอำเภอสองรอบ"). */
const shortName = 3;

function afterPrefix(text: string, index: number): Found | undefined {
  const prefix = prefixes.find(([word]) => text.startsWith(word, index));
  if (prefix === undefined) return undefined;
  const [word, level] = prefix;
  if (!standsAlone(text, index, index + word.length)) return undefined;
  const abbreviated = word.endsWith('.');
  if (abbreviated && index > 0 && (isThai(text.charCodeAt(index - 1)) || text.charAt(index - 1) === '.'))
    return undefined;
  let from = index + word.length;
  if (text.charAt(from) === ' ') from++;
  const listed = byLevel[level].longest(
    text,
    from,
    end => standsAlone(text, from, end) && (end - from > shortName || !isThai(text.charCodeAt(end))),
  );
  if (level === 'district' && text.startsWith(capitalPrefix, from) && listed === undefined) {
    const province = capitalOf(text, from + capitalPrefix.length);
    const end = from + capitalPrefix.length;
    const value = province === undefined ? capitalPrefix : `${capitalPrefix}${province}`;
    return { kind: level, value, start: index, end, confidence: province === undefined ? 0.6 : 0.9 };
  }
  if (listed !== undefined) return { kind: level, value: listed.value, start: index, end: listed.end };
  if (level !== 'subdistrict' || !(abbreviated || word === 'แขวง' || word === 'ตำบล')) return undefined;
  const end = nameEnd(text, from);
  const unlisted =
    end - from >= 3 &&
    (end === text.length ||
      !isThai(text.charCodeAt(end)) ||
      prefixes.some(([next]) => text.startsWith(next, end)));
  return unlisted && word !== 'แขวง' && text.startsWith('ต.', index)
    ? { kind: level, value: text.slice(from, end), start: index, end, confidence: 0.5 }
    : undefined;
}

/** Provinces, districts and subdistricts of a folded text, left to right; none overlaps another. */
export function readPlaces(text: string): Found[] {
  const found: Found[] = [];
  let index = 0;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (code < 97 || (code > 122 && !isThai(code))) {
      index++;
      continue;
    }
    const prefixed = prefixStarts.has(code) ? afterPrefix(text, index) : undefined;
    if (prefixed !== undefined) {
      found.push(prefixed);
      index = prefixed.end;
      continue;
    }
    const at = index;
    const place = alone.longest(text, at, end => standsAlone(text, at, end));
    if (place === undefined) {
      index++;
      continue;
    }
    if (place.value !== undefined) {
      const { level, value, confidence } = place.value;
      found.push({
        kind: level,
        value,
        start: at,
        end: place.end,
        ...(confidence === undefined ? {} : { confidence }),
      });
    }
    index = place.end;
  }
  return found;
}
