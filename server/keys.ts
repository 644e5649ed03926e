import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../core';
import { type Seal, createSeal } from '../store';

const keyText = /^([a-z0-9]{1,16}):([A-Za-z0-9_-]{43})$/u;
const fileSchema = z.object({
  dataKeys: z.string(),
  lookupKey: z.string(),
  sessionSecret: z.string().min(32),
});

const newKey = (): string => randomBytes(32).toString('base64url');

/** Secrets made on the first run and kept beside the data, readable by the owner only. */
function keysFile(dataDir: string): z.infer<typeof fileSchema> {
  const file = join(dataDir, 'keys.json');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const fresh = { dataKeys: `k1:${newKey()}`, lookupKey: newKey(), sessionSecret: newKey() };
    writeFileSync(file, JSON.stringify(fresh, null, 2), { mode: 0o600, flag: 'wx' });
  }
  const parsed = fileSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new AppError(
    'CONFIGURATION_INVALID',
    `${file} is damaged; restore it from a backup: sealed data cannot be read without it.`,
  );
}

/** Reads `id:key,id:key` (newest first) and, last, `lookup:key`. */
function parseKeys(text: string): { id: string; key: Buffer }[] {
  return text.split(',').map(part => {
    const match = keyText.exec(part.trim());
    if (!match?.[1] || !match[2]) {
      throw new AppError(
        'CONFIGURATION_INVALID',
        'DATA_KEYS: must be id:key pairs, the key 32 bytes in base64url, separated by commas.',
      );
    }
    return { id: match[1], key: Buffer.from(match[2], 'base64url') };
  });
}

/** The seal for identifiers and the secret for sessions. */
export function loadKeys(config: { dataDir: string; dataKeys?: string; sessionSecret?: string }): {
  seal: Seal;
  sessionSecret: string;
} {
  if (config.dataKeys && config.sessionSecret) {
    return { seal: sealOf(parseKeys(config.dataKeys)), sessionSecret: config.sessionSecret };
  }
  const file = keysFile(config.dataDir);
  const keys = config.dataKeys
    ? parseKeys(config.dataKeys)
    : [...parseKeys(file.dataKeys), ...parseKeys(`lookup:${file.lookupKey}`)];
  return { seal: sealOf(keys), sessionSecret: config.sessionSecret ?? file.sessionSecret };
}

function sealOf(keys: { id: string; key: Buffer }[]): Seal {
  const lookup = keys.find(key => key.id === 'lookup');
  if (!lookup)
    throw new AppError(
      'CONFIGURATION_INVALID',
      'DATA_KEYS: needs one pair "lookup:key" for look-ups, which must never change.',
    );
  return createSeal(
    keys.filter(key => key !== lookup),
    lookup.key,
  );
}
