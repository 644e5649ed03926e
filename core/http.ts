import type { z } from 'zod';
import type { AuditAction } from './audit';

export const roles = ['officer', 'supervisor', 'editor', 'reviewer', 'agencyadmin', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Who is signed in. */
export interface Officer {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly role: Role;
  readonly agencyId: string;
}

export const proofs = ['visitor', 'partner'] as const;
export type Proof = (typeof proofs)[number];

export interface ApiRequest<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** Present on every route that is not public. */
  readonly officer: Officer;
  /** The session behind the request; empty on public routes. */
  readonly sessionId: string;
  /** The session still lacks the second factor that the role asks for. */
  readonly limited?: boolean;
  /** How the browser names itself, cut; never for trust. */
  readonly userAgent?: string;
  /** The short-lived cookie of a sign-in under way at an identity provider. */
  readonly signInState?: string;
  /** The other end, for limits; never for trust. */
  readonly remoteAddress: string;
  /** The `Authorization` header as it came, on routes that name their `proof`; empty elsewhere and when there is none. */
  readonly authorization: string;
  /** The body of a route that takes a file, and the name its sender gave it; for nothing but showing. */
  readonly upload?: { readonly bytes: Buffer; readonly name?: string };
}

export interface ApiResult {
  readonly status?: number;
  readonly body?: unknown;
  /** A page in place of `body`, every text in it escaped. */
  readonly html?: string;
  /** A session cookie to set, or `null` to clear it. */
  readonly session?: string | null;
  /** A file in place of `body`; shown in a page only when `inline`, saved otherwise. */
  readonly file?: {
    readonly bytes: Buffer;
    readonly type: string;
    readonly name: string;
    readonly inline: boolean;
  };
  /** Sends the browser on, in place of a body. */
  readonly redirect?: string;
  /** The cookie of a sign-in under way, or `null` to clear it. */
  readonly signInState?: string | null;
}

/** What the audit calls a request: one name, one by the body, or `by-module`, which records more than the request says. */
type AuditName<B> = AuditAction | 'by-module' | ((body: B) => AuditAction);

/**
 * One HTTP route as a value: the server mounts it, the description (`/api/openapi.json`) and the authorisation tests read it.
 * `path` has Express form (`/api/v1/people/:id`).
 */
export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  readonly summary: string;
  readonly access: 'public' | readonly Role[];
  /**
   * What a caller of a public route shows of who they are, in the `Authorization` header: a visitor of the web chat (`Visitor …`) or a
   * partner's program (`Bearer …`). The handler checks it, and is given the header on such routes alone.
   */
  readonly proof?: Proof;
  /** What the audit calls it. Whatever changes something has a name; whatever only reads is recorded when it has one. */
  readonly audit?: AuditName<unknown>;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /**
   * The body is a file as it is (`application/octet-stream`), in place of `body`. `admit` is asked before any of it is read, and throws
   * for whoever may not hand one in.
   */
  readonly upload?: {
    readonly maxBytes: number;
    readonly admit?: (
      request: Pick<ApiRequest<unknown, unknown, unknown>, 'authorization' | 'remoteAddress'>,
    ) => void;
  };
  readonly returns: z.ZodType;
  readonly handle: (request: ApiRequest<unknown, unknown, unknown>) => Promise<ApiResult>;
}

interface TypedRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> extends Omit<
  Route,
  'handle' | 'audit'
> {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly audit?: AuditName<z.infer<B>>;
  readonly handle: (request: ApiRequest<z.infer<P>, z.infer<Q>, z.infer<B>>) => Promise<ApiResult>;
}

/** What an officer changes has a name in the audit. */
type Named = { readonly method: 'get' } | { readonly access: 'public' } | { readonly audit: object | string };

/** Gives a route's handler the types of its own schemas. The server has read the input through them before it calls. */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  typed: TypedRoute<P, Q, B> & Named,
): Route {
  return typed as unknown as Route;
}
