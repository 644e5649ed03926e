import type { ReactNode } from 'react';
import type { Danger } from '../state/schemas';
import { dangerKeys } from '../words/labels';
import { useWords } from '../words/words';

/** What the person may be in danger of, so that an officer knows before reading. */
export function DangerTag({ danger }: { danger: Danger | undefined }): ReactNode {
  const { say } = useWords();
  return danger ? <span className="tag urgent">{say(dangerKeys[danger])}</span> : null;
}
