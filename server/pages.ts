import { Router, static as serveFiles } from 'express';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Locales } from './locales';

const oneYear = '1y';

/** Parts of the product whose pages fetch their sentences. */
export type PageLocales = Readonly<Record<'webchat' | 'kiosk' | 'desk' | 'my', Locales>>;

/**
 * Pages as the build left them, their sentences, and the start page. File names of assets carry a hash of their content, so they
 * may be kept for ever; the pages themselves may not.
 */
export function pagesRouter(parts: {
  webDir: string;
  locales: () => PageLocales;
  startPage: string;
  docsPage: string;
}): Router {
  const router = Router();
  router.get('/', (_request, response) => {
    response.type('html').send(parts.startPage);
  });
  router.get('/api/docs', (_request, response) => {
    response.type('html').send(parts.docsPage);
  });
  router.get('/locales/:part.json', (request, response, next) => {
    const locales = parts.locales();
    const part = request.params.part;
    if (part !== 'webchat' && part !== 'kiosk' && part !== 'desk' && part !== 'my') {
      next();
      return;
    }
    response.setHeader('cache-control', 'no-cache');
    response.json(locales[part]);
  });
  for (const page of ['chat', 'kiosk', 'desk', 'my']) {
    const folder = join(parts.webDir, page);
    if (!existsSync(folder)) continue;
    router.use(
      `/${page}`,
      serveFiles(folder, {
        index: false,
        redirect: false,
        maxAge: oneYear,
        immutable: true,
        setHeaders: response => response.setHeader('x-content-type-options', 'nosniff'),
      }),
    );
    router.get([`/${page}`, `/${page}/*rest`], (request, response, next) => {
      if (/\.\w+$/u.test(request.path)) {
        next();
        return;
      }
      response.setHeader('cache-control', 'no-cache');
      response.sendFile(join(folder, 'index.html'), { cacheControl: false });
    });
  }
  router.get('/widget.js', (_request, response, next) => {
    const file = join(parts.webDir, 'widget.js');
    if (!existsSync(file)) {
      next();
      return;
    }
    response.setHeader('cache-control', 'public, max-age=300');
    response.setHeader('cross-origin-resource-policy', 'cross-origin');
    response.sendFile(file, { cacheControl: false });
  });
  return router;
}
