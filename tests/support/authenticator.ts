import { isoCBOR } from '@simplewebauthn/server/helpers';
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const sha256 = (data: Buffer | string): Buffer => createHash('sha256').update(data).digest();
/** The person is there, and has shown who they are (WebAuthn §6.1). */
const present = 0x05;
const withCredential = 0x40;

export interface Passkey {
  /** `PublicKeyCredential` of a new key, as the browser writes it in JSON. */
  created(challenge: string): object;
  /** And of a signature with it. */
  used(challenge: string, userHandle: string): object;
}

/** One passkey of a device that is a program: ES256, no attestation, as Web Authentication Level 2 says. */
export function createPasskey(origin: string): Passkey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const id = randomBytes(32);
  let counter = 0;
  const clientData = (type: string, challenge: string): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  function authenticatorData(flags: number, credential: Buffer): Buffer {
    const head = Buffer.alloc(5);
    head.writeUInt8(flags, 0);
    head.writeUInt32BE((counter += 1), 1);
    return Buffer.concat([sha256(new URL(origin).hostname), head, credential]);
  }
  function attested(): Buffer {
    const key = new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
      [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
    ]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(id.length);
    return Buffer.concat([Buffer.alloc(16), length, id, isoCBOR.encode(key)]);
  }
  const credential = (response: Readonly<Record<string, Buffer | Uint8Array>>): object => ({
    ...{ id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key' },
    clientExtensionResults: {},
    response: Object.fromEntries(
      Object.entries(response).map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64url')]),
    ),
  });

  return {
    created(challenge) {
      const attestation = new Map<string, string | Uint8Array | Map<string, never>>([
        ['fmt', 'none'],
        ['attStmt', new Map<string, never>()],
        ['authData', new Uint8Array(authenticatorData(present | withCredential, attested()))],
      ]);
      return credential({
        clientDataJSON: clientData('webauthn.create', challenge),
        attestationObject: isoCBOR.encode(attestation),
      });
    },
    used(challenge, userHandle) {
      const clientDataJSON = clientData('webauthn.get', challenge);
      const data = authenticatorData(present, Buffer.alloc(0));
      return credential({
        ...{ clientDataJSON, authenticatorData: data, userHandle: Buffer.from(userHandle) },
        signature: sign('sha256', Buffer.concat([data, sha256(clientDataJSON)]), privateKey),
      });
    },
  };
}
