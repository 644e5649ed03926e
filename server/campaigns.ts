import type { CasePlace, Clock, Engine, Ids, Jobs, PersonalRecords, Route } from '../core';
import {
  campaignCollections,
  campaignRoutes,
  campaignTickMs,
  campaignsQueue,
  contactedRecipients,
  createAudience,
  createCampaigns,
  createImports,
  createResults,
  importedRecipients,
  importCollections,
  importRoutes,
  importsQueue,
  importsSweepMs,
  type ReadTable,
  textRoutes,
} from '../sms';
import type { Records, Seal } from '../store';
import type { Config } from './config';
import type { WiredReminders } from './reminders';

export interface WiredCampaigns {
  readonly routes: readonly Route[];
  readonly personal: readonly PersonalRecords[];
}

/** Joins campaigns, imports and the officers' texts to the reminders. Before `engine.open()` and `jobs.start()`. */
export function wireCampaigns(parts: {
  readonly config: Pick<Config, 'smsPerSecond' | 'smsPartSatang' | 'campaignApprovalAbove'>;
  readonly engine: Engine;
  readonly seal: Seal;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly jobs: Jobs;
  readonly records: Pick<Records, 'addresses' | 'people' | 'contacts'>;
  readonly wired: Pick<WiredReminders, 'reminders' | 'texts' | 'times'>;
  readonly isSensitive: (topic: string) => boolean;
  readonly placesOf: (personId: string) => Promise<readonly CasePlace[]>;
  readonly isHeld: (personId: string) => Promise<boolean>;
  readonly agreesAt: (addressId: string) => Promise<boolean>;
  readonly table: ReadTable;
}): WiredCampaigns {
  const { config, engine, clock, jobs, records } = parts;
  const { reminders, texts, times } = parts.wired;
  const satangPerSegment = config.smsPartSatang;
  const collections = { ...campaignCollections(engine), ...importCollections(engine) };
  const common = { ...parts, ...collections, reminders, texts, times };
  const audience = createAudience({
    ...common,
    addresses: records.addresses,
    aged: {
      'campaign-audience': collections.members,
      'campaign-people': collections.people,
      'campaign-told': collections.told,
      campaigns: collections.campaigns,
      'reminder-imports': collections.imports,
      'reminder-import-parts': collections.parts,
    },
  });
  const imported = importedRecipients(audience);
  const contacted = contactedRecipients({ ...parts, ...records, audience });
  const campaigns = createCampaigns({
    ...common,
    recipients: ({ filter }) => (filter.contacts ? contacted : imported),
    approveAbove: config.campaignApprovalAbove,
    perSecond: config.smsPerSecond,
    async personOf(phone) {
      const known = (await records.people.byPhone(phone)).filter(each => each.mergedInto === undefined);
      return known.length === 1 ? known[0]?.id : records.addresses.personIdOf('sms', 'main', phone);
    },
  });
  const imports = createImports({ ...common, audience });

  jobs.handle(campaignsQueue, { concurrency: 4 }, key => campaigns.run(key));
  jobs.every(campaignsQueue, campaignTickMs);
  jobs.handle(importsQueue, { concurrency: 1 }, key => imports.run(key));
  jobs.every(importsQueue, importsSweepMs);

  return {
    personal: [audience],
    routes: [
      ...textRoutes({ texts, reminders, clock, satangPerSegment }),
      ...importRoutes(imports),
      ...campaignRoutes({
        campaigns,
        audience,
        results: createResults({ ...collections, reminders, clock }),
        textOf: ({ text, language, dueAt }) => {
          const now = clock();
          return texts.write(text, { language, dueAt: dueAt ?? now, now }).text;
        },
        satangPerSegment,
      }),
    ],
  };
}
