import { join } from 'node:path';
import { type Entry, createFinder, loadGroups, loadRegister, publish, withWords } from '../knowledge';
import { provinces } from '../nlu/entities/data/provinces';
import { loadPublished } from './knowledge';
import { projectRoot } from './root';

describe('a register with more topics than a model learns', () => {
  const root = projectRoot();
  const data = join(root, 'knowledge', 'data');
  const register = loadRegister(data);
  const shipped = loadPublished(root, register);
  const places = provinces.slice(0, 60).map(([place]) => place);
  const models = register.entries.slice(0, 6);
  const local = models.flatMap(model =>
    places.map((place, at): Entry => {
      const name = `${model.name.th} จังหวัด${place}`;
      return {
        ...model,
        id: `${model.id}-${at}`,
        register: {
          ...{ nameTh: name, nameEn: name, agencyId: register.agencies[0]?.id ?? '', kind: 'info' },
          ...{ category: 'civil-rights', targetGroups: [], lifeStages: [] },
        },
        name: { th: name },
      };
    }),
  );
  const knowledge = publish({ ...register, entries: [...register.entries, ...local] });
  const understander = withWords(shipped.understander, knowledge, shipped.knowledge.topics());
  const finder = createFinder({
    knowledge: () => knowledge,
    understander: () => understander,
    groups: loadGroups(data),
  });
  const asked = models.flatMap((model, row) =>
    [3, 17, 31, 45, 59].map(at => [`${model.name.th} ${places[at]}`, `${model.id}-${at}`, row] as const),
  );

  it('takes a text that names the place for the topic of that place, and asks', () => {
    const right = asked.filter(([text, id]) => understander.understand(text, 0).topics[0]?.id === id);
    expect(right.length / asked.length).toBeGreaterThanOrEqual(0.9);
    for (const [text] of asked) expect(understander.understand(text, 0).decision).toBe('ask-back');
  });

  it('finds it first in the list', () => {
    const right = asked.filter(([text, id]) => finder.find({ text })[0]?.id === id);
    expect(right.length / asked.length).toBeGreaterThanOrEqual(0.9);
  });

  it.each([
    'บัตรประชาชนหายต้องทำยังไง',
    'อากาศวันนี้ดีจังเลย',
    'ขอคุยกับเจ้าหน้าที่',
    'ไฟไหม้บ้านช่วยด้วย',
    'how to renew my passport',
  ])('leaves “%s” as the model takes it', text => {
    const { topics, decision, intent } = shipped.understander.understand(text, 0);
    const now = understander.understand(text, 0);
    expect([now.intent, now.decision, now.topics[0]?.id]).toEqual([intent, decision, topics[0]?.id]);
  });

  it('gives falling scores', () => {
    for (const [text] of asked) {
      const scores = understander.understand(text, 0).topics.map(({ score }) => score);
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    }
  });
});
