import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from '../core';

const optionalText = z
  .string()
  .trim()
  .transform(text => text || undefined)
  .optional();
const flag = z.enum(['true', 'false', '1', '0', '']).transform(text => text === 'true' || text === '1');
const webOrigin = z
  .url({ protocol: /^https?$/u, error: 'must be a web address such as https://chat.example.go.th' })
  .transform(text => text.replace(/\/+$/u, ''));
const optionalOrigin = z.union([z.literal('').transform(() => undefined), webOrigin]).optional();
const connection = (protocol: RegExp, example: string): z.ZodType<string | undefined> =>
  z
    .union([
      z.literal('').transform(() => undefined),
      z.url({ protocol, error: `must be an address such as ${example}` }),
    ])
    .optional();

const schema = z.object({
  PORT: z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: optionalOrigin,
  DATA_DIR: z.string().min(1).default('./data'),
  FILES_DIR: optionalText,
  DEMO: flag.optional(),
  DEMO_PASSWORD: z.string().min(8, 'must have at least 8 characters').optional(),
  DATA_KEYS: optionalText,
  SESSION_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  MONGODB_URL: connection(/^mongodb(\+srv)?$/u, 'mongodb://127.0.0.1:27017/thamrat'),
  REDIS_URL: connection(/^rediss?$/u, 'redis://127.0.0.1:6379'),
  LINE_CHANNEL_SECRET: optionalText,
  LINE_CHANNEL_ACCESS_TOKEN: optionalText,
  LINE_API_BASE_URL: optionalOrigin,
  LINE_DATA_API_BASE_URL: optionalOrigin,
  TWILIO_ACCOUNT_SID: z
    .union([z.literal(''), z.string().regex(/^AC[0-9a-f]{32}$/u, 'must be AC and 32 hexadecimal digits')])
    .optional(),
  TWILIO_AUTH_TOKEN: optionalText,
  TWILIO_FROM: optionalText,
  TWILIO_VOICE_FROM: z
    .union([z.literal('').transform(() => undefined), z.string().regex(/^\+[1-9]\d{6,14}$/u)])
    .optional(),
  TWILIO_API_BASE_URL: optionalOrigin,
  SMS_GATEWAY_FILE: optionalText,
  SMS_PER_SECOND: z.coerce.number().int().min(1).max(100_000).default(50),
  SMS_PART_SATANG: z.coerce.number().int().min(0).max(100_000).default(50),
  CAMPAIGN_APPROVAL_ABOVE: z.coerce.number().int().min(0).default(200),
  SMS_PARTS_PER_DAY: z
    .union([z.literal('').transform(() => undefined), z.coerce.number().int().min(0)])
    .optional(),
  AGENCIES_FILE: optionalText,
  SMTP_URL: connection(/^smtps?$/u, 'smtp://user:password@mail.example.go.th:587'),
  MAIL_FROM: optionalText,
  PARTNER_API_KEYS: optionalText,
  OPENING_HOURS_FILE: optionalText,
  CHATS_PER_OFFICER: z.coerce.number({ error: 'must be a number' }).int().min(1).max(100).default(5),
  OIDC_ISSUER: optionalText.pipe(z.url({ protocol: /^https?$/u }).optional()),
  OIDC_CLIENT_ID: optionalText,
  OIDC_CLIENT_SECRET: optionalText,
  OPERATOR_NAME: optionalText.pipe(z.string().max(80).optional()),
  OPERATOR_PHONE: z
    .string()
    .trim()
    .regex(
      /^(?:0\d{8,9}|\d{3,4})$/u,
      'must be one number as it is dialled in Thailand, such as 021234567 or 1111',
    )
    .default('1111'),
  POLITE_PARTICLE: z.enum(['female', 'male']).default('female'),
  LOCALES_DIR: optionalText,
  KNOWLEDGE_ANSWERS: z.enum(['reviewed', 'all', ''], { error: 'must be reviewed or all' }).optional(),
  TRUSTED_PROXIES: optionalText,
  WIDGET_ORIGINS: optionalText,
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  OFFICER_PER_MINUTE: z.coerce.number({ error: 'must be a number' }).int().min(60).default(1_200),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  NODE_ENV: z.string().default('development'),
});

