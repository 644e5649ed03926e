import type { CrisisKind } from '../../core';
import { PhraseMatcher } from '../phrase-matcher';
import { wordStartsOf } from './word-starts';

/** Words that tell which danger a text is about once it is known to be one. Far too weak to raise an alarm by themselves. */
const hints: Readonly<Record<CrisisKind, readonly string[]>> = {
  fire: ['ไฟ', 'ไฟไหม้', 'ควัน', 'ไหม้', 'เพลิง', 'แก๊ส', 'ถล่ม', 'fire', 'smoke'],
  missing: ['หาย', 'ตามหา', 'หลงทาง', 'หลงลืม', 'ยังไม่กลับ', 'ไม่ถึงบ้าน', 'ติดต่อไม่ได้', 'lost', 'missing'],
  violence: [
    'ตี',
    'แทง',
    'ฆ่า',
    'มีด',
    'ปืน',
    'ยิง',
    'โจร',
    'ตำรวจ',
    'ขโมย',
    'ขัง',
    'ล็อก',
    'ขู่',
    'จับตัว',
    'หลอกมา',
    'ยึดพาสปอร์ต',
    'ห้องหนู',
    'จับตรง',
    'ถอดเสื้อ',
    'ตามหนู',
    'ทำร้าย',
    'ข่มขืน',
    'เมา',
    'abuse',
    'hit',
    'hurt',
    'touch',
    'rape',
    'lock',
    'gun',
    'knife',
  ],
  'self-harm': [
    'ลาก่อน',
    'ไม่ไหวแล้ว',
    'ไม่มีใครรัก',
    'เป็นภาระ',
    'อยู่ไป',
    'ตายไป',
    'ชีวิต',
    'ฝากด้วย',
    'ขอโทษทุกคน',
    'สะพาน',
    'ดาดฟ้า',
    'ระเบียง',
    'มืดไปหมด',
    'ไปก่อน',
    'อโหสิ',
    'โดด',
    'กระโดด',
    'เชือก',
    'ถ่าน',
    'goodbye',
    'gone',
    'rope',
    'die',
    'goon',
  ],
  scam: ['โอน', 'ดูดเงิน', 'มิจฉาชีพ', 'หลอก', 'บัญชี', 'scam'],
  medical: [
    'เลือด',
    'ชัก',
    'หายใจ',
    'สลบ',
    'ล้ม',
    'เจ็บ',
    'ปวด',
    'กัด',
    'หมอ',
    'คลอด',
    'กระดูก',
    'รถชน',
    'รถคว่ำ',
    'จมน้ำ',
    'ตกน้ำ',
    'ยา',
    'ไม่ตื่น',
    'ขยับ',
    'bleed',
    'bite',
    'bit',
    'pill',
    'breath',
    'overdose',
    'birth',
    'ช่วย',
    'ด่วน',
    'กู้ภัย',
    'help',
    'sos',
  ],
};

/** Where hints are as many, the danger that cannot wait goes first. */
const order: readonly CrisisKind[] = ['medical', 'violence', 'self-harm', 'fire', 'missing', 'scam'];

const matcher = new PhraseMatcher<CrisisKind>(rows());

function* rows(): Iterable<readonly [string, CrisisKind]> {
  for (const kind of order) for (const hint of hints[kind]) yield [hint, kind];
}

/** The likeliest danger; without any hint the one whose line also listens. */
export function crisisKindOf(normalised: string): CrisisKind {
  const counts = new Map<CrisisKind, number>();
  const packed = normalised.replace(/\s+/gu, '');
  const starts = wordStartsOf(normalised);
  // A Thai hint is whole words (หาย is not in เสียหาย, nor ยา in ยาย), an English one may have an ending (touches).
  const stands = (start: number, end: number): boolean =>
    starts.has(start) && (end === packed.length || starts.has(end) || /[a-z]/u.test(packed[start] ?? ''));
  matcher.each(packed, (kind, start, end) => {
    if (stands(start, end)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  });
  let best: CrisisKind = 'self-harm';
  let most = 0;
  for (const kind of order) {
    const count = counts.get(kind) ?? 0;
    if (count > most) {
      best = kind;
      most = count;
    }
  }
  return best;
}
