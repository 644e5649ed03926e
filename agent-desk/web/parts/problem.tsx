import type { ReactNode } from 'react';
import { useSorry } from '../words/words';

/** Says what did not work; nothing without a text. */
export const Problem = ({ text }: { text: string | undefined }): ReactNode =>
  text ? (
    <p role="alert" className="warning">
      {text}
    </p>
  ) : null;

/** The same for the code of a refusal, in words. */
export function Refusal({ code }: { code: string | undefined }): ReactNode {
  const sorry = useSorry();
  return <Problem text={code === undefined ? undefined : sorry(code)} />;
}
