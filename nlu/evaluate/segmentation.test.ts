import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { icuWords, thaiSegmenter } from '../segment';
import { scoreSegmentation } from '.';

const sentences = readFileSync(join(__dirname, '..', 'segment', 'data', 'hand-cut.txt'), 'utf8')
  .trim()
  .split('\n')
  .map(line => line.split('|'));

it('counts a word only where it begins and ends as a reader cut it', () => {
  const score = scoreSegmentation([['ตา', 'กลม', 'ๆ']], () => ['ตาก', 'ลม', 'ๆ']);
  expect(score).toEqual({ precision: 1 / 3, recall: 1 / 3, f1: 1 / 3 });
  expect(scoreSegmentation([['ตา', 'กลม']], () => ['ตา', 'กลม']).f1).toBe(1);
});

it('finds more of the words that readers see than the platform does', () => {
  const ours = scoreSegmentation(sentences, text => thaiSegmenter().words(text)).f1;
  expect(ours).toBeGreaterThan(scoreSegmentation(sentences, icuWords).f1);
});
