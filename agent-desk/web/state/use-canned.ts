import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { filledText, fitting, openSlot, slashBefore } from '../words/canned';
import { useWords } from '../words/words';
import { type CannedReply, cannedApi } from './canned-api';
import { useDesk } from './desk-context';
import { useAsk } from './hooks';
import type { Conversation } from './schemas';

/** The number that `{reference}` stands for; what cannot be asked for stays open for the officer to fill. */
async function referenceFor(reply: string, personId: string): Promise<{ reference?: string }> {
  if (!reply.includes('{reference}')) return {};
  const reference = await cannedApi.referenceOf(personId).catch(() => undefined);
  return reference === undefined ? {} : { reference };
}

/** Canned replies in the reply box: `/` and some letters find one, arrows choose, Enter puts it where the `/` stood. */
export function useCanned(parts: {
  conversation: Conversation;
  box: RefObject<HTMLTextAreaElement | null>;
  text: string;
  change: (text: string) => void;
}) {
  const { conversation, box, text, change } = parts;
  const { say } = useWords();
  const { officer } = useDesk();
  const [slash, setSlash] = useState<{ from: number; letters: string }>();
  const [at, setAt] = useState(0);
  const { data, code, loading } = useAsk(slash ? 'canned' : undefined, cannedApi.list);
  const hits = slash ? fitting(data ?? [], slash.letters) : [];
  const marked = hits[Math.min(at, hits.length - 1)];
  /** Where the mark goes once the text is in the box. */
  const selectNext = useRef<readonly [number, number]>(undefined);
  useLayoutEffect(() => {
    if (!selectNext.current) return;
    box.current?.setSelectionRange(...selectNext.current);
    selectNext.current = undefined;
  }, [text, box]);

  /** Called with every change and move of the cursor. */
  function look(typed: string, cursor: number): void {
    const found = slashBefore(typed, cursor);
    if (found?.letters !== slash?.letters) setAt(0);
    setSlash(found);
  }

  async function pick(reply: CannedReply): Promise<void> {
    if (!slash) return;
    const { from, letters } = slash;
    setSlash(undefined);
    const words = (conversation.language === 'en' ? reply.text.en : undefined) ?? reply.text.th;
    const known = await referenceFor(words, conversation.personId);
    const filled = filledText(say, words, {
      officer: officer.name,
      ...known,
      ...(conversation.personName ? { person: conversation.personName } : {}),
    });
    const open = openSlot(say, filled);
    const start = from + (open?.at ?? filled.length);
    selectNext.current = [start, start + (open?.name.length ?? 0)];
    change(text.slice(0, from) + filled + text.slice(from + letters.length + 1));
    box.current?.focus();
  }

  /** Whether the key was for the list. */
  function takeKey(event: KeyboardEvent): boolean {
    if (!slash) return false;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && hits.length > 0)
      setAt((Math.min(at, hits.length - 1) + step + hits.length) % hits.length);
    else if (event.key === 'Escape') setSlash(undefined);
    else if (event.key === 'Enter' && marked) void pick(marked);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  return {
    isOpen: slash !== undefined,
    hits,
    marked,
    state: { loading: loading && !data, code: data ? undefined : code, any: (data?.length ?? 0) > 0 },
    look,
    leave: () => setSlash(undefined),
    pick,
    takeKey,
  };
}
