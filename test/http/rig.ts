/** The real app over the real parts, with a clock to turn and addresses to choose. Nothing is faked but time. */
import { loadEncoder, loadRenderAssets } from '../../functions/assets.ts';
import { nodePrimitives } from '../../functions/node-primitives.ts';
import { loadSpeech } from '../../functions/speech.ts';
import type { Kinds } from '../../lib/challenge/choose.ts';
import { createKinds } from '../../lib/challenge/registry.ts';
import { readConfig } from '../../lib/config.ts';
import { type ClientAddress, nodeAddress } from '../../lib/http/address.ts';
import { assemble } from '../../lib/http/assemble.ts';
import type { Gate } from '../../lib/http/context.ts';
import openapi from '../../lib/http/openapi.json' with { type: 'json' };
import type { WidgetFiles } from '../../lib/http/widget-routes.ts';
import type { LogEvent } from '../../lib/observe/log.ts';
import type { Meter } from '../../lib/observe/request.ts';
import { createRenderer } from '../../lib/render/renderer.ts';
import type { Hook } from '../../lib/service/hooks.ts';
import { createMemoryStore } from '../../lib/store/memory.ts';
import type { Store } from '../../lib/store/store.ts';
import { PORTABLE } from '../../lib/token/primitives.ts';

const renderer = createRenderer(loadRenderAssets());
export const kinds = createKinds(renderer, { text: { loadEncoder } });
const speech = loadSpeech();
export const SECRET = 'development-secret-never-use-in-production';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what the wire gives
  readonly body: any;
  readonly bytes: Uint8Array;
}

export interface RigOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Without Node's own cryptography. */
  readonly portable?: boolean;
  /** Instead of the usual kinds. */
  readonly kinds?: Kinds;
  readonly ownQuestions?: number;
  /** Without voices. */
  readonly silent?: boolean;
  readonly widget?: WidgetFiles;
  /** Instead of the socket's peer. */
  readonly clientAddress?: ClientAddress;
  /** Wraps the store, to break it. */
  readonly wrap?: (store: Store) => Store;
  readonly hooks?: readonly Hook[];
  readonly meters?: readonly Meter[];
  readonly gate?: Gate;
}

export interface CallOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object goes as JSON, a string as it is. */
  readonly body?: object | string;
  /** The socket's peer. */
  readonly from?: string;
}

export function rig(options: RigOptions = {}) {
  let now = Date.UTC(2026, 0, 1, 12);
  const clock = () => now;
  const events: LogEvent[] = [];
  const config = readConfig({ NODE_ENV: 'development', ...options.env });
  const memory = createMemoryStore({ clock });
  const store = options.wrap?.(memory) ?? memory;
  const { app, service } = assemble(config, {
    store,
    kinds: options.kinds ?? kinds,
    speech: options.silent ? undefined : speech,
    ownQuestions: options.ownQuestions,
    widget: options.widget,
    clock,
    clientAddress: options.clientAddress ?? nodeAddress,
    primitives: options.portable ? PORTABLE : nodePrimitives,
    roles: ['generate', 'verify', 'health'],
    log: (event) => events.push(event),
    renderer,
    openapi,
    hooks: options.hooks,
    meters: options.meters,
    gate: options.gate,
  });
  let visitors = 0;

  const call = async (path: string, { method, headers, body, from }: CallOptions = {}): Promise<Reply> => {
    const json = typeof body === 'object';
    const response = await app.request(
      new Request(new URL(path, 'http://localhost:8787'), {
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        headers: { ...(json && { 'Content-Type': 'application/json' }), ...headers },
        ...(body !== undefined && { body: json ? JSON.stringify(body) : body }),
      }),
      undefined,
      { incoming: { socket: { remoteAddress: from ?? '127.0.0.1' } } },
    );
    const bytes = new Uint8Array(await response.arrayBuffer());
    const isJson = response.headers.get('Content-Type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson && bytes.length > 0 ? JSON.parse(new TextDecoder().decode(bytes)) : undefined,
      bytes,
    };
  };

  /** A visitor whom no limit has seen. */
  const newVisitor = () => {
    visitors++;
    return `10.${(visitors >> 16) & 255}.${(visitors >> 8) & 255}.${visitors & 255}`;
  };

  return {
    app,
    call,
    config,
    events,
    service,
    store,
    newVisitor,
    advance(ms: number) {
      now += ms;
    },
    now: clock,
    generate: (query = '', from = newVisitor()) => call(`/api/captcha/generate?${query}`, { from }),
    verify: (body: object, from = newVisitor()) => call('/api/captcha/verify', { body, from }),
    siteverify: (response: string, more: object = {}) =>
      call('/api/captcha/siteverify', { body: { secret: SECRET, response, ...more } }),
    /** What the server knows. */
    async answerOf(id: string): Promise<string> {
      const issued = await service.recall(id, { address: newVisitor() });
      if (!issued.ok) throw new Error(`no live challenge ${id}`);
      return issued.puzzle.answer;
    },
    /** A wrong answer of the right shape. */
    async wrongAnswerOf(id: string): Promise<string> {
      const right = await this.answerOf(id);
      return right === 'A' ? 'B' : right.length === 1 ? 'A' : [...right].reverse().join('') + right[0];
    },
  };
}

export type Rig = ReturnType<typeof rig>;
