import { type Knowledge, escapeHtml } from '../../core';

/** What search engines may read: every service in both languages, the lists, the guide. */
export function sitemap(knowledge: Knowledge, publicUrl: string): string {
  const entry = (path: string, changed?: string): string => {
    const thai = escapeHtml(`${publicUrl}${path}`);
    const english = `${thai}?lang=en`;
    const other = (language: string, url: string): string =>
      `<xhtml:link rel="alternate" hreflang="${language}" href="${url}"/>`;
    const both = other('th', thai) + other('en', english);
    const lastmod = changed === undefined ? '' : `<lastmod>${escapeHtml(changed)}</lastmod>`;
    return [thai, english].map(url => `<url><loc>${url}</loc>${lastmod}${both}</url>`).join('\n');
  };
  const services = knowledge.topics().filter(topic => topic.kind === 'service');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    entry('/services'),
    entry('/guide'),
    ...services.map(topic => entry(`/services/${topic.id}`, topic.writtenAt)),
    '</urlset>',
  ].join('\n');
}

/** People's conversations, the desk and the interface for programs are nothing to list. */
export const robots = (publicUrl: string | undefined): string =>
  [
    'User-agent: *',
    'Allow: /services',
    'Allow: /guide',
    ...['/api/', '/desk', '/kiosk', '/chat', '/webhooks/', '/my'].map(path => `Disallow: ${path}`),
    ...(publicUrl === undefined ? [] : [`Sitemap: ${publicUrl}/sitemap.xml`]),
    '',
  ].join('\n');
