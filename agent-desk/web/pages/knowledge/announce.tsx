import { Button, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { DateField } from '../../parts/date-field';
import { useTell } from '../../parts/tell';
import { codeOf } from '../../state/api';
import { useAsk } from '../../state/hooks';
import { knowledgeApi } from '../../state/knowledge-api';
import { momentText } from '../../words/dates';
import { useWords } from '../../words/words';

/** What is announced on a topic for a while: it stands first in its answers, and reaches those who booked. */
export function Announce({ topic }: { topic: string }): ReactNode {
  const { say, language } = useWords();
  const tell = useTell();
  const [th, setTh] = useState('');
  const [en, setEn] = useState('');
  const [day, setDay] = useState('');
  const { data = [], reload } = useAsk(topic, () => knowledgeApi.announcements(topic));
  const act = (work: Promise<string>): void => {
    work.then(
      words => {
        tell.done(words);
        reload();
      },
      (error: unknown) => tell.refused(codeOf(error)),
    );
  };
  async function announce(): Promise<string> {
    const english = en.trim();
    const text = english === '' ? { th: th.trim() } : { th: th.trim(), en: english };
    // To the end of that day in Bangkok.
    const { told } = await knowledgeApi.announce(topic, text, Date.parse(`${day}T23:59:59+07:00`));
    for (const clear of [setTh, setEn, setDay]) clear('');
    return say('knowledge.announced', { count: told });
  }
  return (
    <section aria-labelledby="announce" className="knowledge-steps">
      <h2 id="announce">{say('knowledge.announce.title')}</h2>
      <p className="quiet">{say('knowledge.announce.lead')}</p>
      <ul className="knowledge-list">
        {data.map(({ id, text, until, by }) => (
          <li key={id}>
            {text.th}
            {text.en ? <span className="quiet">{text.en}</span> : null}
            <span className="quiet">
              {say('knowledge.announce.until', { until: momentText(language, until), who: by.name })}
            </span>
            <button
              type="button"
              className="link"
              onClick={() => act(knowledgeApi.withdraw(id).then(() => say('knowledge.done')))}
            >
              {say('knowledge.announce.withdraw')}
            </button>
          </li>
        ))}
      </ul>
      <form
        className="form"
        onSubmit={event => {
          event.preventDefault();
          act(announce());
        }}
      >
        <Textarea
          label={say('knowledge.announce-text')}
          autosize
          value={th}
          maxLength={500}
          onChange={event => setTh(event.currentTarget.value)}
        />
        <Textarea
          label={say('knowledge.announce-text.en')}
          description={say('knowledge.announce-text.en.hint')}
          autosize
          value={en}
          maxLength={500}
          onChange={event => setEn(event.currentTarget.value)}
        />
        <div className="row">
          <DateField of="day" label={say('knowledge.announce-until')} value={day} onChange={setDay} />
          <Button
            type="submit"
            variant="default"
            disabled={th.trim().length < 3 || (en.trim() !== '' && en.trim().length < 3) || day === ''}
          >
            {say('knowledge.announce')}
          </Button>
        </div>
      </form>
    </section>
  );
}
