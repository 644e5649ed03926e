import { join } from 'node:path';
import { loadRegister, publish } from '../../knowledge';
import { loadExamples } from '../examples';
import { coverage, styles } from '.';

const data = join(__dirname, '..', '..', 'knowledge', 'data');
const register = publish(loadRegister(data)).topics();
const topics = register.filter(({ id }) => ['p1-04', 'p2-58', 'c-01'].includes(id));

const phrase = (text: string, label: string, register = 'plain') => ({ text, label, register });

const examples = [
  phrase('ตาแก่มากแล้ว หลวงแบ่งให้ใช้ทุกเดือนหรือเปล่า', 'service:p1-04', 'indirect'),
  phrase('เบี้ยยังชีพผู้สูงอายุเข้าวันไหน', 'service:p1-04'),
  phrase('ทำหนังสือเดินทางที่ไหน', 'service:p2-58'),
  phrase('วันนี้กินอะไรดี', 'none'),
];

it('counts phrases against what is wanted, topics nobody wrote about included', () => {
  const found = new Map(coverage(topics, examples).map(each => [each.group, each]));
  expect(found.get('services, phase 1')).toMatchObject({ labels: 1, phrases: 2, below: ['service:p1-04'] });
  expect(found.get('complaint channels')).toMatchObject({ labels: 1, phrases: 0, fewest: 0 });
  expect(found.get('none of these')).toMatchObject({ labels: 1, phrases: 1 });
});

it('sees which phrases speak without the official name, by manner of speaking', () => {
  const found = new Map(styles(topics, examples).map(each => [each.style, each]));
  expect(found.get('all')).toMatchObject({ phrases: 4 });
  expect(found.get('all')?.withoutName).toBeCloseTo(1 / 3, 9);
  expect(found.get('indirect')?.withoutName).toBe(1);
  expect(found.get('indirect')?.distinctWords).toBeGreaterThan(3);
});

describe('the phrases we ship', () => {
  const shipped = loadExamples(join(data, 'phrases'));

  it('are as many as wanted for every label', () => {
    expect(coverage(register, shipped).flatMap(({ below }) => below)).toEqual([]);
  });

  it('tell of scams and rumours in more than two hundred ways', () => {
    const about = /มิจฉาชีพ|หลอก|โกง|แก๊งคอล|คอลเซ็นเตอร์|ข่าวลือ|ปลอม|scam|fraud|fake/iu;
    expect(shipped.filter(({ text }) => about.test(text)).length).toBeGreaterThan(200);
  });

  it('hold no phrase under two labels', () => {
    const labels = new Map<string, Set<string>>();
    for (const { text, label } of shipped) labels.set(text, (labels.get(text) ?? new Set()).add(label));
    expect([...labels].filter(([, found]) => found.size > 1).map(([text]) => text)).toEqual([]);
  });
});
