export { guidePage } from './guide-page';
export { type ListQuery, listPage, type PageParts } from './list-page';
export { registerRoutes } from './routes';
export { missingPage, servicePage, type ServicePageParts } from './service-page';
export { robots, sitemap } from './sitemap';
export { pageCss, pageScript } from './style';
export { type PageLanguage, pageLanguages, type Sentences, wordsFor } from './words';
