import type { ErrorRequestHandler, Express, Router } from 'express';
import type { Route } from '../core';
import { apiRouter } from './api';
import type { Config } from './config';
import { httpFailure } from './errors';
import { securityHeaders } from './hardening';
import type { Metrics } from './metrics';
import { metricsAccess } from './metrics-access';
import { openApi } from './openapi';
import { pagesRouter } from './pages';
import { icon, startCss } from './start-page';

export interface WebParts {
  readonly config: Config;
  readonly routes: readonly Route[];
  readonly api: Omit<Parameters<typeof apiRouter>[0], 'routes' | 'secureCookies' | 'publicUrl'>;
  /** Calls of vendors, before everything that could refuse them. */
  readonly webhooks: Router;
  /** Pages that are made for each request. */
  readonly madePages: readonly Router[];
  /** For people who came to an address where nothing is. */
  readonly missingPage: string;
  readonly builtPages: Parameters<typeof pagesRouter>[0];
  readonly metrics: Metrics;
  /** Takes the numbers that are only looked up when somebody asks for them. */
  readonly measure: () => Promise<void>;
  /** Rejects while something that the process stands on does not answer; `false`: it is still starting. */
  readonly ready: () => Promise<boolean>;
  readonly onError: (error: unknown) => void;
}

function answerFailures(onError: (error: unknown) => void): ErrorRequestHandler {
  return (error, _request, response, _next) => {
    const failure = httpFailure(error);
    if (failure.unforeseen) onError(error);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.setHeader('connection', failure.status === 413 ? 'close' : 'keep-alive');
    response.status(failure.status).json(failure.body);
  };
}

/** Hangs everything that is answered over HTTP below `web`, in the order in which it is tried. */
export function serveWeb(web: Express, parts: WebParts): void {
  const { config, metrics } = parts;
  const https = config.publicUrl?.startsWith('https:');
  web.disable('x-powered-by');
  web.set('trust proxy', config.trustedProxies.length > 0 ? [...config.trustedProxies] : false);
  web.set('query parser', 'simple');
  web.use(securityHeaders({ widgetOrigins: config.widgetOrigins, https: https ?? false }));
  web.get('/healthz', (_request, response) => {
    response.type('text').send('ok');
  });
  web.get('/readyz', async (_request, response) => {
    try {
      const isStarted = await parts.ready();
      response
        .status(isStarted ? 200 : 503)
        .type('text')
        .send(isStarted ? 'ready' : 'starting');
    } catch {
      response.status(503).type('text').send('not ready: the store or the job engine does not answer');
    }
  });
  web.get('/metrics', metricsAccess(config.metricsToken), async (_request, response) => {
    await parts.measure();
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  web.get('/start.css', (_request, response) => {
    response.type('css').send(startCss);
  });
  web.get('/favicon.ico', (_request, response) => {
    response.setHeader('cache-control', 'public, max-age=86400');
    response.type('svg').send(icon);
  });
  let description: ReturnType<typeof openApi> | undefined;
  web.get('/api/openapi.json', (_request, response) => {
    description ??= openApi(parts.routes, '0.1.0');
    response.json(description);
  });
  web.use(parts.webhooks);
  web.use(
    apiRouter({
      ...parts.api,
      routes: parts.routes,
      secureCookies: https ?? config.production,
      ...(config.publicUrl ? { publicUrl: config.publicUrl } : {}),
    }),
  );
  for (const pages of parts.madePages) web.use(pages);
  web.use(pagesRouter(parts.builtPages));
  web.use((request, response) => {
    response.status(404);
    const isForPrograms = /^\/(?:api|webhooks)\//u.test(request.path);
    if (!isForPrograms && request.accepts(['json', 'html']) === 'html')
      response.type('html').send(parts.missingPage);
    else response.json({ error: { code: 'NOT_FOUND', message: 'Nothing is at this address.' } });
  });
  web.use(answerFailures(parts.onError));
}
