import { defineConfig } from 'vite';

const from = (path: string): string => new URL(path, import.meta.url).pathname;

/** The chat page, for phones that are years old too. */
export default defineConfig({
  root: from('.'),
  base: '/chat/',
  publicDir: false,
  build: {
    outDir: from('../../../dist/web/chat'),
    emptyOutDir: true,
    target: 'es2017',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
