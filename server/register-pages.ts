import { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import {
  guidePage,
  listPage,
  missingPage,
  pageCss,
  type PageLanguage,
  pageLanguages,
  pageScript,
  type PageParts,
  robots,
  servicePage,
  sitemap,
  wordsFor,
} from '../channels/register-pages';
import type { BrowseWay, Clock, Finder, FindOfficialWords, Knowledge, TopicFilter } from '../core';
import type { Locales } from './locales';

export interface RegisterPagesParts {
  readonly finder: Finder;
  readonly knowledge: () => Knowledge;
  readonly officialWords: FindOfficialWords;
  readonly locales: Locales;
  readonly operator: string;
  readonly publicUrl: string | undefined;
  readonly limit: RequestHandler;
  readonly clock: Clock;
}

/** Pages and lists change with a publication; a few minutes late is soon enough for whoever keeps copies. */
const keptForSeconds = 300;

const one = z.string().max(200).catch('');
const groupId = z.string().regex(/^[a-z0-9-]{1,60}$/u);
const pageNumber = z.coerce.number().int().min(1).max(10_000).catch(1);

/** What a list is asked for: whatever does not fit is left out rather than refused, since people type addresses. */
function filterOf(request: Request): TopicFilter {
  const text = one.parse(request.query['q']).trim();
  const group = (way: BrowseWay): string | undefined => groupId.safeParse(request.query[way]).data;
  return {
    category: group('category'),
    lifeStage: group('lifeStage'),
    targetGroup: group('targetGroup'),
    agency: group('agency'),
    text: text === '' ? undefined : text,
  };
}

const languageOf = (request: Request): PageLanguage =>
  pageLanguages.find(language => language === request.query['lang']) ?? 'th';

/** The register for everybody: lists, services, the guide, and what search engines ask for. */
export function registerPages(parts: RegisterPagesParts): Router {
  const { finder, knowledge, publicUrl } = parts;
  const router = Router();
  const topicOf: PageParts['topicOf'] = id => knowledge().topic({ kind: 'service', id });
  const pageParts = (request: Request): PageParts => ({
    finder,
    topicOf,
    words: wordsFor(parts.locales, languageOf(request)),
    operator: parts.operator,
    now: parts.clock(),
    ...(publicUrl === undefined ? {} : { publicUrl }),
  });
  const send = (response: Response, type: string, body: string): void => {
    response.setHeader('cache-control', `public, max-age=${keptForSeconds}`);
    response.type(type).send(body);
  };
  router.get('/services/page.css', (_request, response) => send(response, 'css', pageCss));
  router.get('/services/page.js', (_request, response) => send(response, 'js', pageScript));
  router.get('/services', parts.limit, (request, response) => {
    const page = pageNumber.parse(request.query['page']);
    send(response, 'html', listPage(pageParts(request), { filter: filterOf(request), page }));
  });
  router.get('/services/:id', parts.limit, (request, response) => {
    const id = groupId.safeParse(request.params.id);
    const topic = id.success ? topicOf(id.data) : undefined;
    if (!topic) {
      response
        .status(404)
        .type('html')
        .send(missingPage(pageParts(request)));
      return;
    }
    const { officialWords } = parts;
    send(response, 'html', servicePage({ ...pageParts(request), officialWords }, topic));
  });
  router.get('/guide', parts.limit, (request, response) => {
    send(response, 'html', guidePage(pageParts(request)));
  });
  // Whole addresses, so only where ours is configured: the `Host` of a request is whatever its sender wrote.
  router.get('/sitemap.xml', parts.limit, (_request, response, next) => {
    if (publicUrl === undefined) next();
    else response.type('xml').send(sitemap(knowledge(), publicUrl));
  });
  router.get('/robots.txt', (_request, response) => {
    response.type('text').send(robots(publicUrl));
  });
  return router;
}
