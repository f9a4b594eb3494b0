/** The OpenAPI 3.1 document: made of the schemas that validate requests (lib/http/schemas.ts) and of those that replies are held against. */
import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { VERSION } from '../../../lib/util/version.ts';
import { FIELDS } from './fields.ts';
import { OPERATIONS, type Operation } from './operations.ts';
import * as replies from './replies.ts';

type Json = Readonly<Record<string, unknown>>;

const BASE = '/api';
const SCHEMAS = {
  Problem: replies.problem,
  Challenge: replies.challenge,
  Verdict: replies.verdict,
  Revealed: replies.revealed,
  Redemption: replies.redemption,
  Health: replies.health,
  Jwks: replies.jwks,
} as const;

const TRAIL = {
  type: 'array',
  minItems: 8,
  maxItems: 512,
  items: { type: 'array', items: { type: 'number' }, minItems: 3, maxItems: 3 },
};

const HEADERS: Readonly<Record<string, { readonly text: string; readonly schema: Json }>> = {
  'X-Request-Id': { text: 'Ties the reply to the log.', schema: { type: 'string', format: 'uuid' } },
  'Cache-Control': { text: '`no-store` unless said otherwise.', schema: { type: 'string' } },
  'Retry-After': {
    text: 'Seconds until it is worth trying again.',
    schema: { type: 'string', pattern: '^\\d+$' },
  },
  RateLimit: { text: 'draft-ietf-httpapi-ratelimit-headers-10.', schema: { type: 'string' } },
  'RateLimit-Policy': { text: 'draft-ietf-httpapi-ratelimit-headers-10.', schema: { type: 'string' } },
  'X-Captcha-Id': { text: 'The challenge.', schema: { type: 'string', pattern: '^[0-9a-z]{32}$' } },
  'X-Captcha-Take': { text: 'Which take this is.', schema: { type: 'string', pattern: '^[1-3]$' } },
  'Set-Cookie': { text: 'Sealed; holds the last four challenges by form.', schema: { type: 'string' } },
  ETag: { text: 'Names the take, for If-Range.', schema: { type: 'string' } },
  'Accept-Ranges': { text: 'bytes', schema: { type: 'string' } },
  'Content-Range': { text: 'Which part this is.', schema: { type: 'string' } },
  Allow: { text: 'The methods that there are.', schema: { type: 'string' } },
};

const STATUSES: Readonly<Record<number, string>> = {
  206: 'A part of it',
  400: 'Missing or malformed input; `error` says which field and what was expected',
  403: 'Refused by a hook of the operator’s; only where there is one',
  404: 'The challenge is unknown, used or expired: one answer for all three',
  405: 'Not by this method',
  409: 'There is no spoken form, or no take is left',
  413: 'The body is over 16 KiB',
  415: 'Neither JSON nor a form',
  416: 'No such part',
  429: 'Too many requests, or a brake of the site’s',
  500: 'A fault of the service; the request id ties it to the log',
  503: 'The store cannot be reached, or is full',
};

export function openapiDocument(): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of OPERATIONS) {
    const path = operation.path.startsWith('//') ? operation.path.slice(1) : BASE + operation.path;
    paths[path] = { ...paths[path], [operation.method]: operationObject(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Glyphgate',
      version: VERSION,
      description:
        'A CAPTCHA service that its users own. Every reply carries X-Request-Id; errors have one envelope (Problem), except those of siteverify. The base path /api can be configured.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'Where this document was fetched from' }],
    security: [{}],
    tags: [
      { name: 'challenge', description: 'For visitors’ browsers, or a site’s server in their stead' },
      { name: 'site', description: 'For a protected site’s back end' },
      { name: 'service', description: 'About the service itself' },
    ],
    paths,
    components: {
      schemas: Object.fromEntries(
        Object.entries(SCHEMAS).map(([name, schema]) => [name, jsonSchema(schema)]),
      ),
      headers: Object.fromEntries(
        Object.entries(HEADERS).map(([name, { text: description, schema }]) => [
          name,
          { description, schema },
        ]),
      ),
      securitySchemes: {
        secret: {
          type: 'http',
          scheme: 'bearer',
          description: 'The secret of a site, from its own server only.',
        },
      },
    },
  };
}

function operationObject(operation: Operation): Json {
  const { id, tag, summary, text, params, query, body, bearer, refusals } = operation;
  const parameters = [...parametersOf('path', params), ...parametersOf('query', query)];
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(text && { description: text }),
    ...(bearer && { security: [{}, { secret: [] }] }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: bodyContent(body) } }),
    responses: Object.fromEntries(
      [200, ...refusals].toSorted().map((status) => [status, response(operation, status)]),
    ),
  };
}

