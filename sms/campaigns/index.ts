export { type Audience, type AudienceSummary, createAudience, matches } from './audience';
export {
  type CampaignAct,
  type CampaignDraft,
  type Campaigns,
  campaignTickMs,
  campaignsQueue,
  createCampaigns,
} from './campaigns';
export { contactedRecipients } from './contacted';
export { importedRecipients } from './imported';
export { type Campaign, type CampaignCollections, campaignCollections, filterSchema } from './records';
export { type CampaignResults, createResults } from './results';
export { campaignRoutes } from './routes';
