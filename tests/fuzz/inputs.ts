import { socketEvents } from '../../agent-desk';
import type { Role } from '../../core';
import { type Random, seeded } from '../support/random';
import { openAddresses } from '../support/addresses';
import { type JsonSchema, type Making, type Operation, valueOf } from './operations';
import type { Records } from './records';
import { type Right, rightRequests } from './right';
import { anyText, anyValue, escaped, fitting, jsonOf, mangled, spoiled, visible } from './values';
import { type VendorParts, vendorInputs } from './vendor-inputs';

/** Who asks: an account of the run by its name. `short` is one whose sessions end and whose attempts are used up. */
export type Who = Role | 'short';

export interface HttpInput {
  readonly kind: 'http';
  readonly who?: Who;
  /** Method and path of the operation it is for, as the product describes it. */
  readonly operation?: string;
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** A connection and its burst of events. */
export interface SocketInput {
  readonly kind: 'socket';
  readonly namespace: string;
  readonly who?: Who;
  readonly address: string;
  readonly auth: object;
  readonly events: readonly { readonly event: string; readonly payload: unknown }[];
}

export type Input = HttpInput | SocketInput;

export interface InputParts extends VendorParts {
  readonly seed: number;
  readonly operations: readonly Operation[];
  readonly records: Records;
  readonly partnerKey: string;
  /** Only the operations, one after the other, each as it should be. */
  readonly inTurn?: boolean;
}

export const eventsPerConnection = 40;
const rareOneIn = 500;
const costlyOneIn = 5_000;

/** Reads everything there is, trains a model or asks other sites: thrown in turn and as it should be, each a few times in a run. */
const isCostly = ({ method, path }: Operation): boolean =>
  /\/(audit\/verify|privacy\/retention)$/u.test(path) ||
  (method === 'POST' && /\/knowledge\/(import|publications|trials|undo|report\/links)$/u.test(path));

/** Hashes a password, ends sessions or uses up attempts: thrown now and then. */
const isRare = ({ method, path }: Operation): boolean =>
  method !== 'GET' && /\/(session|sessions\/\{id\}|session\/factor|account\/[\w/-]+)$/u.test(path);

/** Events by namespace, as the policy lists them, and two that it does not. */
const namespaces: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(socketEvents).map(([name, { taken }]) => [
    name,
    [...Object.keys(taken), 'resume', '__proto__'],
  ]),
);

/** Every client comes from an address of its own, so that limits by address do not hide the rest. */
const addressOf = (random: Random): string => `203.0.${random.below(256)}.${1 + random.below(254)}`;

