import { type Cases, type WhoIs, carerRoutes, followerRoutes, myRoutes, myselfBy } from '../cases';
import type { AppointmentBook, Clock, Knowledge, Route, Suggestions } from '../core';
import type { CommandHandler } from '../jobs';
import { suggestionRoutes } from '../knowledge';
import { type Records, conversationIdOf } from '../store';

/** Joins the page of one's own matters to the chat that shows who somebody is, and to what their words in it would order. */
export function myPageRoutes(parts: {
  readonly cases: Cases;
  readonly appointments: Pick<AppointmentBook, 'points'>;
  readonly calendarPath: (caseId: string) => string;
  readonly records: Pick<Records, 'addresses'>;
  /** The visitor behind a token of the web chat. */
  readonly visitorOf: (token: string) => { readonly id: string } | undefined;
  /** What a decision of the person in the chat orders: the same is ordered here. */
  readonly commands: Readonly<Record<string, CommandHandler>>;
  readonly knowledge: () => Knowledge;
  readonly suggestions: Suggestions & { forget(addressId: string): Promise<boolean> };
  readonly clock: Clock;
}): Route[] {
  const { addresses } = parts.records;

  async function order(
    kind: string,
    key: string,
    data: Readonly<Record<string, string | number>>,
  ): Promise<void> {
    const handler = parts.commands[kind];
    if (!handler) throw new TypeError(`no module runs ${kind}`);
    await handler({ id: key, kind, data });
  }

  const whoIs: WhoIs = async token => {
    const visitor = parts.visitorOf(token);
    if (!visitor) return undefined;
    const addressId = addresses.idOf('webchat', 'main', visitor.id);
    const address = await addresses.get(addressId);
    return address && { personId: address.personId, addressId, conversationId: conversationIdOf(addressId) };
  };

  const matters = myRoutes({
    cases: parts.cases,
    calendarPath: parts.calendarPath,
    pointName: id => parts.appointments.points().find(point => point.id === id)?.name,
    whoIs,
    async channels({ personId, addressId }) {
      const own = await addresses.ofPerson(personId);
      return own
        .filter(({ audience, channel }) => audience === 'person' && channel !== 'desk')
        .map(({ id, channel, noticesRefusedAt }) => ({
          channel,
          here: id === addressId,
          notices: noticesRefusedAt === undefined,
        }));
    },
    allowNotices: ({ addressId }, key, allowed) =>
      order(allowed ? 'notices.allowed' : 'consent.withdrawn', key, {
        ...{ addressId, channel: 'webchat', at: parts.clock() },
        words: allowed ? '/my: allow' : '/my: refuse',
      }),
    requestRight: ({ addressId }, key, kind) =>
      order('privacy.requested', key, { addressId, channel: 'webchat', at: parts.clock(), kind }),
  });
  return [
    ...matters,
    ...followerRoutes({ cases: parts.cases, whoIs }),
    ...carerRoutes({ cases: parts.cases, whoIs, clock: parts.clock }),
    ...suggestionRoutes({
      suggestions: parts.suggestions,
      knowledge: parts.knowledge,
      addressOf: async authorization => (await myselfBy(whoIs, authorization)).addressId,
      agree: (addressId, key, on) =>
        order(on ? 'suggestions.allowed' : 'suggestions.refused', `my/${addressId}/${key}`, {
          ...{ addressId, channel: 'webchat', at: parts.clock() },
          words: on ? '/my: suggestions on' : '/my: suggestions off',
        }),
      forget: addressId => parts.suggestions.forget(addressId),
    }),
  ];
}
