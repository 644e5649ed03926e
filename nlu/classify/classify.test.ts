import { calibrationError, defaultTraining, loadClassifier, trainClassifier } from '.';

const phrases: Readonly<Record<string, readonly string[]>> = {
  passport: ['ทำพาสปอร์ตใหม่', 'ต่ออายุหนังสือเดินทาง', 'พาสปอร์ตหมดอายุทำไง', 'จองคิวทำพาสปอร์ต', 'ค่าทำพาสปอร์ตเท่าไหร่'],
  tax: ['ยื่นภาษีออนไลน์', 'ขอคืนภาษีเงินได้', 'จ่ายภาษีเงินได้ช้า', 'ลดหย่อนภาษีอะไรได้บ้าง', 'ภาษีบุคคลธรรมดา'],
  licence: ['ต่อใบขับขี่', 'ใบขับขี่หายทำใหม่', 'สอบใบขับขี่', 'ใบขับขี่หมดอายุ', 'อบรมใบขับขี่ออนไลน์'],
};
const texts = Object.entries(phrases).flatMap(([label, list]) => list.map(text => ({ text, label })));

describe('the classifier', () => {
  const classifier = trainClassifier(texts);

  it.each([
    ['หนังสือเดินทางของลูกหมดอายุแล้ว', 'passport'],
    ['ยังไม่ได้ยื่นภาษีปีนี้', 'tax'],
    ['ไปต่อใบขับขี่ที่ไหนดี', 'licence'],
  ])('tells what %s is about', (text, label) => {
    expect(classifier.best(text).label).toBe(label);
  });

  it('gives probabilities that sum to one', () => {
    for (const text of ['ภาษี', '', 'xyz', 'ใบขับขี่กับพาสปอร์ต']) {
      const sum = classifier.probabilities(text).reduce((total, share) => total + share, 0);
      expect(sum).toBeCloseTo(1, 9);
    }
  });

  it('is the same after saving and loading, byte for byte again', () => {
    const file = classifier.save();
    const loaded = loadClassifier(file);
    expect(loaded.best('ขอคืนภาษี')).toEqual(classifier.best('ขอคืนภาษี'));
    expect(loaded.save()).toEqual(file);
  });

  it('trains to the same bytes every time', () => {
    expect(trainClassifier(texts).save()).toEqual(classifier.save());
  });

  it.each([
    ['cut short', (file: Uint8Array) => file.slice(0, file.length - 64)],
    ['of something else', () => new TextEncoder().encode('not a model at all, but long enough')],
  ])('refuses a file that is %s', (_, spoil) => {
    expect(() => loadClassifier(spoil(classifier.save()))).toThrow(/train it again/u);
  });

  it('has nothing to learn from nothing', () => {
    expect(() => trainClassifier([])).toThrow(/empty/u);
  });
});

it('measures how far confidence is from being right', () => {
  const sure = Array.from({ length: 10 }, () => ({ confidence: 0.95, right: true }));
  expect(calibrationError(sure)).toBeCloseTo(0.05, 9);
  expect(calibrationError(sure.map(row => ({ ...row, right: false })))).toBeCloseTo(0.95, 9);
});

describe('a classifier brought up to date', () => {
  // Thirty labels, so that one of them is little enough to change alone.
  const many = Array.from({ length: 30 }, (_, at) =>
    ['ขอ', 'ทำ', 'ต่ออายุ', 'หาย'].map(verb => ({
      text: `${verb}บัตรแบบที่ ${at * 37} สี${'กขคงจ'[at % 5] ?? ''}`,
      label: `card-${at}`,
    })),
  ).flat();
  const all = [...many, ...texts];
  const earlier = trainClassifier(all);

  it('is the earlier one where nothing changed', () => {
    expect(trainClassifier(all, defaultTraining, earlier).save()).toEqual(earlier.save());
  });

  it('learns a new label and new words without forgetting the others', () => {
    const birth = ['แจ้งเกิดลูก', 'ทำสูติบัตรลูก', 'ลูกเพิ่งคลอดแจ้งเกิดที่ไหน'].map(text => ({ text, label: 'birth' }));
    const later = trainClassifier([...all, ...birth], defaultTraining, earlier);
    expect(later.labels).toContain('birth');
    expect(later.best('คลอดลูกแล้วต้องแจ้งเกิดไหม').label).toBe('birth');
    expect(all.filter(({ text, label }) => later.best(text).label !== label)).toEqual([]);
    expect(trainClassifier([...all, ...birth], defaultTraining, earlier).save()).toEqual(later.save());
  });

  it('forgets a label that is gone', () => {
    const kept = all.filter(({ label }) => label !== 'tax');
    const later = trainClassifier(kept, defaultTraining, earlier);
    expect(later.labels).not.toContain('tax');
    expect(kept.filter(({ text, label }) => later.best(text).label !== label)).toEqual([]);
  });

  it('trains all when too much changed', () => {
    const other = all.map(({ text, label }) => ({ text: `${text} นะ`, label }));
    expect(trainClassifier(other, defaultTraining, earlier).save()).toEqual(trainClassifier(other).save());
  });
});
