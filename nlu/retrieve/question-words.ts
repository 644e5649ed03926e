/** Words that ask and name nothing: they stand in questions and hardly in passages, so BM25 would take them for telling. */
const asking = [
  'มีอะไรบ้าง',
  'อะไรบ้าง',
  'อะไร',
  'ใครบ้าง',
  'ใคร',
  'เมื่อใด',
  'เมื่อไหร่',
  'เมื่อไร',
  'ตอนไหน',
  'ที่ไหน',
  'ที่ใด',
  'เท่าใด',
  'เท่าไร',
  'เท่าไหร่',
  'อย่างไร',
  'ยังไง',
  'เพราะเหตุใด',
  'เพราะอะไร',
  'เหตุใด',
  'ทำไม',
  'หรือไม่',
  'หรือเปล่า',
  'ใช่ไหม',
  'ไหม',
  'บ้าง',
  'ชื่อว่า',
  'เรียกว่า',
  'คือ',
  'กี่',
  'ไหน',
  'ใด',
  'จง',
  'what',
  'who',
  'when',
  'where',
  'which',
  'why',
  'how',
].sort((left, right) => right.length - left.length);

const pattern = new RegExp(asking.join('|'), 'gu');

/** The question without its asking words; as it was, if nothing else would be left. */
export function withoutQuestionWords(question: string): string {
  const rest = question.replace(pattern, ' ').trim();
  return rest.length >= 4 ? rest : question;
}
