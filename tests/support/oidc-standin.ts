import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { type IncomingMessage, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Whom the provider says it saw, and what is wrong with its ID token. */
export interface Seen {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly amr?: readonly string[];
  readonly wrong?: 'nonce' | 'audience' | 'issuer' | 'signature' | 'expired';
}

export interface OidcStandIn {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The next sign-ins are of this person. */
  sees(person: Seen): void;
  stop(): Promise<void>;
}

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const others = generateKeyPairSync('rsa', { modulusLength: 2048 });
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}

/** An OpenID provider as OpenID Connect Core 1.0 and RFC 7636 say: code flow with PKCE, codes good once. */
export async function startOidcStandIn(): Promise<OidcStandIn> {
  const clientId = 'thamrat-desk';
  const clientSecret = randomBytes(16).toString('hex');
  const codes = new Map<string, { asked: URLSearchParams; person: Seen }>();
  let person: Seen = { sub: 'nobody' };
  let issuer = '';

  function idToken({ wrong, ...claims }: Seen, nonce: string): string {
    const now = Math.floor(Date.now() / 1000);
    const head = part({ alg: 'RS256', kid: 'k1', typ: 'JWT' });
    const body = part({
      ...claims,
      iss: wrong === 'issuer' ? 'http://127.0.0.1:1' : issuer,
      aud: wrong === 'audience' ? 'another-client' : clientId,
      nonce: wrong === 'nonce' ? 'another-nonce' : nonce,
      iat: now,
      exp: wrong === 'expired' ? now - 3_600 : now + 300,
    });
    const { privateKey } = wrong === 'signature' ? others : keys;
    return `${head}.${body}.${sign('sha256', Buffer.from(`${head}.${body}`), privateKey).toString('base64url')}`;
  }
  function exchange(form: URLSearchParams): object | undefined {
    const code = form.get('code') ?? '';
    const given = codes.get(code);
    codes.delete(code);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const right =
      given &&
      form.get('client_id') === clientId &&
      form.get('client_secret') === clientSecret &&
      form.get('redirect_uri') === given.asked.get('redirect_uri') &&
      given.asked.get('code_challenge') === challenge;
    return right
      ? {
          access_token: randomBytes(16).toString('hex'),
          token_type: 'Bearer',
          expires_in: 300,
          id_token: idToken(given.person, given.asked.get('nonce') ?? ''),
        }
      : undefined;
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    const json = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return json(200, {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
          code_challenge_methods_supported: ['S256'],
        });
      case '/keys':
        return json(200, {
          keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' }],
        });
      case '/authorize': {
        const asked = url.searchParams;
        const fits =
          asked.get('response_type') === 'code' &&
          asked.get('client_id') === clientId &&
          asked.get('code_challenge_method') === 'S256' &&
          asked.get('scope')?.split(' ').includes('openid');
        if (!fits) return json(400, { error: 'invalid_request' });
        const code = randomBytes(16).toString('hex');
        codes.set(code, { asked, person });
        const back = new URL(asked.get('redirect_uri') ?? '');
        back.searchParams.set('code', code);
        back.searchParams.set('state', asked.get('state') ?? '');
        response.writeHead(302, { location: back.href }).end();
        return undefined;
      }
      case '/token':
        formOf(request).then(
          form => {
            const tokens = exchange(form);
            json(tokens ? 200 : 400, tokens ?? { error: 'invalid_grant' });
          },
          () => json(400, { error: 'invalid_request' }),
        );
        return undefined;
      default:
        return json(404, { error: 'not_found' });
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    clientId,
    clientSecret,
    sees: next => void (person = next),
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
