import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { inLanguage } from '../core';
import {
  createPlainWords,
  findQuestion,
  loadPlainWords,
  loadRegister,
  officialWordsOfEntry,
  publish,
} from './index';
import { listsOf, saidByEntry, textsOf } from './plain-words';
import { type Entry, publicHotlineSchema } from './schema';

/**
 * The rules that every written entry keeps, so that the bot can say it as it stands: plain spoken words, both languages,
 * nothing a template would double, and nothing that points to nowhere.
 */
const folder = join(__dirname, 'data');
const register = loadRegister(folder);
const knowledge = publish(register);
const hotlines = z
  .array(publicHotlineSchema)
  .parse(JSON.parse(readFileSync(join(folder, 'hotlines.json'), 'utf8')));

const plainWords = createPlainWords(loadPlainWords(folder));

const particleAtEnd = /(ค่ะ|คะ|ครับ|นะ|จ้ะ|จ้า)$/u;
const particleAnywhere = /(ค่ะ|ครับ|นะคะ)/u;
const sensitivities = ['hiv', 'abortion', 'mental-health', 'teenage-mother', 'drugs', 'violence'];
/** Marks out of order, doubled tone marks, two sara e for one sara ae, zero-width characters, Thai digits. */
const brokenThai = /[่-๋]{2}|เเ|ํา|[่-๋][ัิ-ู]|[\u200b-\u200d\ufeff]|[๐-๙]/u;
/** "อบต.", "ม.39", "น.": a consonant with a full stop is an abbreviation, which nobody can read aloud. */
const abbreviation = /[ก-ฮ]\./u;

const problemsOf = (check: (entry: Entry) => readonly (string | false | undefined)[]): string[] =>
  register.entries.flatMap(entry =>
    check(entry)
      .filter(problem => typeof problem === 'string')
      .map(problem => `${entry.id}: ${problem}`),
  );

