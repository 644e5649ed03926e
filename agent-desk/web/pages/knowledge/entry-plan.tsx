import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { DateField } from '../../parts/date-field';
import { type EntryView, knowledgeApi } from '../../state/knowledge-api';
import { dayOf, fromLocalInput, toLocalInput } from '../../words/dates';
import { useWords } from '../../words/words';

const dayMs = 24 * 60 * 60 * 1000;
/** Nothing is to be published of what is already, or never was changed. */
const publishes: ReadonlySet<EntryView['state']> = new Set(['draft', 'in-review', 'approved']);

const startOf = (day: string): number | undefined => fromLocalInput(`${day}T00:00`);

/** When an entry is published, until when it is true, and when somebody is to look at it again; an empty date is none. */
export function EntryPlan({
  entry: { id, state, publishAt, expiresAt, reviewAt },
  act,
}: {
  entry: EntryView;
  act: (work: () => Promise<unknown>) => void;
}): ReactNode {
  const { say } = useWords();
  const [moment, setMoment] = useState(publishAt === undefined ? '' : toLocalInput(publishAt));
  // It expires when its last day is over.
  const [last, setLast] = useState(expiresAt === undefined ? '' : dayOf(expiresAt - 1));
  const [review, setReview] = useState(reviewAt === undefined ? '' : dayOf(reviewAt));
  const mayPublish = publishes.has(state);
  return (
    <section aria-labelledby="plan" className="knowledge-steps">
      <h2 id="plan">{say('knowledge.plan')}</h2>
      <form
        className="row"
        onSubmit={event => {
          event.preventDefault();
          const over = startOf(last);
          act(() =>
            knowledgeApi.plan(id, {
              ...(mayPublish ? { publishAt: fromLocalInput(moment) ?? null } : {}),
              expiresAt: over === undefined ? null : over + dayMs,
              reviewAt: startOf(review) ?? null,
            }),
          );
        }}
      >
        {mayPublish ? (
          <DateField
            of="moment"
            label={say('knowledge.plan.publish')}
            description={say('knowledge.plan.publish.none')}
            value={moment}
            onChange={setMoment}
          />
        ) : null}
        <DateField
          of="day"
          label={say('knowledge.plan.last-day')}
          description={say('knowledge.plan.last-day.none')}
          value={last}
          onChange={setLast}
        />
        <DateField
          of="day"
          label={say('knowledge.review-day')}
          description={say('knowledge.review-day.none')}
          value={review}
          onChange={setReview}
        />
        <Button type="submit" variant="default">
          {say('knowledge.review-day.set')}
        </Button>
      </form>
    </section>
  );
}
