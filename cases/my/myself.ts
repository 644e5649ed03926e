import { AppError } from '../../core';

/** Who asks: a person whose chat has shown who they are. */
export interface Myself {
  readonly personId: string;
  readonly addressId: string;
  readonly conversationId: string;
}

/** The person behind what the page shows of its chat; `undefined`: nobody we know. */
export type WhoIs = (token: string) => Promise<Myself | undefined>;

/** Who shows this `Authorization`; refuses whom nobody knows. */
export async function myselfBy(whoIs: WhoIs, authorization: string): Promise<Myself> {
  const token = /^Visitor (.{1,200})$/u.exec(authorization)?.[1];
  const known = token === undefined ? undefined : await whoIs(token);
  if (!known) throw new AppError('SIGN_IN_REFUSED', 'Say something in the chat first, then open this page.');
  return known;
}
