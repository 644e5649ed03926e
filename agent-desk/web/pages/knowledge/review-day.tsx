import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { type EntryView, knowledgeApi } from '../../state/knowledge-api';
import { dateText, dayOf, fromLocalInput } from '../../words/dates';
import { useWords } from '../../words/words';

/** When somebody is to look at the entry again. */
export function ReviewDay({
  entry: { id, reviewAt },
  act,
}: {
  entry: EntryView;
  act: (work: () => Promise<unknown>) => void;
}): ReactNode {
  const { say, language } = useWords();
  const [day, setDay] = useState(reviewAt === undefined ? '' : dayOf(reviewAt));
  const at = fromLocalInput(`${day}T00:00`);
  return (
    <form
      className="row"
      onSubmit={event => {
        event.preventDefault();
        act(() => knowledgeApi.reviewAt(id, at ?? null));
      }}
    >
      <TextInput
        type="date"
        label={say('knowledge.review-day')}
        description={at === undefined ? say('knowledge.review-day.none') : dateText(language, at)}
        value={day}
        onChange={event => setDay(event.currentTarget.value)}
      />
      <Button type="submit" variant="default">
        {say('knowledge.review-day.set')}
      </Button>
    </form>
  );
}
