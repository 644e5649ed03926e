import { z } from 'zod';
import { sessionCookie } from '../agent-desk';
import type { Proof, Route } from '../core';

type Json = Readonly<Record<string, unknown>>;

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return json;
};

function parameters(schema: z.ZodType | undefined, where: 'path' | 'query'): Json[] {
  if (!schema) return [];
  const json = schemaOf(schema, 'input') as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(json.properties ?? {}).map(([name, each]) => ({
    name,
    in: where,
    required: where === 'path' || (json.required ?? []).includes(name),
    schema: each,
  }));
}

const failure = {
  description: 'What was wrong',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Failure' } } },
};

/** How callers show who they are. A route names one of them, or none. */
const schemes: Readonly<Record<Proof | 'session', Json>> = {
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: sessionCookie,
    description: [
      'Set by POST /api/v1/session. Whatever changes something is refused (403) when `Origin` or `Sec-Fetch-Site` names a page of',
      'another site; programs send neither. The roles of an operation stand beside the name of the scheme.',
    ].join(' '),
  },
  visitor: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: '`Visitor <token>`: the token that the web chat was given when it connected.',
  },
  partner: {
    type: 'http',
    scheme: 'bearer',
    description: 'A key of PARTNER_API_KEYS; it stands for one agency.',
  },
};

function security(route: Route): readonly Readonly<Record<string, readonly string[]>>[] {
  if (route.access !== 'public') return [{ session: route.access }];
  return route.proof ? [{ [route.proof]: [] }] : [];
}

function operation(route: Route): Json {
  const list = [...parameters(route.params, 'path'), ...parameters(route.query, 'query')];
  return {
    summary: route.summary,
    ...(list.length > 0 ? { parameters: list } : {}),
    ...(route.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(route.body, 'input') } },
          },
        }
      : {}),
    ...(route.upload
      ? {
          requestBody: {
            required: true,
            content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
          },
        }
      : {}),
    responses: {
      '200': {
        description: 'Done',
        content: { 'application/json': { schema: schemaOf(route.returns, 'output') } },
      },
      '400': failure,
      ...(route.access === 'public' && !route.proof ? {} : { '401': failure, '403': failure }),
    },
    security: security(route),
  };
}

/** The description of the HTTP API, made from the routes themselves. */
export function openApi(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/gu, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'ThamRat', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      securitySchemes: schemes,
      schemas: {
        Failure: {
          type: 'object',
          properties: {
            error: {
              type: 'object',
              properties: { code: { type: 'string' }, message: { type: 'string' } },
              required: ['code', 'message'],
            },
          },
          required: ['error'],
        },
      },
    },
  };
}
