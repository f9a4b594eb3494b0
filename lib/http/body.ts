/** Reads a JSON or form body of bounded size into plain fields. */
import type { Context } from 'hono';
import type * as v from 'valibot';
import { ProblemError } from './problem.ts';
import type { RequestContext } from './request.ts';
import { parse } from './schemas.ts';

const MAX_BODY_BYTES = 16 * 1024;

export type Fields = Readonly<Record<string, unknown>>;

/** The fields that `schema` wants. The language that a body asks for is that of the reply, even where nothing else of it is right. */
export async function readBody<T extends v.GenericSchema>(
  context: RequestContext,
  schema: T,
): Promise<v.InferOutput<T>> {
  const fields = await readFields(context);
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  context.get('trace').asked = { lang: text(fields.lang), sitekey: text(fields.sitekey) };
  return parse(schema, fields);
}

export async function readFields(context: Context): Promise<Fields> {
  const type = mediaType(context.req.header('Content-Type'));
  if (type !== 'application/json' && type !== FORM && type !== MULTIPART)
    throw new ProblemError({ status: 415, slug: 'unsupported_media_type', text: 'media_type' });
  const bytes = await readBounded(context);
  if (type === 'application/json') return jsonFields(bytes);
  if (type === FORM) return formFields(bytes);
  try {
    const headers = { 'Content-Type': context.req.header('Content-Type')! };
    const form = await new Response(bytes, { headers }).formData();
    return Object.fromEntries([...form].filter(([, value]) => typeof value === 'string'));
  } catch {
    throw malformed('form fields');
  }
}

const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';

// Made once: to make one costs more than to decode a body.
const strict = new TextDecoder('utf-8', { fatal: true });
const lenient = new TextDecoder();

function mediaType(header: string | undefined): string {
  return (header ?? '').split(';')[0]!.trim().toLowerCase();
}

/** As `formData()` reads it, without what else that needs. A leading `?` belongs to the first name here. */
function formFields(bytes: Uint8Array): Fields {
  const text = lenient.decode(bytes).replace(/^\?/, '%3F');
  return Object.fromEntries(new URLSearchParams(text));
}

function jsonFields(bytes: Uint8Array<ArrayBuffer>): Fields {
  let value: unknown;
  try {
    value = JSON.parse(strict.decode(bytes));
  } catch {
    throw malformed('a JSON object');
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw malformed('a JSON object');
  return value as Fields;
}

/** Counts what really arrives; Content-Length is only a hint, to give up early. */
async function readBounded(context: Context): Promise<Uint8Array<ArrayBuffer>> {
  const announced = context.req.header('Content-Length');
  if (Number(announced ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  const request = context.req.raw;
  // HTTP/1.1 and later never deliver more than was announced, and reading it whole is several times cheaper.
  if (announced !== undefined && /^\d+$/.test(announced)) {
    const whole = new Uint8Array(await request.arrayBuffer());
    if (whole.length > MAX_BODY_BYTES) throw tooLarge();
    return whole;
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

const tooLarge = () =>
  new ProblemError({
    status: 413,
    slug: 'body_too_large',
    text: 'body_too_large',
    values: { limit: MAX_BODY_BYTES },
  });

const malformed = (expected: string) =>
  new ProblemError({ status: 400, slug: 'body_malformed', text: 'body_malformed', values: { expected } });
