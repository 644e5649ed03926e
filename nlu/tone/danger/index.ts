import type { CrisisKind } from '../../../core';
import { fire } from './fire';
import { medical } from './medical';
import { missing } from './missing';
import { scam } from './scam';
import { selfHarm } from './self-harm';
import { violence } from './violence';

export { calmWords, urgentWords } from './around';
export { outrightPhrases, wishPhrases } from './self-harm';

/**
 * Danger as people write it, read without spaces. Alone: enough by itself. Each is normalised text; English is lower case
 * without spaces too. Written from what citizens say, recall first; `calmWords` take back what only sounds alike.
 */
export const crisisPhrases: Readonly<Record<CrisisKind, readonly string[]>> = {
  'self-harm': selfHarm,
  violence,
  medical,
  fire,
  missing,
  scam,
};
