import { VisuallyHidden } from '@mantine/core';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useLive } from '../state/desk-context';
import { preferences } from '../state/preferences';
import { nameOf } from '../words/labels';
import { useWords } from '../words/words';
import { chime } from './chime';

/** Says in the title, aloud for screen readers and, if wanted, by a short sound that somebody new waits. */
export function WaitingAlert(): ReactNode {
  const { say } = useWords();
  const lists = useLive(state => state.lists);
  const waiting = useMemo(() => lists && [...lists.offered, ...lists.waiting], [lists]);
  const known = useRef<ReadonlySet<string>>(undefined);
  const [sentence, setSentence] = useState('');
  const count = waiting?.length ?? 0;

  useEffect(() => {
    const title = `${say('app.name')} · ${say('app.desk')}`;
    document.title = count > 0 ? `(${count}) ${title}` : title;
  }, [count, say]);

  useEffect(() => {
    if (!waiting) return;
    const before = known.current;
    known.current = new Set(waiting.map(each => each.id));
    // The first list is what was there already.
    const fresh = before ? waiting.filter(each => !before.has(each.id)) : [];
    const [first] = fresh;
    if (!first) return;
    const { owner } = first;
    const key =
      owner.kind === 'officer'
        ? 'alert.offered'
        : owner.kind === 'queue' && owner.urgent
          ? 'alert.urgent'
          : 'alert.new';
    setSentence(say(key, { who: nameOf(say, first) }));
    if (preferences.get().sound) chime();
  }, [waiting, say]);

  return (
    <VisuallyHidden role="status" aria-live="polite">
      {sentence}
    </VisuallyHidden>
  );
}

/** Shown while the connection is gone; what was missed comes by itself afterwards. */
export function LinkBanner(): ReactNode {
  const { say } = useWords();
  const link = useLive(state => state.link);
  const wasOffline = useRef(false);
  const [back, setBack] = useState(false);
  useEffect(() => {
    if (link === 'offline') wasOffline.current = true;
    if (link !== 'online' || !wasOffline.current) return undefined;
    wasOffline.current = false;
    setBack(true);
    const timer = setTimeout(() => setBack(false), 4_000);
    return () => clearTimeout(timer);
  }, [link]);
  return (
    <div className="link-banner" role="status" data-link={link === 'online' && back ? 'back' : link}>
      {link === 'offline' ? say('link.offline') : link === 'online' && back ? say('link.back') : ''}
    </div>
  );
}
