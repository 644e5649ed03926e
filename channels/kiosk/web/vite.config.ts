import { defineConfig } from 'vite';

const from = (path: string): string => new URL(path, import.meta.url).pathname;

/** The page of a kiosk, whose browser may be old. */
export default defineConfig({
  root: from('.'),
  base: '/kiosk/',
  publicDir: false,
  build: {
    outDir: from('../../../dist/web/kiosk'),
    emptyOutDir: true,
    target: 'es2017',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
