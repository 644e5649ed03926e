import type { ReactNode } from 'react';
import { go } from '../state/route';
import type { CannedReply } from '../state/canned-api';
import { shownText } from '../words/canned';
import { useSorry, useWords } from '../words/words';

export const cannedListId = 'canned-list';
export const cannedOptionId = (id: string): string => `canned-${id}`;

/** The texts that fit what was typed after `/`. The reply box keeps the focus and moves the mark. */
export function CannedPicker(props: {
  hits: readonly CannedReply[];
  marked: CannedReply | undefined;
  language: string;
  state: { readonly loading: boolean; readonly code: string | undefined; readonly any: boolean };
  onPick: (reply: CannedReply) => void;
}): ReactNode {
  const { say } = useWords();
  const sorry = useSorry();
  const { hits, marked, language, state } = props;
  const sentence = state.code
    ? sorry(state.code)
    : state.loading
      ? say('app.loading')
      : hits.length > 0
        ? say('canned.found', { count: hits.length })
        : say(state.any ? 'canned.nothing' : 'canned.none');
  return (
    <div className="canned">
      <p className="canned-head">
        <span role="status">{sentence}</span>
        <button
          type="button"
          className="link"
          // The reply box would lose the focus, and the picker with it.
          onMouseDown={event => event.preventDefault()}
          onClick={() => go({ page: 'replies' })}
        >
          {say('canned.manage')}
        </button>
      </p>
      <ul role="listbox" id={cannedListId} aria-label={say('canned.title')}>
        {hits.map(reply => (
          <li
            key={reply.id}
            id={cannedOptionId(reply.id)}
            role="option"
            aria-selected={reply.id === marked?.id}
            ref={element => {
              if (reply.id === marked?.id) element?.scrollIntoView({ block: 'nearest' });
            }}
            onMouseDown={event => event.preventDefault()}
            onClick={() => props.onPick(reply)}
          >
            <b>{reply.name}</b>
            <span>{shownText(say, (language === 'en' ? reply.text.en : undefined) ?? reply.text.th)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