function parametersOf(place: 'path' | 'query', schema: Operation['query']): Json[] {
  return Object.entries(schema ? propertiesOf(schema) : {}).map(([name, shape]) => {
    const { description, examples, ...bare } = shape as { description: string; examples?: unknown[] };
    return {
      name,
      in: place,
      required: place === 'path',
      description,
      schema: bare,
      ...(examples && { example: examples[0] }),
    };
  });
}

function bodyContent({ schema, example }: NonNullable<Operation['body']>): Json {
  const shape =
    'entries' in schema
      ? {
          ...jsonSchema(schema as v.GenericSchema),
          properties: propertiesOf(schema as NonNullable<Operation['query']>),
        }
      : schema;
  const content = { schema: shape, example };
  // A form has no numbers: a trail goes as JSON.
  const form =
    'trail' in example
      ? {}
      : { 'application/x-www-form-urlencoded': content, 'multipart/form-data': content };
  return { 'application/json': content, ...form };
}

/** The properties of a schema, each with what it means. */
function propertiesOf(schema: NonNullable<Operation['query']>): Record<string, Json> {
  const { properties = {} } = jsonSchema(schema) as { properties?: Record<string, Json> };
  return Object.fromEntries(
    Object.entries(properties).map(([name, shape]) => {
      const field = FIELDS[name];
      if (!field) throw new Error(`infra/build/openapi/fields.ts: expected a line for the field ${name}`);
      const bare = name === 'trail' ? TRAIL : shape;
      return [
        name,
        {
          ...bare,
          description: field.text,
          ...(field.example !== undefined && { examples: [field.example] }),
        },
      ];
    }),
  );
}

function response({ reply, example, headers = [], own = {}, method }: Operation, status: number): Json {
  const special = {
    206: ['Content-Range'],
    405: ['Allow'],
    416: ['Content-Range'],
    429: ['Retry-After'],
    503: ['Retry-After'],
  };
  const names = [
    'X-Request-Id',
    'Cache-Control',
    ...(status < 300 || status === 429
      ? headers.filter((name) => status < 300 || name.startsWith('RateLimit'))
      : []),
    ...(special[status as keyof typeof special] ?? []),
  ];
  const bytes = status < 300 && typeof reply !== 'string';
  const name = status < 300 ? (reply as string) : (own[status] ?? 'Problem');
  const ref = { schema: { $ref: `#/components/schemas/${name}` } };
  const content = bytes
    ? Object.fromEntries(
        (reply as readonly string[]).map((type) => [
          type,
          type === 'application/json' ? { schema: { type: 'object' } } : {},
        ]),
      )
    : {
        [name === 'Jwks' ? 'application/jwk-set+json' : 'application/json']:
          status === 200 && example ? { ...ref, example } : ref,
      };
  return {
    description: status === 200 ? (method === 'get' && bytes ? 'The bytes' : 'Done') : STATUSES[status]!,
    headers: Object.fromEntries(names.map((header) => [header, { $ref: `#/components/headers/${header}` }])),
    ...(status !== 416 && { content }),
  };
}

function jsonSchema(schema: v.GenericSchema): Json {
  const { $schema: _, ...bare } = toJsonSchema(schema, {
    target: 'draft-2020-12',
    typeMode: 'input',
    errorMode: 'ignore',
  }) as Json;
  return bare;
}
