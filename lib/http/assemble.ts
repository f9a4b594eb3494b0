/** Puts the parts together: from a checked Config and what the platform brings to the app. */
import type { Context } from 'hono';
import type { Speech } from '../audio/speech.ts';
import { ANSWERS } from '../challenge/answers.ts';
import { KINDS } from '../challenge/challenge.ts';
import type { Kinds } from '../challenge/choose.ts';
import type { Config } from '../config.ts';
import type { Log } from '../observe/log.ts';
import { createObserver, type ObserverOptions } from '../observe/request.ts';
import { maskAddress } from '../rate-limit/address.ts';
import { createRateLimiter } from '../rate-limit/limiter.ts';
import { withLimits } from '../rate-limit/rules.ts';
import type { Renderer } from '../render/renderer.ts';
import type { CaptchaService } from '../service/contract.ts';
import { createHealth } from '../service/health.ts';
import { type Hook, orderHooks, withHooks } from '../service/hooks.ts';
import { createService } from '../service.ts';
import type { Store } from '../store/store.ts';
import { createTokenIssuer } from '../token/jwt.ts';
import { createKeyring } from '../token/keys.ts';
import type { Primitives } from '../token/primitives.ts';
import { createSigningKeys } from '../token/signing.ts';
import { secureRandom } from '../util/random.ts';
import type { ClientAddress } from './address.ts';
import { createApp } from './app.ts';
import { assembleSites } from './assemble-sites.ts';
import type { App, Gate, Role } from './context.ts';
import { type CookieJar, createCookieJar } from './cookie.ts';
import { noticePicture } from './notice.ts';
import type { WidgetFiles } from './widget-routes.ts';

export interface Platform {
  readonly store: Store;
  readonly clientAddress: ClientAddress;
  /** Where the store has regions: which one a request comes from, and the shard that it makes of it (rate-limit/limiter.ts). */
  readonly regions?: Regions | undefined;
  /** A cheap counter of the platform's own (gate.ts). */
  readonly gate?: Gate | undefined;
  readonly log: Log;
  readonly roles: readonly Role[];
  /** Absent in a deployment that draws nothing. */
  readonly kinds?: Kinds | undefined;
  /** Absent in a deployment that is silent; then nothing can be heard, and kind audio cannot be had. */
  readonly speech?: Speech | undefined;
  /** Questions of the operator's own bank. */
  readonly ownQuestions?: number | undefined;
  /** The operator's own code around challenges (docs/hooks.md). */
  readonly hooks?: readonly Hook[] | undefined;
  /** Where samples of every request go, and what its line of the log holds besides. */
  readonly meters?: ObserverOptions['meters'];
  readonly annotate?: ObserverOptions['annotate'];
  /** Draws what stands in for refused pictures; absent in a deployment that draws nothing. */
  readonly renderer?: Renderer | undefined;
  /** The built widget (lib/widget/built.ts), where it is served from here. */
  readonly widget?: WidgetFiles | undefined;
  /** lib/http/openapi.json; absent: not served here. */
  readonly openapi?: object | undefined;
  readonly clock?: () => number;
  /** Faster cryptography than the portable one, where the platform has it. */
  readonly primitives?: Primitives;
}

export interface Regions {
  of(context: Context): number;
  shard(hash: number, region: number): number;
}

export interface Assembled {
  readonly app: App;
  readonly service: CaptchaService;
  readonly cookies: CookieJar;
}

export function assemble(config: Config, platform: Platform): Assembled {
  const clock = platform.clock ?? Date.now;
  const { store, speech } = platform;
  const kinds = platform.kinds && heardKinds(platform.kinds, speech);
  const ring = createKeyring(config.masterKeys, platform.primitives, config.testKeys);
  const sites = assembleSites(config, { kinds, log: platform.log, clock });
  const signing = createSigningKeys(config.signingKeys);
  const limiter = createRateLimiter({
    rules: withLimits(config.limits),
    pseudonym: (name) => ring.current.mac('address', name),
    shard: platform.regions?.shard,
    clock,
  });
  const hooks = orderHooks(platform.hooks ?? []);
  const bare = createService({
    store,
    limiter,
    ring,
    tokens: createTokenIssuer(ring, signing),
    sites,
    answers: ANSWERS,
    ...(kinds && { kinds }),
    speech,
    random: secureRandom(),
    clock,
    ttlSeconds: config.ttlSeconds,
    tokenTtlSeconds: config.tokenTtlSeconds,
  });
  const service = hooks.length > 0 ? withHooks(bare, hooks, platform.log) : bare;
  const { renderer } = platform;
  const cookies = createCookieJar(ring, config.development, config.ttlSeconds);
  const health = createHealth({
    store,
    kinds: KINDS,
    ownQuestions: platform.ownQuestions ?? 0,
    probeRenderer: kinds && (() => draws(kinds)),
    clock,
  });
  const app = createApp({
    service,
    health,
    sites,
    clientAddress: platform.clientAddress,
    region: platform.regions?.of,
    gate: platform.gate,
    trustedHops: config.trustedHops,
    cookies,
    log: platform.log,
    lang: config.lang,
    basePath: config.basePath,
    roles: platform.roles,
    observe: createObserver({
      ...config.observe,
      log: platform.log,
      mask: maskAddress,
      meters: platform.meters,
      annotate: platform.annotate,
    }),
    signing,
    openapi: platform.openapi,
    media: { hooks, notice: renderer && ((notice) => noticePicture(renderer, notice)) },
    widget: platform.widget,
  });
  return { app, service, cookies };
}

/** What nobody can hear is not given to anyone. */
function heardKinds({ audio, ...others }: Kinds, speech: Speech | undefined): Kinds {
  return audio && speech ? { ...others, audio } : others;
}

/** One small picture of the first kind that there is. */
function draws(kinds: Kinds): boolean {
  const kind = Object.values(kinds)[0];
  const preset = kind?.presets[0];
  if (!kind || !preset) return false;
  const spec = { seed: 'health', preset: preset.name, difficulty: 1, lang: 'en', format: 'png' } as const;
  return kind.generate(spec).picture().bytes.length > 0;
}