/** Sources of single inputs: the same seed and number make the same input, whatever else goes on. */
export function createInputs(parts: InputParts): (number: number) => Input {
  const common = parts.operations.filter(each => !isRare(each) && !isCostly(each));
  const rare = parts.operations.filter(isRare);
  const costly = parts.operations.filter(isCostly);
  const rightOf = rightRequests(parts.records);
  const { known, visitors } = parts.records;
  const { gateway, line, twilio } = vendorInputs(parts);

  function textFor(random: Random) {
    return (name: string, schema: JsonSchema): string => {
      const ids = known[name];
      if (ids && random.below(2) === 0) return random.pick(ids);
      return fitting(schema, random) ?? anyText(random);
    };
  }

  function idIn(path: string, at: number, sure: boolean, random: Random): string {
    const above = path.slice(0, at - 1);
    const ids = known[above] ?? known[above.split('/').at(-1) ?? ''];
    if (ids && (sure || random.below(3) > 0)) return escaped(random.pick(ids));
    return escaped(anyText(random)) || 'x';
  }

  function whoFor(operation: Operation, random: Random): Who | undefined {
    if (operation.open || random.below(10) === 0) return undefined;
    if (isRare(operation) && /\/(session|account)/u.test(operation.path)) return 'short';
    return random.pick(operation.roles.length > 0 ? operation.roles : (['officer'] as const));
  }

  function queryOf({ query }: Operation, making: Making, random: Random): string {
    const asked = query
      .filter(() => random.below(2) === 0)
      .map(({ name, schema }) => {
        const right = random.below(2) === 0 ? valueOf(schema, making, name) : anyText(random);
        return `${name}${random.below(12) === 0 ? '[$ne]' : ''}=${escaped(String(right))}`;
      });
    return asked.length > 0 ? `?${asked.join('&')}` : '';
  }

  /** What is shown in place of a session; now and then something that should not be believed. */
  function shownFor({ proof }: Operation, visitor: string | undefined, random: Random): object {
    if (!proof) return {};
    if (random.below(8) === 0) return { authorization: visible(anyText(random)) };
    if (proof === 'partner') return { authorization: `Bearer ${parts.partnerKey}` };
    return { authorization: `Visitor ${visitor ?? random.pick(visitors).token}` };
  }

  function bodyOf(operation: Operation, right: Right, making: Making, spoils: boolean, random: Random) {
    if (operation.upload) {
      const file = right.upload ?? Buffer.from(anyText(random));
      return spoils ? mangled(file, random) : file;
    }
    const valid = right.body ?? (operation.body && valueOf(operation.body, making));
    return operation.body && jsonOf(spoils ? spoiled(valid, random) : valid, random);
  }

  /** A request for an operation: half of them made to succeed, the others of what the description names, mostly spoiled. */
  function api(operation: Operation, random: Random, sure = random.below(2) === 0): HttpInput {
    const right = (sure && rightOf(operation)?.(random)) || {};
    const spoils = sure ? random.below(3) === 0 && !isCostly(operation) : random.below(3) > 0;
    const making = {
      text: textFor(random),
      pick: <T>(list: readonly T[]) => (list.length > 0 ? random.pick(list) : undefined),
    };
    const address = operation.path.replace(/\{\w+\}/gu, (_, at: number) =>
      idIn(operation.path, at, sure, random),
    );
    const query = sure && operation.upload ? '' : queryOf(operation, making, random);
    const body = bodyOf(operation, right, making, spoils, random);
    const type = operation.upload ? 'application/octet-stream' : 'application/json';
    const who = right.who ?? whoFor(operation, random);
    return {
      kind: 'http',
      operation: `${operation.method} ${operation.path}`,
      method: operation.method,
      target: right.target ?? `${address}${query}`,
      ...(who ? { who } : {}),
      headers: {
        'x-forwarded-for': addressOf(random),
        ...shownFor(operation, right.visitor, random),
        ...(body === undefined
          ? {}
          : { 'content-type': random.below(30) === 0 ? visible(anyText(random)) : type }),
      },
      ...(body === undefined ? {} : { body }),
    };
  }

  const pages = openAddresses.map(each => each.replace(/^\w+ /u, '').replace(/[:*][\w.]+$/u, ''));
  function page(random: Random): HttpInput {
    const place = random.pick([...pages, '/api/', '/api/v1/', '/webhooks/', '/socket.io/?EIO=4&transport=']);
    const query = random.below(3) === 0 ? `?${escaped(anyText(random))}` : '';
    const isExact = random.below(3) === 0;
    return {
      kind: 'http',
      method: random.pick(['GET', 'GET', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH']),
      target: `${place}${isExact ? '' : `${place.endsWith('/') ? '' : '/'}${escaped(anyText(random))}`}${query}`,
      headers: {
        'x-forwarded-for': addressOf(random),
        'accept-language': visible(anyText(random)),
        range: visible(anyText(random)),
      },
    };
  }

  function burst(random: Random): SocketInput {
    const namespace = random.pick(Object.keys(namespaces));
    const events = namespaces[namespace] ?? [];
    const isDesk = namespace === '/desk';
    const text = textFor(random);
    return {
      kind: 'socket',
      namespace,
      ...(isDesk ? { who: random.pick(['officer', 'supervisor', 'admin'] as const) } : {}),
      address: addressOf(random),
      auth: random.below(4) === 0 ? { visitor: anyValue(random), lastSeq: anyValue(random) } : {},
      events: Array.from({ length: eventsPerConnection }, () => {
        const clientId = `c${random.below(1_000)}`;
        const valid = isDesk
          ? {
              conversation: text('conversation', {}),
              ...(random.below(2) === 0 ? { clientId, text: anyText(random) } : {}),
              ...(random.below(3) === 0 ? { type: 'inquiry', result: 'resolved' } : {}),
            }
          : { clientId, ...(random.below(3) === 0 ? { seq: 1 } : {}), text: anyText(random) };
        return {
          event: random.pick(events),
          payload: random.below(3) === 0 ? valid : spoiled(valid, random),
        };
      }),
    };
  }

  return number => {
    const random = seeded(Math.imul(parts.seed ^ Math.imul(number + 1, 0x9e3779b1), 0x85ebca6b));
    // The first numbers of neighbouring seeds are alike.
    random.next();
    const { operations } = parts;
    const turn = number / costlyOneIn;
    const sure = parts.inTurn
      ? operations[number % operations.length]
      : Number.isInteger(turn) && costly[turn % costly.length];
    if (sure) return api(sure, random, true);
    const dice = random.below(100);
    if (dice < 2) return burst(random);
    if (dice < 76) return api(random.pick(random.below(rareOneIn) === 0 ? rare : common), random);
    if (dice < 90) return page(random);
    if (dice < 91) return gateway(random);
    return dice < 95 ? line(random) : twilio(random);
  };
}
