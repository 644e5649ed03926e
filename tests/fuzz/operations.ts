import { z } from 'zod';

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
  readonly minLength?: number;
  readonly minimum?: number;
}

/** One address of the API with one method, as the product describes it. */
export interface Operation {
  readonly method: string;
  /** With names in braces: `/api/v1/people/{id}`. */
  readonly path: string;
  readonly query: readonly string[];
  readonly body?: JsonSchema;
  /** Nobody has to sign in for it. */
  readonly open: boolean;
}

const described = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        parameters: z.array(z.object({ name: z.string(), in: z.enum(['path', 'query']) })).optional(),
        requestBody: z
          .object({ content: z.object({ 'application/json': z.object({ schema: z.custom<JsonSchema>() }) }) })
          .optional(),
        security: z.array(z.unknown()).optional(),
      }),
    ),
  ),
});

/** Every operation of a running product: a new route is among them without anybody writing it down. */
export async function operationsOf(url: string): Promise<readonly Operation[]> {
  const response = await fetch(`${url}/api/openapi.json`);
  const { paths } = described.parse(await response.json());
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody, security }]) => ({
      method: method.toUpperCase(),
      path,
      query: parameters.filter(each => each.in === 'query').map(each => each.name),
      open: security === undefined,
      ...(requestBody ? { body: requestBody.content['application/json'].schema } : {}),
    })),
  );
}

/** A value that the schema describes, patterns apart. `text` gives each text; everything optional is there too. */
export function valueOf(schema: JsonSchema, text: () => unknown): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [first] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? [];
  if (first) return valueOf(first, text);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, each]) => [name, valueOf(each, text)]),
      );
    case 'array':
      return [valueOf(schema.items ?? {}, text)];
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return text();
  }
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
