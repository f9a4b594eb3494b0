/**
 * Headers, Request and Response as far as a function behind API Gateway needs them. Node's own read in all of undici when they are first
 * touched, which takes a cold process as long as starting it; so the Lambda bundles put these in their place
 * (infra/build/bundle.ts), and a test holds them against the real ones. What is beyond them goes to the real ones.
 */
type Content = string | Uint8Array<ArrayBuffer> | null;
type HeadersInput = Iterable<readonly [string, string]> | Readonly<Record<string, string>>;
interface ResponseOptions {
  readonly status?: number;
  readonly statusText?: string;
  readonly headers?: HeadersInput | undefined;
}

const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const NO_VALUE = /[\0\r\n]|[^\0-\xff]/;
const SET_COOKIE = 'set-cookie';

class LightHeaders {
  readonly #values = new Map<string, string[]>();

  constructor(init?: HeadersInput) {
    if (!init) return;
    const pairs = Symbol.iterator in init ? init : Object.entries(init);
    for (const [name, value] of pairs as Iterable<readonly [string, string]>) this.append(name, value);
  }

  append(name: string, value: string): void {
    const key = keyOf(name);
    const held = this.#values.get(key);
    if (held) held.push(clean(value));
    else this.#values.set(key, [clean(value)]);
  }
  set(name: string, value: string): void {
    this.#values.set(keyOf(name), [clean(value)]);
  }
  get(name: string): string | null {
    const key = keyOf(name);
    return this.#values.get(key)?.join(key === 'cookie' ? '; ' : ', ') ?? null;
  }
  has(name: string): boolean {
    return this.#values.has(keyOf(name));
  }
  delete(name: string): void {
    this.#values.delete(keyOf(name));
  }
  getSetCookie(): string[] {
    return [...(this.#values.get(SET_COOKIE) ?? [])];
  }

  /** By name; every cookie that is set on its own. */
  *entries(): Generator<[string, string]> {
    for (const name of [...this.#values.keys()].sort())
      if (name === SET_COOKIE) for (const value of this.getSetCookie()) yield [name, value];
      else yield [name, this.get(name)!];
  }
  *keys(): Generator<string> {
    for (const [name] of this.entries()) yield name;
  }
  *values(): Generator<string> {
    for (const [, value] of this.entries()) yield value;
  }
  forEach(visit: (value: string, name: string, headers: this) => void): void {
    for (const [name, value] of this.entries()) visit(value, name, this);
  }
  [Symbol.iterator]() {
    return this.entries();
  }
}

function keyOf(name: string): string {
  if (!NAME.test(name)) throw new TypeError(`Headers: expected the name of a header; it is "${name}"`);
  return name.toLowerCase();
}

function clean(value: string): string {
  const text = String(value).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
  if (NO_VALUE.test(text)) throw new TypeError('Headers: expected the value of a header');
  return text;
}

/** What a request and a response have in common: content that is read once. */
class Body {
  readonly #content: Content;
  bodyUsed = false;

  constructor(content: Content) {
    this.#content = content;
  }
  protected get content(): Content {
    return this.#content;
  }
  async arrayBuffer(): Promise<ArrayBuffer> {
    const { buffer, byteOffset, byteLength } = this.#take();
    return buffer.slice(byteOffset, byteOffset + byteLength);
  }
  async text(): Promise<string> {
    const content = this.#content;
    if (typeof content !== 'string') return new TextDecoder().decode(this.#take());
    this.#take();
    return content.startsWith('\uFEFF') ? content.slice(1) : content;
  }
  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }
  #take(): Uint8Array<ArrayBuffer> {
    if (this.#content === null) return new Uint8Array();
    if (this.bodyUsed) throw new TypeError('Body is unusable: Body has already been read');
    this.bodyUsed = true;
    return typeof this.#content === 'string' ? new TextEncoder().encode(this.#content) : this.#content;
  }
}

class LightResponse extends Body {
  readonly status: number;
  readonly statusText: string;
  readonly headers: LightHeaders;

  constructor(body?: BodyInit | null, options: ResponseOptions = {}) {
    const content = contentOf(body);
    super(content ?? null);
    this.status = options.status ?? 200;
    this.statusText = options.statusText ?? '';
    this.headers = new LightHeaders(options.headers);
    // biome-ignore lint/correctness/noConstructorReturn: a body that this class does not know makes a real response
    if (content === undefined) return reallyA(body, options) as unknown as LightResponse;
    if (this.status < 200 || this.status > 599)
      throw new RangeError(`Response: expected a status from 200 to 599; it is ${this.status}`);
    if (typeof content === 'string' && !this.headers.has('content-type'))
      this.headers.set('content-type', 'text/plain;charset=UTF-8');
  }

  get ok(): boolean {
    return this.status < 300;
  }
  /** No stream, but what the constructor takes: enough to make another response of it. */
  get body(): Content {
    return this.content;
  }
  async formData(): Promise<FormData> {
    return reallyA(await this.arrayBuffer(), this).formData();
  }
}

class LightRequest extends Body {
  readonly url: string;
  readonly method: string;
  readonly headers: LightHeaders;

  constructor(url: string, options: { method?: string; headers?: HeadersInput; body?: BodyInit } = {}) {
    const content = contentOf(options.body);
    if (content === undefined) throw new TypeError('Request: expected text or bytes for a body');
    super(content);
    this.url = new URL(url).href;
    this.method = options.method ?? 'GET';
    this.headers = new LightHeaders(options.headers);
  }
  get body(): ReadableStream | null {
    return this.content === null ? null : new globalThis.Response(this.content).body;
  }
}

/** Undefined: something that only the real ones know. */
function contentOf(body: BodyInit | null | undefined): Content | undefined {
  if (body === null || body === undefined) return null;
  if (typeof body === 'string' || body instanceof Uint8Array) return body as string | Uint8Array<ArrayBuffer>;
  return body instanceof ArrayBuffer ? new Uint8Array(body) : undefined;
}

const reallyA = (body: BodyInit | null | undefined, { headers, ...rest }: ResponseOptions) =>
  new globalThis.Response(body, {
    ...(rest.status !== undefined && { status: rest.status }),
    headers: new globalThis.Headers([...new LightHeaders(headers)]),
  });

export { LightHeaders as Headers, LightRequest as Request, LightResponse as Response };
