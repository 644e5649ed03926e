import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { DateField } from '../../parts/date-field';
import { type EntryView, knowledgeApi } from '../../state/knowledge-api';
import { dayOf, fromLocalInput } from '../../words/dates';
import { useWords } from '../../words/words';

/** When somebody is to look at the entry again. */
export function ReviewDay({
  entry: { id, reviewAt },
  act,
}: {
  entry: EntryView;
  act: (work: () => Promise<unknown>) => void;
}): ReactNode {
  const { say } = useWords();
  const [day, setDay] = useState(reviewAt === undefined ? '' : dayOf(reviewAt));
  return (
    <form
      className="row"
      onSubmit={event => {
        event.preventDefault();
        act(() => knowledgeApi.reviewAt(id, fromLocalInput(`${day}T00:00`) ?? null));
      }}
    >
      <DateField
        of="day"
        label={say('knowledge.review-day')}
        description={say('knowledge.review-day.none')}
        value={day}
        onChange={setDay}
      />
      <Button type="submit" variant="default">
        {say('knowledge.review-day.set')}
      </Button>
    </form>
  );
}
