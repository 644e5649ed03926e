import { defaultTraining, type LabelledText, loadClassifier, trainClassifier } from '.';
import { groupsOf } from './groups';
import { LabelTrainer } from './label-trainer';
import type { TrainOptions } from './options';
import { retrainClassifier } from './retrain';
import { buildVocabulary, Vectoriser } from './vectors';

const verbs = ['ต่ออายุ', 'แจ้งหาย', 'ขอใหม่', 'โอน'];
const things = { car: ['รถ', 'ป้ายทะเบียน', 'ภาษีรถ'], land: ['ที่ดิน', 'โฉนด', 'รังวัด'] };

/** Each label has its own verb and its own thing; its agency has more things that only its other labels' texts name. */
function corpus(): LabelledText[] {
  return Object.entries(things).flatMap(([agency, names]) =>
    verbs.flatMap((verb, at) =>
      names
        .filter((_, place) => place !== at % names.length)
        .flatMap(name => [`${verb}${name}`, `อยาก${verb}${name}ครับ`, `${verb} ${name} ทำยังไง`])
        .map(text => ({ text, label: `${agency}_${at}` })),
    ),
  );
}

const groupOf = (label: string): string => label.split('_')[0] ?? label;

describe('labels in groups', () => {
  it('are groups where two labels or more share one', () => {
    expect(groupsOf(['car_0', 'car_1', 'bye'], groupOf)).toEqual(['car']);
    expect(groupsOf(['car_0', 'bye'], label => label)).toEqual([]);
  });

  it('lend each other what tells the group, so that a word new to a label is placed all the same', () => {
    const unseen = Object.entries(things).flatMap(([agency, names]) =>
      verbs.map((verb, at) => ({
        text: `${verb}${names[at % names.length] ?? ''}`,
        label: `${agency}_${at}`,
      })),
    );
    const sureness = (options: typeof defaultTraining): number => {
      const classifier = trainClassifier(corpus(), options);
      const shares = unseen.map(({ text, label }) => {
        const probabilities = classifier.probabilities(text);
        return classifier.labels.reduce(
          (sum, each, at) => sum + (groupOf(each) === groupOf(label) ? (probabilities[at] ?? 0) : 0),
          0,
        );
      });
      return Math.min(...shares);
    };
    expect(sureness({ ...defaultTraining, groupOf })).toBeGreaterThan(sureness(defaultTraining));
  });

  it('come out as one model, the same after a save, and trained in part when little changed', () => {
    const options = { ...defaultTraining, groupOf };
    const talk = [...'กขคงจฉชซฌญฎฏ'].flatMap((letter, at) =>
      ['อยู่ไหน', 'มาแล้ว', 'ไปก่อน'].map(end => ({ text: `${letter}${letter}${end}`, label: `talk${at}` })),
    );
    const before = trainClassifier([...corpus(), ...talk], options);
    const more = [
      ...corpus(),
      ...talk,
      ...['จองเลขสวย', 'ประมูลเลขสวย', 'อยากได้เลขสวย'].map(text => ({ text, label: 'car_9' })),
    ];
    const loaded = loadClassifier(before.save());
    expect([...loaded.probabilities('โอนรถ')]).toEqual([...before.probabilities('โอนรถ')]);
    const after = retrainClassifier(loaded, more, options);
    expect(after?.best('จองเลขสวย').label).toBe('car_9');
    expect(after?.best('โอนที่ดิน').label).toBe(before.best('โอนที่ดิน').label);
  });

  it('weigh one that stands alone the same, whether a group is trained beside it or not', () => {
    const texts = [...corpus(), ...['ลาก่อน', 'ไปแล้วนะ', 'บาย'].map(text => ({ text, label: 'bye' }))];
    const { features, minTexts, groupShare } = defaultTraining;
    const written = texts.map(({ text }) => text);
    const vocabulary = buildVocabulary(written, features, minTexts);
    const vectors = new Vectoriser(vocabulary, features).readAll(written);
    const scoreOf = (options: TrainOptions, labels: readonly string[]): number => {
      const rows = { texts, derived: [], vectors, features: vocabulary.keys.length, labels };
      const trainer = new LabelTrainer(rows, options);
      trainer.run(
        Int32Array.from(texts, (_, row) => row),
        3,
      );
      return trainer.scoresOf(texts.length - 1)[labels.indexOf('bye')] ?? 0;
    };
    const grouped = { ...defaultTraining, groupOf };
    expect(scoreOf(grouped, ['bye'])).toBeCloseTo(scoreOf(defaultTraining, ['bye']) * (1 + groupShare), 5);
    // The order of the walks differs, so that they end a little apart.
    expect(scoreOf(grouped, ['bye', 'car_0'])).toBeCloseTo(scoreOf(grouped, ['bye']), 1);
  });
});
