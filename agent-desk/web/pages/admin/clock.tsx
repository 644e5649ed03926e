import type { ReactNode } from 'react';
import { useNow } from '../../state/hooks';
import { momentText } from '../../words/dates';
import { useWords } from '../../words/words';

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

/** How long is left, or how late it is: days, and near the end hours. */
export function Clock({ until }: { until: number }): ReactNode {
  const { say, language } = useWords();
  const left = until - useNow(60_000);
  const [far, hours] = [Math.abs(left) >= 3 * dayMs, Math.max(1, Math.ceil(Math.abs(left) / hourMs))];
  const amount = far
    ? say('clock.days', { count: Math.floor(Math.abs(left) / dayMs) })
    : say('clock.hours', { count: hours });
  return (
    <span className="clock" data-late={left < 0 || undefined} title={momentText(language, until)}>
      {say(left < 0 ? 'clock.late' : 'clock.left', { amount })}
    </span>
  );
}
