/** What the routes share: the parts they are given, the context they see, and two habits. */
import type { Log } from '../observe/log.ts';
import type { Observe } from '../observe/request.ts';
import type { Decision } from '../rate-limit/limiter.ts';
import type { CaptchaService } from '../service/contract.ts';
import type { Health } from '../service/health.ts';
import type { SigningKeys } from '../token/signing.ts';
import type { CookieJar } from './cookie.ts';
import { negotiate } from './language.ts';
import type { Lang } from './messages.ts';
import type { MediaHabits } from './notice.ts';
import { rateLimitFields } from './problem.ts';
import type { RequestContext } from './request.ts';
import type { VisitorParts } from './visitor.ts';
import type { WidgetFiles } from './widget-routes.ts';

export { type App, callOf, note, type RequestContext } from './request.ts';

export type Role = 'generate' | 'verify' | 'health';

/** Whether a visitor may go on (gate.ts). */
export type Gate = (address: string) => Promise<boolean>;

export interface AppParts extends VisitorParts {
  readonly service: CaptchaService;
  readonly health: () => Promise<Health>;
  readonly cookies: CookieJar;
  readonly log: Log;
  readonly lang: Lang;
  readonly basePath: string;
  readonly roles: readonly Role[];
  readonly observe: Observe;
  readonly signing: SigningKeys;
  readonly openapi?: object | undefined;
  readonly media: MediaHabits;
  /** Absent in a deployment that does not serve the widget. */
  readonly widget?: WidgetFiles | undefined;
  /** Before everything that a visitor may ask. */
  readonly gate?: Gate | undefined;
}

/** The language of a reply: of a challenge that is asked for, of a message, or to a request whose other fields are beyond reading. */
export function langOf(parts: Pick<AppParts, 'lang' | 'sites'>, context: RequestContext): Lang {
  const { asked, seen } = context.get('trace');
  const sitekey = seen.site ?? asked?.sitekey ?? context.req.query('sitekey');
  const site = sitekey === undefined ? parts.sites.default : parts.sites.byKey(sitekey);
  const wanted = asked?.lang ?? context.req.query('lang');
  return negotiate(wanted, context.req.header('Accept-Language'), site?.lang ?? parts.lang);
}

export function limitHeaders(context: RequestContext, decision: Decision | undefined): void {
  if (decision) Object.assign(context.get('trace').headers, rateLimitFields(decision));
}
