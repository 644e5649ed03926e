import { bundlePage } from './bundle-page';

const bundle = (record: object) => ({
  ...{ operator: 'เทศบาล', notice: '1', madeAt: '2026-11-25T03:00:00Z' },
  parts: [{ name: 'contacts', records: [record] }],
});

it('shows moments as a clock in Bangkok', () => {
  expect(bundlePage(bundle({ startedAt: Date.UTC(2026, 10, 25, 3) }), key => key)).toContain('10:00');
});

it.each([Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, 1e21])(
  'shows a moment that no calendar knows as it was typed: %d',
  startedAt => {
    expect(bundlePage(bundle({ startedAt }), key => key)).toContain(`<dd>${startedAt}</dd>`);
  },
);
