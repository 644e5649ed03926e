import { z } from 'zod';
import { type Proof, type Role, proofs, roles } from '../../core';

export interface JsonSchema {
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly pattern?: string;
  readonly format?: string;
}

/** One address of the API with one method, as the product describes it. */
export interface Operation {
  readonly method: string;
  /** With names in braces: `/api/v1/people/{id}`. */
  readonly path: string;
  readonly query: readonly { readonly name: string; readonly schema: JsonSchema }[];
  readonly body?: JsonSchema;
  /** The body is a file. */
  readonly upload?: true;
  /** Nobody has to sign in for it. */
  readonly open: boolean;
  /** What is shown in place of a session. */
  readonly proof?: Proof;
  /** Who may use it, where not everybody may. */
  readonly roles: readonly Role[];
}

const jsonType = 'application/json';

const described = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        parameters: z
          .array(
            z.object({ name: z.string(), in: z.enum(['path', 'query']), schema: z.custom<JsonSchema>() }),
          )
          .optional(),
        requestBody: z
          .object({ content: z.record(z.string(), z.object({ schema: z.custom<JsonSchema>().optional() })) })
          .optional(),
        security: z.array(z.record(z.string(), z.array(z.enum(roles)))),
      }),
    ),
  ),
});

/** Every operation of a running product: a new route is among them without anybody writing it down. */
export async function operationsOf(url: string): Promise<readonly Operation[]> {
  const response = await fetch(`${url}/api/openapi.json`);
  const { paths } = described.parse(await response.json());
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([
        method,
        {
          parameters = [],
          requestBody,
          security: [scheme = {}],
        },
      ]) => {
        const proof = proofs.find(each => scheme[each]);
        return {
          method: method.toUpperCase(),
          path,
          query: parameters.filter(each => each.in === 'query'),
          open: !scheme['session'],
          roles: scheme['session'] ?? [],
          ...(proof ? { proof } : {}),
          ...(requestBody && !requestBody.content[jsonType] ? { upload: true as const } : {}),
          ...(requestBody?.content[jsonType]?.schema ? { body: requestBody.content[jsonType].schema } : {}),
        };
      },
    ),
  );
}

/** How the parts of a value are made that a schema leaves open. */
export interface Making {
  text(name: string, schema: JsonSchema): unknown;
  pick?<T>(list: readonly T[]): T | undefined;
}

/** A value that the schema describes, patterns apart; everything optional is there too. */
export function valueOf(schema: JsonSchema, making: Making, name = ''): unknown {
  const pick = making.pick ?? (list => list[0]);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return pick(schema.enum);
  const one = pick(schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []);
  if (one) return valueOf(one, making, name);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([key, each]) => [key, valueOf(each, making, key)]),
      );
    case 'array':
      return schema.maxItems === 0 ? [] : [valueOf(schema.items ?? {}, making, name)];
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return pick([true, false]);
    case 'null':
      return null;
    default:
      return making.text(name, schema);
  }
}

/** Where objects stand in a value, itself among them, with what may be in each. */
export function objectPlaces(
  schema: JsonSchema,
  path: readonly string[] = [],
): { readonly path: readonly string[]; readonly schema: JsonSchema }[] {
  const [first] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? [];
  if (first) return objectPlaces(first, path);
  if (schema.type === 'array') return objectPlaces(schema.items ?? {}, [...path, '0']);
  if (schema.type !== 'object') return [];
  const inner = Object.entries(schema.properties ?? {});
  return [{ path, schema }, ...inner.flatMap(([name, each]) => objectPlaces(each, [...path, name]))];
}

/** Where texts stand in a value, as paths of names. */
export function textPlaces(schema: JsonSchema, path: readonly string[] = []): (readonly string[])[] {
  const [first] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? [];
  if (first) return textPlaces(first, path);
  if (schema.type === 'object')
    return Object.entries(schema.properties ?? {}).flatMap(([name, each]) =>
      textPlaces(each, [...path, name]),
    );
  if (schema.type === 'array') return textPlaces(schema.items ?? {}, [...path, '0']);
  return schema.type === 'string' ? [path] : [];
}

/** What a value holds at a place. */
export const heldAt = (value: unknown, place: readonly string[]): unknown =>
  place.reduce<unknown>(
    (inner, name) => Object.entries(Object(inner)).find(([key]) => key === name)?.[1],
    value,
  );

/** A copy of `value` in which the place holds something else. */
export function placed(value: unknown, [name, ...rest]: readonly string[], inner: unknown): unknown {
  if (name === undefined) return inner;
  if (Array.isArray(value))
    return value.map((each: unknown, index) => (String(index) === name ? placed(each, rest, inner) : each));
  const entries = Object.entries<unknown>(Object(value));
  return Object.fromEntries(
    entries.map(([key, each]) => [key, key === name ? placed(each, rest, inner) : each]),
  );
}
