import { routeKey } from '../../agent-desk';
import type { Route } from '../../core';
import { sampleOf } from './sample';
import { sampleEntry } from './sample-entry';

const soon = Date.now() + 10 * 24 * 60 * 60 * 1000;
export const reminderBody = {
  phone: '+66812345678',
  purpose: 'personal',
  basis: { basis: 'consent', at: soon - 1, how: 'asked for it' },
  text: { template: 'personal', values: { what: { kind: 'text', text: 'กินยา' } } },
  dueAt: soon,
  leadsMs: [0],
  ladder: [{ way: 'sms' }],
} as const;

/** Inputs that cannot be made from the schema alone. */
export const sampleBodies: Readonly<Record<string, object>> = {
  'POST /api/v1/accounts': { username: 'somebody.new', name: 'ใครสักคน', role: 'officer' },
  'POST /api/v1/my/carers': {
    key: 'key-of-a-page',
    name: 'สมหญิง ใจดี',
    ownName: 'สมศรี ใจดี',
    lastDay: '2027-01-31',
  },
  'PUT /api/v1/my/suggestions': { key: 'key-of-a-page', on: true },
  'POST /api/v1/canned-replies': { name: 'สวัสดี', text: { th: 'สวัสดีค่ะ' }, shared: false },
  'POST /api/v1/contacts': {
    way: 'walk-in',
    type: 'inquiry',
    at: 1_700_000_000_000,
    status: 'open',
    person: { name: 'ยายทอง' },
  },
  'POST /api/v1/cases': {
    key: 'one',
    kind: 'question',
    details: { kind: 'matter', what: 'ไฟดับ', attachments: [] },
  },
  'PUT /api/v1/knowledge/entries/:id': { base: 0, why: 'a test', content: sampleEntry() },
  'POST /api/v1/knowledge/entries/:id/restore': { revision: 1, why: 'a test' },
  'POST /api/v1/knowledge/entries/:id/review': { approve: true, why: 'a test' },
  'POST /api/v1/knowledge/switches': { topic: 'service:p1-01', off: true, why: 'a test' },
  'POST /api/v1/knowledge/announcements': {
    topic: 'service:p1-01',
    text: { th: 'ปิดสามวัน' },
    until: Date.now() + 60_000,
  },
  'POST /api/v1/knowledge/samples': { entry: 'p1-01', entitlement: null },
  // One address: the links of the register lead out of the test.
  'POST /api/v1/knowledge/report/links': { limit: 1 },
  'POST /api/v1/campaigns': {
    name: 'น้ำไม่ไหล',
    purpose: 'announcement',
    text: { template: 'free', values: { text: { kind: 'text', text: 'พรุ่งนี้น้ำไม่ไหล' } } },
    ways: ['sms'],
    filter: {},
  },
  'POST /api/v1/campaigns/:id/acts': { act: 'stop' },
  'POST /api/v1/reminder-imports': { name: 'คน.csv', settings: { kind: 'audience' } },
  'POST /api/v1/reminder-imports/:id/acts': { act: 'cancel' },
  'POST /api/v1/reminders': { ...reminderBody, clientId: 'one' },
  'POST /api/v1/partner/reminders': { ...reminderBody, key: 'one' },
  'POST /api/v1/cases/import': { file: 'QQ==', dryRun: true },
  'POST /api/v1/cases/:id/acts': { key: 'one', act: { kind: 'note', text: 'ดูแล้ว' } },
};

/** What routes that take a file ask for beside it. */
export const queries: Readonly<Record<string, string>> = {
  'GET /api/v1/case-reception': '?kind=question',
  'POST /api/v1/conversations/:id/pictures': '?clientId=one&text=one',
  'POST /api/v1/webchat/files': '?clientId=one',
};

/** A body that the route takes; `undefined` where it takes none, or where one must be added to `sampleBodies`. */
export const bodyOf = (route: Route): unknown =>
  sampleBodies[routeKey(route)] ?? (route.body ? sampleOf(route.body) : undefined);
