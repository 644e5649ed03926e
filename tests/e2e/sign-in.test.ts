import { Secret, TOTP } from 'otpauth';
import { type DeskClient, openDesk } from '../support/desk-clients';
import { type ApiAnswer, type AppWorld, cookieFrom, startAppWorld } from '../support/app-world';

const longPassword = 'ข้าวเหนียวมะม่วง 42';
const another = 'another long passphrase 7';
const halfMinute = 30_000;

describe('signing in outside a demo', () => {
  let world: AppWorld;
  let code: string;
  const opened: DeskClient[] = [];
  beforeAll(async () => {
    world = await startAppWorld({});
    code = (await world.app.firstRun) ?? '';
  });
  afterAll(async () => {
    for (const each of opened) each.close();
    await world.stop();
  });

  let admin = '';
  let adminSecret = '';
  const totp = (secret: string): string =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: world.now() });
  const signIn = (username: string, password = longPassword, more?: string): Promise<ApiAnswer> =>
    world.call('POST', '/session', { body: { username, password, ...(more ? { code: more } : {}) } });

  /** An officer who has set a password, by the administrator's hand. */
  async function officer(username: string, role = 'officer', agencyId = 'operator'): Promise<string> {
    const made = await world.call('POST', '/accounts', {
      cookie: admin,
      body: { username, name: username, role, agencyId },
    });
    expect(made.status).toBe(201);
    const invitation = made.body as { code: string; account: { id: string } };
    const set = await world.call('POST', '/account/setup', {
      body: { code: invitation.code, password: longPassword },
    });
    expect(set.status).toBe(201);
    return invitation.account.id;
  }
  /** Signs in and adds an authenticator app. */
  async function withApp(username: string): Promise<{ cookie: string; secret: string; codes: string[] }> {
    const before = cookieFrom(await signIn(username));
    const { secret } = (await world.call('POST', '/account/totp', { cookie: before })).body as {
      secret: string;
    };
    const confirmed = await world.call('POST', '/account/totp/confirm', {
      cookie: before,
      body: { code: totp(secret) },
    });
    expect(confirmed.status).toBe(200);
    const codes = (confirmed.body as { recoveryCodes: string[] }).recoveryCodes;
    world.pass(halfMinute);
    return { cookie: cookieFrom(confirmed), secret, codes };
  }

  it('has no account and no default password; the code of the first start makes one administrator, once', async () => {
    for (const username of ['admin', 'administrator', 'root'])
      expect((await signIn(username, 'admin')).code).toBe('SIGN_IN_REFUSED');
    expect(code).toMatch(/^[A-Z0-9]{5}(-[A-Z0-9]{5}){4}$/u);
    const body = { code, password: longPassword, username: 'Chief', name: 'หัวหน้า' };
    const wrong = await world.call('POST', '/account/setup', {
      body: { ...body, code: 'AAAAA-BBBBB-CCCCC' },
    });
    expect(wrong.code).toBe('SIGN_IN_REFUSED');
    const weak = await world.call('POST', '/account/setup', {
      body: { ...body, password: 'chief chief 99' },
    });
    expect(weak.code).toBe('INPUT_INVALID');
    const both = await Promise.all([1, 2].map(() => world.call('POST', '/account/setup', { body })));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 401]);
    expect(await world.app.accounts.administration.firstRunCode()).toBeUndefined();
  });

  it('opens nothing to a privileged role before its second factor, and everything after', async () => {
    const first = await signIn('chief');
    expect(first.status).toBe(200);
    const cookie = cookieFrom(first);
    expect((await world.call('GET', '/session', { cookie })).body).toMatchObject({ secondFactor: 'needed' });
    for (const path of ['/conversations', '/accounts', '/audit'])
      expect((await world.call('GET', path, { cookie })).code).toBe('SECOND_FACTOR_REQUIRED');
    await expect(openDesk(world.url, { cookie })).rejects.toThrow('SECOND_FACTOR_REQUIRED');
    const { secret } = (await world.call('POST', '/account/totp', { cookie })).body as { secret: string };
    const wrong = await world.call('POST', '/account/totp/confirm', { cookie, body: { code: '000000' } });
    expect(wrong.code).toBe('INPUT_INVALID');
    const right = await world.call('POST', '/account/totp/confirm', { cookie, body: { code: totp(secret) } });
    expect((right.body as { recoveryCodes: string[] }).recoveryCodes).toHaveLength(10);
    admin = cookieFrom(right);
    adminSecret = secret;
    expect(admin).not.toBe(cookie);
    expect((await world.call('GET', '/session', { cookie })).code).toBe('NOT_SIGNED_IN');
    expect((await world.call('GET', '/accounts', { cookie: admin })).status).toBe(200);
    world.pass(halfMinute);
  });

  it('lets no password pass for two factors by codes that stand in for one there is not', async () => {
    await officer('lek', 'supervisor');
    const cookie = cookieFrom(await signIn('lek'));
    const made = await world.call('POST', '/account/recovery-codes', { cookie });
    expect([made.status, made.code]).toEqual([409, 'CONFLICT']);
    const { cookie: strong, secret, codes } = await withApp('lek');
    const removed = await world.call('POST', '/account/totp/remove', {
      cookie: strong,
      body: { code: totp(secret) },
    });
    expect(removed.status).toBe(200);
    const again = cookieFrom(await signIn('lek'));
    const stepped = await world.call('POST', '/session/factor', { cookie: again, body: { code: codes[0] } });
    expect(stepped.code).toBe('SIGN_IN_REFUSED');
    expect((await world.call('GET', '/conversations', { cookie: again })).code).toBe(
      'SECOND_FACTOR_REQUIRED',
    );
  });

  it('holds back sessions that are older than the second factor, whatever the role', async () => {
    await officer('chang');
    const old = cookieFrom(await signIn('chang'));
    expect((await world.call('GET', '/conversations', { cookie: old })).status).toBe(200);
    const { secret } = await withApp('chang');
    expect((await world.call('GET', '/conversations', { cookie: old })).code).toBe('SECOND_FACTOR_REQUIRED');
    const brought = await world.call('POST', '/session/factor', {
      cookie: old,
      body: { code: totp(secret) },
    });
    expect((await world.call('GET', '/conversations', { cookie: cookieFrom(brought) })).status).toBe(200);
    world.pass(halfMinute);
  });

  it('sets a cookie that scripts and other sites cannot use, and never the token in a body', async () => {
    const answer = await signIn('chief', longPassword, totp(adminSecret));
    expect(answer.status).toBe(200);
    const [cookie = ''] = answer.cookies;
    expect(cookie).toMatch(/HttpOnly/u);
    expect(cookie).toMatch(/SameSite=Strict/u);
    const token = /=([^;]+)/u.exec(cookie)?.[1] ?? '';
    expect(token.length).toBeGreaterThan(40);
    expect(JSON.stringify(answer.body)).not.toContain(token);
    world.pass(halfMinute);
  });

  it('asks for a code when there is an app; a code works once, also for two at once', async () => {
    await officer('nok');
    const { secret } = await withApp('nok');
    expect((await signIn('nok')).code).toBe('SECOND_FACTOR_NEEDED');
    expect((await signIn('nok', 'wrong password 1', totp(secret))).code).toBe('SIGN_IN_REFUSED');
    expect((await signIn('nok', longPassword, '123456')).code).toBe('SECOND_FACTOR_NEEDED');
    const once = totp(secret);
    const two = await Promise.all([1, 2].map(() => signIn('nok', longPassword, once)));
    expect(two.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect((await signIn('nok', longPassword, once)).code).toBe('SECOND_FACTOR_NEEDED');
    world.pass(halfMinute);
    expect((await signIn('nok', longPassword, totp(secret))).status).toBe(200);
  });

  it('takes a recovery code once, also from two at once, as people type it', async () => {
    await officer('malee');
    const { codes, cookie } = await withApp('malee');
    const typed = (codes[0] ?? '').toLowerCase().replace(/-/gu, ' ');
    const two = await Promise.all([1, 2].map(() => signIn('malee', longPassword, typed)));
    expect(two.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect((await world.call('GET', '/account', { cookie })).body).toMatchObject({ recoveryCodesLeft: 9 });
    const fresh = await world.call('POST', '/account/recovery-codes', { cookie });
    expect(fresh.status).toBe(200);
    expect((await signIn('malee', longPassword, codes[1])).code).toBe('SECOND_FACTOR_NEEDED');
  });

  it('locks an account after ten wrong attempts, counted one by one when they come at once, and says so in the audit', async () => {
    const id = await officer('somsak');
    const guesses = await Promise.all(
      Array.from({ length: 12 }, (_, index) => signIn('somsak', `wrong password ${index}`)),
    );
    expect(new Set(guesses.map(each => each.code))).toEqual(new Set(['SIGN_IN_REFUSED']));
    expect((await signIn('somsak')).code).toBe('SIGN_IN_REFUSED');
    const audit = await world.call(
      'GET',
      `/audit?action=account.locked&subjectKind=accounts&subjectId=${id}`,
      {
        cookie: admin,
      },
    );
    expect((audit.body as { entries: unknown[] }).entries).toHaveLength(1);
    world.pass(15 * 60 * 1000 + 1);
    expect((await signIn('somsak')).status).toBe(200);
  }, 120_000);

  it('ends a session after an hour without use, and after half a day of use', async () => {
    await officer('dao');
    const idle = cookieFrom(await signIn('dao'));
    world.pass(59 * 60 * 1000);
    expect((await world.call('GET', '/session', { cookie: idle })).status).toBe(200);
    world.pass(61 * 60 * 1000);
    expect((await world.call('GET', '/session', { cookie: idle })).code).toBe('NOT_SIGNED_IN');
    const busy = cookieFrom(await signIn('dao'));
    const uses: number[] = [];
    for (let minutes = 0; minutes < 13 * 60; minutes += 50) {
      uses.push((await world.call('GET', '/session', { cookie: busy })).status);
      world.pass(50 * 60 * 1000);
    }
    expect(uses.indexOf(401)).toBe(15);
    admin = cookieFrom(await signIn('chief', longPassword, totp(adminSecret)));
    world.pass(halfMinute);
  });

  it('lists my sessions and ends one of them, not those of others', async () => {
    await officer('ploy');
    await officer('fon');
    const here = cookieFrom(
      await world.call('POST', '/session', {
        body: { username: 'ploy', password: longPassword },
        agent: 'Browser of the office',
      }),
    );
    const lost = cookieFrom(await signIn('ploy'));
    const stranger = cookieFrom(await signIn('fon'));
    type Listed = { sessions: { id: string; current: boolean; agent?: string }[] };
    const { sessions } = (await world.call('GET', '/sessions', { cookie: here })).body as Listed;
    expect(sessions).toHaveLength(2);
    expect(sessions.find(each => each.current)?.agent).toBe('Browser of the office');
    const other = sessions.find(each => !each.current)?.id ?? '';
    expect((await world.call('DELETE', `/sessions/${other}`, { cookie: stranger })).code).toBe('NOT_FOUND');
    expect((await world.call('GET', '/session', { cookie: lost })).status).toBe(200);
    expect((await world.call('DELETE', `/sessions/${other}`, { cookie: here })).status).toBe(200);
    expect((await world.call('GET', '/session', { cookie: lost })).code).toBe('NOT_SIGNED_IN');
  });

  it('changes a password only with the current one; other sessions end and this one gets a new token', async () => {
    await officer('kwan');
    const [here, there] = [cookieFrom(await signIn('kwan')), cookieFrom(await signIn('kwan'))];
    const change = (current: string, password: string, cookie = here): Promise<ApiAnswer> =>
      world.call('PUT', '/account/password', { cookie, body: { current, password } });
    expect((await change('not the current one', another)).code).toBe('SIGN_IN_REFUSED');
    expect((await change(longPassword, 'short')).code).toBe('INPUT_INVALID');
    const changed = await change(longPassword, another);
    expect(changed.status).toBe(200);
    for (const cookie of [here, there])
      expect((await world.call('GET', '/session', { cookie })).code).toBe('NOT_SIGNED_IN');
    expect((await world.call('GET', '/session', { cookie: cookieFrom(changed) })).status).toBe(200);
    expect((await signIn('kwan')).code).toBe('SIGN_IN_REFUSED');
    expect((await signIn('kwan', another)).status).toBe(200);
  });

  it('does not let a session without the second factor change how an account with one signs in', async () => {
    await officer('tan');
    const weak = cookieFrom(await signIn('tan'));
    const { secret } = await withApp('tan');
    for (const [method, path, body] of [
      ['POST', '/account/totp', undefined],
      ['POST', '/account/recovery-codes', undefined],
      ['POST', '/account/totp/remove', { code: totp(secret) }],
      ['PUT', '/account/password', { current: longPassword, password: another }],
    ] as const) {
      const answer = await world.call(method, path, { cookie: weak, ...(body ? { body } : {}) });
      expect([path, answer.code]).toEqual([path, 'SECOND_FACTOR_REQUIRED']);
    }
    const stepped = await world.call('POST', '/session/factor', {
      cookie: weak,
      body: { code: totp(secret) },
    });
    expect(stepped.status).toBe(200);
    const strong = cookieFrom(stepped);
    expect((await world.call('POST', '/account/recovery-codes', { cookie: strong })).status).toBe(200);
  });

  it('lets an agency’s administrator work on accounts of that agency only, and give no role beyond their own', async () => {
    await officer('boss', 'agencyadmin', 'health');
    const mine = await officer('nurse', 'officer', 'health');
    const theirs = await officer('clerk', 'officer', 'land');
    const { cookie } = await withApp('boss');
    const list = (await world.call('GET', '/accounts', { cookie })).body as {
      accounts: { agencyId: string }[];
    };
    expect(new Set(list.accounts.map(each => each.agencyId))).toEqual(new Set(['health']));
    const patch = (id: string, body: object): Promise<ApiAnswer> =>
      world.call('PATCH', `/accounts/${id}`, { cookie, body });
    expect((await patch(theirs, { disabled: true })).code).toBe('NOT_FOUND');
    expect((await patch(mine, { role: 'admin' })).code).toBe('FORBIDDEN');
    expect((await patch(mine, { agencyId: 'land' })).code).toBe('INPUT_INVALID');
    expect((await patch(mine, { role: 'supervisor' })).status).toBe(200);
    const make = (role: string, agencyId: string): Promise<ApiAnswer> =>
      world.call('POST', '/accounts', {
        cookie,
        body: { username: `new-${role}`, name: 'x', role, agencyId },
      });
    expect((await make('officer', 'land')).code).toBe('FORBIDDEN');
    expect((await make('admin', 'health')).code).toBe('FORBIDDEN');
    expect((await make('officer', 'health')).status).toBe(201);
  });

  it.each([
    ['is disabled', 'PATCH', '', { disabled: true }],
    ['gets another role', 'PATCH', '', { role: 'editor' }],
    ['is reset', 'POST', '/reset', undefined],
  ] as const)(
    'closes desk and sessions of an officer who %s, within a second',
    async (what, method, path, body) => {
      const username = `gone-${what.replace(/\W/gu, '-')}`;
      const id = await officer(username);
      const cookie = cookieFrom(await signIn(username));
      const desk = await openDesk(world.url, { cookie });
      opened.push(desk);
      const gone = new Promise<number>(resolve =>
        desk.socket.once('disconnect', () => resolve(performance.now())),
      );
      const asked = await world.call(method, `/accounts/${id}${path}`, {
        cookie: admin,
        ...(body ? { body } : {}),
      });
      const answered = performance.now();
      expect(asked.status).toBe(200);
      expect((await gone) - answered).toBeLessThan(1_000);
      expect((await world.call('GET', '/session', { cookie })).code).toBe('NOT_SIGNED_IN');
    },
  );

  it('lets nobody disable themselves, and a reset account starts anew with its code', async () => {
    const { id: own } = (await world.call('GET', '/session', { cookie: admin })).body as { id: string };
    const self = await world.call('PATCH', `/accounts/${own}`, { cookie: admin, body: { disabled: true } });
    expect(self.code).toBe('CONFLICT');
    const id = await officer('noi');
    const { secret } = await withApp('noi');
    const reset = await world.call('POST', `/accounts/${id}/reset`, { cookie: admin });
    expect((await signIn('noi', longPassword, totp(secret))).code).toBe('SIGN_IN_REFUSED');
    const { code: again } = reset.body as { code: string };
    const body = { code: again, password: another };
    expect((await world.call('POST', '/account/setup', { body })).status).toBe(201);
    expect((await world.call('POST', '/account/setup', { body })).code).toBe('SIGN_IN_REFUSED');
    expect((await signIn('noi', another)).status).toBe(200);
  });
});
