import { z } from 'zod';
import { type Role, type Route, route } from '../../core';
import { clientKey } from '../schemas';
import type { Announcement, Announcements } from './announcements';
import { sheet } from './sheet';

const workers: readonly Role[] = ['officer', 'supervisor', 'agencyadmin', 'admin'];
const mostRows = 100;
const longest = 2_000;
const area = z.string().trim().min(1).max(200).exactOptional();

const row = z.object({
  id: z.string(),
  text: z.string(),
  province: z.string().optional(),
  district: z.string().optional(),
  by: z.string(),
  at: z.number(),
  leaders: z.number(),
});
const receipt = z.object({
  village: z.string(),
  sentAt: z.number(),
  unreached: z.boolean(),
  seenAt: z.number().optional(),
  passedOnAt: z.number().optional(),
});

const rowOf = ({ id, text, province, district, by, at, leaders }: Announcement): z.infer<typeof row> => ({
  ...{ id, text, at, leaders, by: by.name },
  ...(province ? { province } : {}),
  ...(district ? { district } : {}),
});

/** What officers send to the leaders of an area, and what became of it. The announcement is named in the query. */
export function announcementRoutes(announcements: Announcements): Route[] {
  const query = z.object({ id: z.string().min(1).max(200) });
  return [
    route({
      method: 'get',
      path: '/api/v1/relay-news',
      summary: 'Announcements of the agency to leaders, newest first',
      access: workers,
      returns: z.object({ announcements: z.array(row) }),
      handle: async ({ officer }) => ({
        body: { announcements: (await announcements.list(officer, mostRows)).map(rowOf) },
      }),
    }),
    route({
      method: 'post',
      path: '/api/v1/relay-news',
      summary: 'Send an announcement to the verified leaders of an area',
      audit: 'relay-news.sent',
      access: workers,
      body: z.strictObject({
        clientId: clientKey,
        text: z.string().trim().min(1).max(longest),
        province: area,
        district: area,
      }),
      returns: row,
      async handle({ officer, body: { clientId, ...rest } }) {
        return { body: rowOf(await announcements.send({ key: clientId, officer, ...rest })) };
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/relay-news/receipts',
      summary: 'Which villages have seen an announcement and which have heard it',
      access: workers,
      query,
      returns: row.extend({ receipts: z.array(receipt) }),
      async handle({ officer, query: { id } }) {
        const opened = await announcements.open(id, officer);
        return {
          body: {
            ...rowOf(opened.announcement),
            receipts: opened.receipts.map(({ village, sentAt, unreached, seenAt, passedOnAt }) => ({
              ...{ village, sentAt, unreached: unreached === true },
              ...(seenAt === undefined ? {} : { seenAt }),
              ...(passedOnAt === undefined ? {} : { passedOnAt }),
            })),
          },
        };
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/relay-news/sheet',
      summary: 'An announcement as a page to print and read over the loudspeaker',
      access: workers,
      query,
      returns: z.string(),
      async handle({ officer, query: { id } }) {
        const [{ announcement }, spoken] = [
          await announcements.open(id, officer),
          await announcements.spoken(id, officer),
        ];
        return { html: sheet(announcement.by.name, spoken.text, spoken.slotSeconds) };
      },
    }),
  ];
}
