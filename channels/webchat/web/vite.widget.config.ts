import { defineConfig } from 'vite';

const from = (path: string): string => new URL(path, import.meta.url).pathname;

/** `widget.js`: one plain script for any site. */
export default defineConfig({
  root: from('.'),
  publicDir: false,
  build: {
    outDir: from('../../../dist/web'),
    emptyOutDir: false,
    target: 'es2017',
    lib: { entry: from('./widget.ts'), formats: ['iife'], name: 'ThamRat', fileName: () => 'widget.js' },
  },
});
