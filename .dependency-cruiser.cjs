/** Who may import whom, as data. A new folder adds its row. */
const ours = [
  'core',
  'cases',
  'bot',
  'channels',
  'sms',
  'store',
  'jobs',
  'nlu',
  'knowledge',
  'agent-desk',
  'audit',
  'privacy',
  'files',
  'tables',
  'server',
  'scripts',
  'bench',
  'tests',
];
const anything = ['server', 'tests', 'bench', 'scripts'];

/** Folder → folders it may import beside itself and `core`. */
const may = {
  core: [],
  cases: ['tables'],
  channels: [],
  sms: [],
  store: [],
  jobs: [],
  nlu: [],
  knowledge: ['nlu', 'tables'],
  bot: [],
  'agent-desk': [],
  audit: [],
  privacy: [],
  files: [],
  tables: [],
};

/** Vendor package → the folders that are its home. */
const homes = {
  '@line/bot-sdk': ['channels/line'],
  twilio: ['channels/sms', 'channels/twilio', 'channels/voice'],
  botbuilder: ['channels/botframework'],
  mongoose: ['store/mongo'],
  libsql: ['store/sqlite'],
  bullmq: ['jobs/bull'],
  express: ['server', 'agent-desk'],
  'socket.io': ['channels/webchat', 'channels/transcript-socket', 'agent-desk', 'server'],
  wordcut: ['nlu'],
  'openid-client': ['agent-desk/sign-in'],
  '@simplewebauthn/server': ['agent-desk/sign-in'],
  otpauth: ['agent-desk/sign-in'],
  '@zxcvbn-ts/core': ['agent-desk/sign-in'],
  '@zxcvbn-ts/language-common': ['agent-desk/sign-in'],
  nodemailer: ['server'],
  'ical-generator': ['cases/appointments'],
};

const folderRules = Object.entries(may).map(([folder, allowed]) => ({
  name: `${folder}-imports`,
  comment: `${folder} may import ${['core', ...allowed].join(', ')} of ours and nothing else`,
  severity: 'error',
  from: { path: `^${folder}/`, pathNot: '\\.test\\.ts$|/web/' },
  to: {
    path: `^(${ours.filter(each => each !== folder && each !== 'core' && !allowed.includes(each)).join('|')})/`,
  },
}));

const homeRules = Object.entries(homes).map(([vendor, folders]) => ({
  name: `home-of-${vendor.replace(/[^a-z.]/gu, '-')}`,
  comment: `${vendor} has its home in ${folders.join(', ')}`,
  severity: 'error',
  from: { pathNot: `^(${[...folders, 'tests', 'bench'].join('|')})/|\\.test\\.ts$` },
  to: { path: `node_modules/${vendor.replace('/', '\\/')}/`, dependencyTypesNot: ['type-only'] },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'core-imports-nothing-of-ours',
      severity: 'error',
      from: { path: '^core/' },
      to: { path: `^(${ours.filter(each => each !== 'core').join('|')})/` },
    },
    ...folderRules,
    {
      name: 'siblings-do-not-meet',
      comment:
        'channels never see each other, nor do the engines of the store or of jobs; the transcript socket and what Twilio’s two channels share serve two each',
      severity: 'error',
      from: { path: '^(channels|store|jobs)/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^$1/([^/]+)/', pathNot: '^$1/($2|records|workers|transcript-socket|twilio)/' },
    },
    {
      name: 'enter-by-the-front-door',
      severity: 'error',
      from: { path: '^([^/]+)/', pathNot: `^(${anything.join('|')})/|\\.test\\.ts$` },
      to: { path: `^(${ours.join('|')})/`, pathNot: '^$1/|/index\\.ts$' },
    },
    {
      name: 'product-code-never-imports-tests',
      severity: 'error',
      from: { pathNot: '^(tests|bench)/|\\.test\\.ts$' },
      to: { path: '^tests/' },
    },
    {
      name: 'web-sees-types-of-core-only',
      severity: 'error',
      from: { path: '/web/' },
      to: { path: `^(${ours.join('|')})/`, pathNot: '/web/|^core/|^channels/transcript-socket/wire\\.ts$' },
    },
    ...homeRules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|data)/|/web/vite\\.config\\.ts$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['require', 'node', 'default', 'types'],
    },
  },
};
