import { Button, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTell } from '../../parts/tell';
import { codeOf } from '../../state/api';
import { type Area, caseApi, newsSheetAddress } from '../../state/case-api';
import type { NewsReceipts, NewsRow } from '../../state/case-schemas';
import { momentText } from '../../words/dates';
import { useSorry, useWords } from '../../words/words';
import { AreaFields, Leaders, trimmed } from './leaders';
import { Rows, Warning } from './rows';
import { useList } from './use-list';

const read = (): ReturnType<typeof caseApi.news> => caseApi.news();

function Receipts({ row }: { row: NewsRow }): ReactNode {
  const { say, language } = useWords();
  const [opened, setOpened] = useState<NewsReceipts>();
  const [problem, setProblem] = useState<string>();
  const when = (at: number | undefined): string => (at === undefined ? '–' : momentText(language, at));
  const show = (): void => {
    caseApi.receipts(row.id).then(setOpened, (error: unknown) => setProblem(codeOf(error)));
  };
  const count = (field: 'seenAt' | 'passedOnAt'): number =>
    opened?.receipts.filter(each => each[field] !== undefined).length ?? 0;
  return (
    <li>
      <p className="quiet">
        {momentText(language, row.at)} · {row.by} · {say('news.to', { count: row.leaders })}
        {row.district || row.province ? ` · ${[row.district, row.province].filter(Boolean).join(' ')}` : ''}
      </p>
      <p className="said">{row.text}</p>
      <p>
        <Button variant="default" onClick={show}>
          {say('news.receipts')}
        </Button>{' '}
        <a href={newsSheetAddress(row.id)} target="_blank" rel="noreferrer">
          {say('case.print')}
        </a>
      </p>
      <Warning code={problem} />
      {opened ? (
        <>
          <p role="status">
            {say('news.counts', {
              seen: count('seenAt'),
              passed: count('passedOnAt'),
              count: opened.receipts.length,
            })}
          </p>
          <Rows
            rows={opened.receipts.map(each => ({
              id: each.village,
              cells: [
                [say('leader.village'), each.village],
                [say('news.seen'), each.unreached ? say('news.unreached') : when(each.seenAt)],
                [say('news.passed-on'), when(each.passedOnAt)],
              ],
            }))}
          />
        </>
      ) : null}
    </li>
  );
}

/** What officers tell the leaders of an area, and which villages have heard it; the leaders themselves below. */
export function News(): ReactNode {
  const { say } = useWords();
  const sorry = useSorry();
  const tell = useTell();
  const { shown, problem, load } = useList(read);
  const [text, setText] = useState('');
  const [area, setArea] = useState<Area>({});
  const [refused, setRefused] = useState<string>();
  const [busy, setBusy] = useState(false);
  return (
    <>
      <section aria-labelledby="news">
        <h2 id="news">{say('news.title')}</h2>
        <Warning code={problem} />
        {refused ? (
          <p role="alert" className="warning">
            {refused === 'CONFLICT' ? say('news.sensitive') : sorry(refused)}
          </p>
        ) : null}
        <form
          className="form"
          onSubmit={event => {
            event.preventDefault();
            if (!text.trim() || busy) return;
            setBusy(true);
            caseApi
              .sendNews(text.trim(), trimmed(area))
              .then(
                sent => {
                  setRefused(undefined);
                  setText('');
                  tell.done(say('news.sent', { count: sent.leaders }));
                  load();
                },
                (error: unknown) => setRefused(codeOf(error)),
              )
              .finally(() => setBusy(false));
          }}
        >
          <Textarea
            label={say('news.text')}
            description={say('news.help')}
            autosize
            minRows={3}
            maxLength={2000}
            value={text}
            onChange={event => setText(event.currentTarget.value)}
          />
          <AreaFields area={area} onChange={setArea} />
          <div className="form-end">
            <Button type="submit" disabled={busy || !text.trim()}>
              {say('news.send')}
            </Button>
          </div>
        </form>
        {shown?.length === 0 ? <p className="empty">{say('news.none')}</p> : null}
        <ul className="timeline">
          {(shown ?? []).map(row => (
            <Receipts key={row.id} row={row} />
          ))}
        </ul>
      </section>
      <Leaders />
    </>
  );
}
