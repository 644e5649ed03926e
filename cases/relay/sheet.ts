import { escapeHtml } from '../../core';

/** One sheet to print: large letters, nothing but what is to be read. */
export const sheet = (title: string, text: string, seconds: number): string =>
  `<!doctype html><html lang="th"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><link rel="stylesheet" href="/start.css"></head><body><main><h1>${escapeHtml(title)}</h1><p>ใช้เวลาอ่านประมาณ ${seconds} วินาที</p>${text
    .split('\n')
    .map(line => `<h2>${escapeHtml(line)}</h2>`)
    .join('')}</main></body></html>`;
