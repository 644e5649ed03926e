import type { BundlePart, ChannelName, Engine, PersonalRecords, Stored } from '../core';
import type { PurposeId } from './notice';

/** One decision about one purpose, with what proves it. Never changed: a later decision is another record. */
export interface Consent extends Stored {
  readonly addressId: string;
  readonly purpose: PurposeId;
  /** `told`: the notice was shown; nothing was asked, because consent is not the basis. */
  readonly decision: 'given' | 'withdrawn' | 'told';
  readonly at: number;
  readonly channel: ChannelName;
  /** Version of the notice that was in force. */
  readonly notice: string;
  /** The person's own words, or the label of the button. */
  readonly words?: string;
}

export interface Consents extends PersonalRecords {
  /** `false` when this decision was recorded before, under the same id. */
  record(consent: Omit<Consent, 'version'>): Promise<boolean>;
  /** Newest first. */
  ofAddress(addressId: string, limit: number): Promise<readonly Consent[]>;
  /** When the consent to a purpose that is in force was given, ms; `undefined`: never, or withdrawn since. */
  givenSince(addressId: string, purpose: PurposeId): Promise<number | undefined>;
}

const pageSize = 500;

export function createConsents(engine: Engine): Consents {
  const records = engine.collection<Consent>({
    name: 'consents',
    revision: 1,
    keeps: {
      purpose: 'rights',
      basis: 'legal-obligation',
      retention: 'consents',
      personal: ['addressId', 'words', 'channel'],
    },
    indexes: { address: each => [each.addressId, each.at], age: each => [each.at] },
  });
  const ofAddress: Consents['ofAddress'] = async (addressId, limit) =>
    (await records.scan({ index: 'address', prefix: [addressId], limit, descending: true })).records;
  return {
    name: 'consents',
    record: consent => records.insert(consent),
    ofAddress,
    async givenSince(addressId, purpose) {
      const all = await ofAddress(addressId, pageSize);
      const decisions = all.filter(each => each.purpose === purpose && each.decision !== 'told');
      const at = decisions[0]?.at;
      // Of two in the same moment the withdrawal counts.
      const withdrawn = decisions.some(each => each.at === at && each.decision === 'withdrawn');
      return withdrawn ? undefined : at;
    },
    async collect({ addressIds }): Promise<readonly BundlePart[]> {
      const found = await Promise.all(addressIds.map(id => ofAddress(id, pageSize)));
      const shown = found.flat().map(({ purpose, decision, at, channel, notice, words }) => ({
        ...{ purpose, decision, at, channel, notice },
        ...(words === undefined ? {} : { words }),
      }));
      return [{ name: 'consents', records: shown }];
    },
    async erase({ addressIds }) {
      let erased = 0;
      for (const id of addressIds)
        for (const consent of await ofAddress(id, pageSize))
          if (await records.delete(consent.id)) erased += 1;
      return { consents: erased };
    },
    async expire({ before, dryRun }) {
      const to = before('consents');
      let expired = 0;
      for (let more = to !== undefined; more && to !== undefined;) {
        const page = await records.scan({ index: 'age', to, limit: pageSize });
        for (const consent of page.records) if (dryRun || (await records.delete(consent.id))) expired += 1;
        more = !dryRun && page.cursor !== undefined;
      }
      return { consents: expired };
    },
  };
}
