import { createEnglishSpelling } from './english-spelling';

const texts = [
  'renew a driving licence',
  'driving licence expired',
  'apply for social security',
  'passport form',
];
const mend = createEnglishSpelling(
  () => texts,
  word => word === 'foam',
);

describe('English spelling', () => {
  it.each([
    ['drving licence expird', 'driving licence expired'],
    ['scoial security', 'social security'],
    ['ต่อ pasport ที่ไหน', 'ต่อ passport ที่ไหน'],
    ['driivng licnce', 'driving licence'],
  ])('reads %s as it was meant', (written, meant) => {
    expect(mend(written)).toBe(meant);
  });

  it.each(['foam', 'fom', 'karaoke', 'xassport', 'สวัสดี', '', 'licence 12 aply'])(
    'leaves known, short and strange words alone in "%s"',
    written => {
      expect(mend(written)).toBe(written.replace('aply', 'apply'));
    },
  );

  it('takes the commonest of those equally near', () => {
    const common = createEnglishSpelling(
      () => ['card care', 'card', 'cart'],
      () => false,
    );
    expect(common('caru')).toBe('card');
  });

  it('mends what changed places before what is another letter', () => {
    const near = createEnglishSpelling(
      () => ['what', 'what', 'want'],
      () => false,
    );
    expect(near('wnat')).toBe('want');
  });

  it('keeps its time for floods of unknown words', () => {
    const flood = 'qwzrtplk '.repeat(400);
    let asked = 0;
    const counting = createEnglishSpelling(
      () => texts,
      () => {
        asked += 1;
        return false;
      },
    );
    expect(counting(flood)).toBe(flood);
    expect(asked).toBeLessThan(20);
  });
});
