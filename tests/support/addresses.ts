/** Addresses outside the API: pages, figures and vendors' webhooks, which prove their sender by signature. */
export const openAddresses: readonly string[] = [
  'GET /',
  'GET /privacy',
  'GET /healthz',
  'GET /readyz',
  'GET /metrics',
  'GET /start.css',
  'GET /api/openapi.json',
  'GET /api/docs',
  'GET /locales/:part.json',
  'GET /widget.js',
  ...['chat', 'kiosk', 'desk'].flatMap(page => [`GET /${page}`, `GET /${page}/*rest`]),
];
