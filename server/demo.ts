import { randomBytes } from 'node:crypto';
import type { Accounts } from '../agent-desk';
import type { Officer, Role } from '../core';

const demoAccounts: readonly { readonly username: string; readonly name: string; readonly role: Role }[] = [
  { username: 'officer', name: 'สมหญิง ใจดี', role: 'officer' },
  { username: 'officer2', name: 'สมชาย มีสุข', role: 'officer' },
  { username: 'supervisor', name: 'วิภา ดูแลดี', role: 'supervisor' },
  { username: 'editor', name: 'อรุณ เขียนชัด', role: 'editor' },
  { username: 'reviewer', name: 'มานี ตรวจทาน', role: 'reviewer' },
  { username: 'agencyadmin', name: 'ประเสริฐ จัดการ', role: 'agencyadmin' },
  { username: 'admin', name: 'ผู้ดูแลระบบ', role: 'admin' },
];

/** Accounts just made, and what to print about them, once. */
export interface Demo {
  readonly usernames: readonly string[];
  readonly password: string;
  readonly officer: Officer;
}

/** Makes the demo accounts where there is no account yet; `undefined` when there are some. */
export async function ensureDemoAccounts(
  accounts: Accounts,
  agencyId: string,
  givenPassword: string | undefined,
): Promise<Demo | undefined> {
  if (await accounts.any()) return undefined;
  const password = givenPassword ?? randomBytes(9).toString('base64url');
  const made = await Promise.all(
    demoAccounts.map(account => accounts.add({ ...account, agencyId, password })),
  );
  const officer = made.find(each => each?.role === 'officer');
  return officer && { usernames: demoAccounts.map(account => account.username), password, officer };
}