describe('the shipped register', () => {
  it('holds the roadmap whole, and each entry under its own name', () => {
    expect(register.services).toHaveLength(260);
    expect(register.complaints).toHaveLength(27);
    expect(register.hotlines).toHaveLength(10);
    const files = readdirSync(join(folder, 'services')).filter(name => name.endsWith('.json'));
    expect(files.map(name => basename(name, '.json')).sort()).toEqual(
      register.entries.map(entry => entry.id).sort(),
    );
    expect(files.length).toBeGreaterThan(0);
  });

  it('has a written entry for every service of the roadmap', () => {
    const written = new Set(register.entries.map(entry => entry.id));
    expect(register.services.map(service => service.id).filter(id => !written.has(id))).toEqual([]);
  });

  it('gives every agency one row', () => {
    const ids = register.agencies.map(agency => agency.id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it('says of every topic outside the roadmap what the catalogue says of the others', () => {
    const listed = new Set(register.services.map(service => service.id));
    expect(
      problemsOf(entry => [
        entry.id.startsWith('x-') && !entry.register && 'is outside the roadmap and needs a register block',
        listed.has(entry.id) && entry.register && 'is in the roadmap; its register block would make it twice',
      ]),
    ).toEqual([]);
  });

  it('shows the numbers that are in use', () => {
    expect(new Set(hotlines.map(hotline => hotline.id)).size).toBe(hotlines.length);
    expect(new Set(hotlines.map(hotline => hotline.number)).size).toBe(hotlines.length);
    expect(hotlines.find(hotline => hotline.id === 'mental-health')?.number).toBe('1323');
    expect(hotlines.filter(hotline => !hotline.name.en || !hotline.agency.en)).toEqual([]);
    const shown = knowledge.topics().flatMap(topic => topic.phones.map(phone => phone.number));
    expect(shown).not.toContain('1667');
  });
});

describe('the written entries', () => {
  it('speak both languages, line for line', () => {
    expect(
      problemsOf(entry => [
        ...textsOf(entry).map(text => !text['en'] && `no English for "${text.th}"`),
        ...listsOf(entry).map(
          list =>
            list['en']?.length !== list.th.length &&
            `English has other lines than "${list.th[0] ?? 'nothing'}"`,
        ),
        !entry.synonyms['en']?.length && 'no English synonym',
        ...entry.questions.map(
          ({ ask }) => !ask['en']?.length && `no English way to ask "${ask.th[0] ?? ''}"`,
        ),
      ]),
    ).toEqual([]);
  });

  it('use plain spoken words', () => {
    expect(
      problemsOf(entry =>
        officialWordsOfEntry(entry, plainWords.avoidable).map(
          ({ text, official, plain }) => `"${text}" has ${official}: ${plain.th}`,
        ),
      ),
    ).toEqual([]);
  });

  it('leave the particle and the full stop to the template', () => {
    expect(
      problemsOf(entry => [
        ...[entry.answer.th, ...entry.questions.map(question => question.answer.th)].map(
          text =>
            (particleAtEnd.test(text.trim()) || /[.?!]$/u.test(text.trim())) &&
            `"${text}" ends with its own particle`,
        ),
        ...saidByEntry(entry).map(text => particleAnywhere.test(text) && `"${text}" has a particle`),
      ]),
    ).toEqual([]);
  });

  it('are spelt with marks in their order and Arabic digits', () => {
    const all = (entry: Entry): string[] => [
      ...saidByEntry(entry),
      ...entry.synonyms.th,
      ...entry.questions.flatMap(question => question.ask.th),
    ];
    expect(
      problemsOf(entry => all(entry).map(text => brokenThai.test(text) && `"${text}" is misspelt`)),
    ).toEqual([]);
    const trimmed = (text: string): boolean => text === text.trim() && !/ {2}/u.test(text);
    expect(
      problemsOf(entry => all(entry).map(text => !trimmed(text) && `"${text}" has stray spaces`)),
    ).toEqual([]);
  });

  it('are short enough to be read in a chat', () => {
    expect(
      problemsOf(entry => [
        entry.eligibility.th.length > 4 && 'more than 4 lines of who',
        entry.documents.th.length > 6 && 'more than 6 lines of documents',
        entry.where.th.length > 4 && 'more than 4 lines of where',
        entry.steps.th.length > 6 && 'more than 6 steps',
        entry.name.th.length > 45 &&
          `the name has ${entry.name.th.length} characters; everyday names are short`,
        entry.answer.th.length > 240 && `the answer has ${entry.answer.th.length} characters`,
        ...listsOf(entry)
          .flatMap(list => list.th)
          .map(line => line.length > 140 && `the line "${line}" is long`),
        ...entry.questions.map(({ answer }) => answer.th.length > 320 && `the answer "${answer.th}" is long`),
      ]),
    ).toEqual([]);
  });

  it('answer at least four questions, each asked in at least two ways', () => {
    expect(
      problemsOf(entry => [
        entry.questions.length < 4 && `only ${entry.questions.length} questions`,
        entry.synonyms.th.length < 2 && 'fewer than 2 synonyms',
        ...entry.questions.map(
          ({ ask }) => ask.th.length < 2 && `"${ask.th[0] ?? ''}" is asked in one way only`,
        ),
      ]),
    ).toEqual([]);
  });

  it.each(['th', 'en'])('give each question its own answer, in %s', language => {
    expect(
      problemsOf(entry => {
        const topic = knowledge.topic({ kind: 'service', id: entry.id });
        if (!topic) return ['is not published'];
        return entry.questions.flatMap(question =>
          inLanguage(question.ask, language).map(
            ask =>
              findQuestion(topic, ask, language) !== inLanguage(question.answer, language) &&
              `"${ask}" gets another question's answer`,
          ),
        );
      }),
    ).toEqual([]);
  });

  it('can be read aloud as they stand', () => {
    expect(
      problemsOf(entry => [
        !entry.readAloud && 'has nothing to read aloud',
        ...Object.values(entry.readAloud ?? {}).map(text => /\p{Nd}/u.test(text) && `"${text}" has digits`),
        /[A-Za-z]/u.test(entry.readAloud?.th ?? '') && `"${entry.readAloud?.th ?? ''}" has Latin letters`,
        abbreviation.test(entry.readAloud?.th ?? '') && `"${entry.readAloud?.th ?? ''}" has an abbreviation`,
        (entry.readAloud?.th.length ?? 0) > 420 && 'is too long to listen to',
      ]),
    ).toEqual([]);
  });

  it('name numbers that can be dialled and sites of the state', () => {
    const dialable = /^(1\d{2,3}|0[2-9]\d{7,8}|1800\d{6})$/u;
    const official =
      /(\.go\.th|\.or\.th|\.ac\.th|thaid\.or\.th|ncb\.co\.th|mytcas\.com|thaiwater\.net|thaipassport\.net)$/u;
    expect(
      problemsOf(entry => [
        entry.phones.length === 0 && 'names no number to ask at',
        ...entry.phones.map(
          ({ number }) =>
            !dialable.test(number.replace(/[ -]/gu, '')) && `${number} is not a number to dial in Thailand`,
        ),
        ...entry.links.map(({ url }) => !/^https:/u.test(url) && `${url} is not https`),
        ...entry.links.map(
          ({ url }) => !official.test(new URL(url).hostname) && `${url} is no known official site`,
        ),
        entry.connection === 1 && entry.links.length === 0 && 'is connected by a link and has none',
      ]),
    ).toEqual([]);
  });

  it('point only to topics of the register', () => {
    const known = new Set(knowledge.topics().map(topic => topic.id));
    expect(
      problemsOf(entry => [
        ...[...entry.related, ...entry.incompatible.map(other => other.id)].flatMap(id => [
          !known.has(id) && `names "${id}", which is not in the register`,
          id === entry.id && 'names itself',
        ]),
        new Set(entry.related).size !== entry.related.length && 'names a related topic twice',
      ]),
    ).toEqual([]);
  });

  it('say where they come from and that nobody has reviewed them yet', () => {
    expect(
      problemsOf(entry => [
        entry.status === 'draft' &&
          !entry.source.includes('ยังไม่ได้ตรวจทาน') &&
          'is a draft that does not say so',
        /https?:/u.test(entry.source) && 'cites an address as its source; say it in words',
        entry.sensitivity !== null &&
          !sensitivities.includes(entry.sensitivity) &&
          `sensitivity ${entry.sensitivity}`,
        entry.standing.state !== 'exists' && !entry.standing.note && 'does not say what changed',
      ]),
    ).toEqual([]);
  });
});
