import { z } from 'zod';
import type { CaseAttachment, ChannelName, Turn } from '../../core';

export const mostMedia = 10;

/** The channel's own references of pictures and files; what they hold is fetched later. */
export const mediaSchema = z
  .array(z.object({ reference: z.string().max(300), kind: z.string().max(20) }))
  .max(mostMedia);
export type Media = z.infer<typeof mediaSchema>[number];

/** The picture or file that a person sent; `undefined` where there is none to keep. */
export function mediaIn({ event: { content } }: Turn): Media | undefined {
  if (content.kind !== 'media' || content.media === 'sticker' || content.reference === undefined)
    return undefined;
  return { reference: content.reference.slice(0, 300), kind: content.media };
}

/** How a case names what was sent. */
export const attachmentsOf = (channel: ChannelName, media: readonly Media[]): CaseAttachment[] =>
  media.map(({ reference, kind }) => ({
    fileId: `${channel}/${reference}`.slice(0, 200),
    mediaType: kind,
    bytes: 0,
  }));