export interface LineConfig {
  readonly channelSecret: string;
  readonly channelAccessToken: string;
  readonly apiBaseUrl?: string;
  readonly dataApiBaseUrl?: string;
}

export interface TwilioConfig {
  readonly accountSid: string;
  readonly authToken: string;
  readonly from: string;
  /** A number that may call out. */
  readonly voiceFrom?: string;
  readonly apiBaseUrl?: string;
}

/** A partner's program: its name, the key it shows, and the agency it works for. */
export interface Partner {
  readonly name: string;
  readonly key: string;
  readonly agencyId: string;
}

/** The organisation's identity provider (OpenID Connect). */
export interface OidcConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** All settings, read and checked once. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Where people reach us; set behind a proxy. */
  readonly publicUrl?: string;
  readonly dataDir: string;
  readonly filesDir: string;
  readonly production: boolean;
  readonly demo: boolean;
  readonly demoPassword?: string;
  readonly dataKeys?: string;
  readonly sessionSecret?: string;
  readonly mongodbUrl?: string;
  readonly redisUrl?: string;
  readonly line?: LineConfig;
  readonly twilio?: TwilioConfig;
  /** A second SMS provider as data. */
  readonly smsGatewayFile?: string;
  /** The one number that reminders name. */
  readonly operatorPhone: string;
  /** The most reminders that one process begins to send in a second. */
  readonly smsPerSecond: number;
  /** Parts of SMS that reminders may use on a day in Bangkok; absent: no limit. */
  readonly smsPartsPerDay?: number;
  /** What one part of an SMS costs, for estimates. */
  readonly smsPartSatang: number;
  /** Campaigns to more people than this need a second person. */
  readonly campaignApprovalAbove: number;
  /** JSON: what agencies are connected, and the hooks that are told of cases. */
  readonly agenciesFile?: string;
  /** JSON: week, days off, breaks and closures of the operator, in place of those shipped. */
  readonly openingHoursFile?: string;
  /** Conversations that an officer can have in hand before people are told that all are busy. */
  readonly chatsPerOfficer: number;
  readonly smtp?: { readonly url: string; readonly from: string };
  /** Programs of partners that may call the API. */
  readonly partners: readonly Partner[];
  readonly oidc?: OidcConfig;
  readonly operatorName: string;
  /** The same where it may be left out; empty while nobody has named it. */
  readonly operatorShown: string;
  readonly politeParticle: 'female' | 'male';
  readonly localesDir?: string;
  /** Whether answers come from everything published, or only from what its agency reviewed. */
  readonly knowledgeAnswers: 'reviewed' | 'all';
  /** Addresses or networks of our own proxies, as Express's `trust proxy` takes them; nobody by default. */
  readonly trustedProxies: readonly string[];
  /** Sites that may show the chat in a frame, beside our own. */
  readonly widgetOrigins: readonly string[];
  /** Requests of one officer over HTTP. */
  readonly officerPerMinute: number;
  /** What whoever reads the figures shows; without one they are for this machine alone. */
  readonly metricsToken?: string;
  readonly logLevel: string;
}

/** Characters. Long keys without pattern are advised; shorter ones than this are a slip. */
const shortestPartnerKey = 8;

type Environment = z.infer<typeof schema>;

const loopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

