export { createClaimChecker } from './checker';
export { createSentTexts } from './sent-texts';
export { loadSites, type Sites } from './sites';
