import { defineConfig } from 'vite';

const from = (path: string): string => new URL(path, import.meta.url).pathname;

/** The page of one's own matters, for the same phones as the chat. */
export default defineConfig({
  root: from('.'),
  base: '/my/',
  publicDir: false,
  build: {
    outDir: from('../../../dist/web/my'),
    emptyOutDir: true,
    target: 'es2017',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