/** What is wrong about settings that are right one by one. */
function contradictions(env: Environment): string[] {
  const problems: string[] = [];
  const together = (name: string, keys: readonly (keyof Environment)[]): void => {
    const set = keys.filter(key => env[key]);
    if (set.length > 0 && set.length < keys.length) {
      const missing = keys.filter(key => !env[key]).join(', ');
      problems.push(`${missing}: needed for ${name} together with ${set.join(', ')}`);
    }
  };
  together('LINE', ['LINE_CHANNEL_SECRET', 'LINE_CHANNEL_ACCESS_TOKEN']);
  together('e-mail', ['SMTP_URL', 'MAIL_FROM']);
  together('SMS', ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM']);
  if (partnersOf(env.PARTNER_API_KEYS).some(partner => !partner))
    problems.push(
      'PARTNER_API_KEYS: must be name:key:agency, the key at least 8 characters (use 32 without pattern), separated by commas',
    );
  together('sign-in by OpenID Connect', ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET']);
  if (env.OIDC_ISSUER && !env.PUBLIC_URL)
    problems.push('PUBLIC_URL: needed for OIDC_ISSUER, whose provider sends people back there');
  if (env.OIDC_ISSUER?.startsWith('http:') && !loopback(new URL(env.OIDC_ISSUER).hostname))
    problems.push('OIDC_ISSUER: must be an https address');
  if (Boolean(env.MONGODB_URL) !== Boolean(env.REDIS_URL)) {
    problems.push(
      'MONGODB_URL, REDIS_URL: several processes need both, one process needs neither; set both or none',
    );
  }
  const wrongOrigin = listed(env.WIDGET_ORIGINS).find(origin => !/^https?:\/\/[^/;'"\s]+$/u.test(origin));
  if (wrongOrigin)
    problems.push(`WIDGET_ORIGINS: ${wrongOrigin} must be an origin such as https://www.example.go.th`);
  if (env.NODE_ENV === 'production' && env.OPERATOR_NAME === undefined)
    problems.push('OPERATOR_NAME: needed in production: people are told who is responsible for their data');
  if (env.DEMO && env.NODE_ENV === 'production')
    problems.push('DEMO: demo accounts are impossible with NODE_ENV=production');
  if (env.DEMO && !loopback(env.HOST))
    problems.push(`DEMO: demo accounts only on a loopback HOST, and HOST is ${env.HOST}`);
  return problems;
}

/** Leaves out what is not set, so that optional settings are absent, not `undefined`. */
function present<T extends object>(
  given: T,
): { [K in keyof T as T[K] extends undefined ? never : K]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never;
}

const listed = (text: string | undefined): readonly string[] => (text ?? '').split(/[\s,]+/u).filter(Boolean);

/** `name:key:agency`, comma-separated; `undefined` where one is not such a triple. */
function partnersOf(text: string | undefined): readonly (Partner | undefined)[] {
  return listed(text).map(triple => {
    const [name, key, agencyId, ...more] = triple.split(':');
    return name && key && key.length >= shortestPartnerKey && agencyId && more.length === 0
      ? { name, key, agencyId }
      : undefined;
  });
}

/** Reads the settings; throws `CONFIGURATION_INVALID` that names every wrong key at once. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const parsed = schema.safeParse(environment);
  const problems = parsed.success
    ? contradictions(parsed.data)
    : parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`);
  if (!parsed.success || problems.length > 0) {
    throw new AppError('CONFIGURATION_INVALID', `These settings are wrong:\n  ${problems.join('\n  ')}`);
  }
  const env = parsed.data;
  const production = env.NODE_ENV === 'production';
  const dataDir = resolve(env.DATA_DIR);
  const line =
    env.LINE_CHANNEL_SECRET && env.LINE_CHANNEL_ACCESS_TOKEN
      ? present({
          channelSecret: env.LINE_CHANNEL_SECRET,
          channelAccessToken: env.LINE_CHANNEL_ACCESS_TOKEN,
          apiBaseUrl: env.LINE_API_BASE_URL,
          dataApiBaseUrl: env.LINE_DATA_API_BASE_URL,
        })
      : undefined;
  const twilio =
    env.TWILIO_ACCOUNT_SID && env.TWILIO_AUTH_TOKEN && env.TWILIO_FROM
      ? present({
          accountSid: env.TWILIO_ACCOUNT_SID,
          authToken: env.TWILIO_AUTH_TOKEN,
          from: env.TWILIO_FROM,
          voiceFrom:
            env.TWILIO_VOICE_FROM ??
            (/^\+[1-9]\d{6,14}$/u.test(env.TWILIO_FROM) ? env.TWILIO_FROM : undefined),
          apiBaseUrl: env.TWILIO_API_BASE_URL,
        })
      : undefined;
  return Object.freeze({
    port: env.PORT,
    host: env.HOST,
    dataDir,
    filesDir: resolve(env.FILES_DIR ?? join(dataDir, 'files')),
    production,
    demo: env.DEMO ?? (!production && loopback(env.HOST)),
    operatorName: env.OPERATOR_NAME ?? 'หน่วยงานที่ให้บริการ',
    operatorShown: env.OPERATOR_NAME ?? '',
    operatorPhone: env.OPERATOR_PHONE,
    smsPerSecond: env.SMS_PER_SECOND,
    smsPartSatang: env.SMS_PART_SATANG,
    campaignApprovalAbove: env.CAMPAIGN_APPROVAL_ABOVE,
    partners: partnersOf(env.PARTNER_API_KEYS).filter(partner => partner !== undefined),
    politeParticle: env.POLITE_PARTICLE,
    knowledgeAnswers: env.KNOWLEDGE_ANSWERS || (production ? 'reviewed' : 'all'),
    trustedProxies: listed(env.TRUSTED_PROXIES),
    widgetOrigins: listed(env.WIDGET_ORIGINS),
    officerPerMinute: env.OFFICER_PER_MINUTE,
    logLevel: env.LOG_LEVEL,
    chatsPerOfficer: env.CHATS_PER_OFFICER,
    ...(env.OPENING_HOURS_FILE ? { openingHoursFile: resolve(env.OPENING_HOURS_FILE) } : {}),
    ...(env.AGENCIES_FILE ? { agenciesFile: resolve(env.AGENCIES_FILE) } : {}),
    ...(env.SMTP_URL && env.MAIL_FROM ? { smtp: { url: env.SMTP_URL, from: env.MAIL_FROM } } : {}),
    ...(env.PUBLIC_URL ? { publicUrl: env.PUBLIC_URL } : {}),
    ...(env.DEMO_PASSWORD ? { demoPassword: env.DEMO_PASSWORD } : {}),
    ...(env.METRICS_TOKEN ? { metricsToken: env.METRICS_TOKEN } : {}),
    ...(env.DATA_KEYS ? { dataKeys: env.DATA_KEYS } : {}),
    ...(env.SESSION_SECRET ? { sessionSecret: env.SESSION_SECRET } : {}),
    ...(env.MONGODB_URL ? { mongodbUrl: env.MONGODB_URL } : {}),
    ...(env.REDIS_URL ? { redisUrl: env.REDIS_URL } : {}),
    ...(env.LOCALES_DIR ? { localesDir: resolve(env.LOCALES_DIR) } : {}),
    ...(env.OIDC_ISSUER && env.OIDC_CLIENT_ID && env.OIDC_CLIENT_SECRET
      ? {
          oidc: {
            issuer: env.OIDC_ISSUER,
            clientId: env.OIDC_CLIENT_ID,
            clientSecret: env.OIDC_CLIENT_SECRET,
          },
        }
      : {}),
    ...(line ? { line } : {}),
    ...(twilio ? { twilio } : {}),
    ...(env.SMS_GATEWAY_FILE ? { smsGatewayFile: resolve(env.SMS_GATEWAY_FILE) } : {}),
    ...(env.SMS_PARTS_PER_DAY === undefined ? {} : { smsPartsPerDay: env.SMS_PARTS_PER_DAY }),
  });
}

/** The environment with what `.env` in the working folder adds; the environment wins. */
export function readEnvironment(): Record<string, string | undefined> {
  if (!existsSync('.env')) return process.env;
  return { ...parseEnvFile(readFileSync('.env', 'utf8')), ...process.env };
}

function parseEnvFile(text: string): Record<string, string> {
  const settings: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const line of text.split(/\r?\n/u)) {
    const match = /^\s*(?:export\s+)?([A-Z][A-Z0-9_]*)\s*=\s*(.*?)\s*$/u.exec(line);
    if (match?.[1]) settings[match[1]] = (match[2] ?? '').replace(/^(["'])(.*)\1$/u, '$2');
  }
  return settings;
}
