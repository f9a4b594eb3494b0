/** Replies that are pictures and sounds: their headers, and what a refused one shows where the site or a hook wants it to show anything. */
import { describeError } from '../observe/log.ts';
import type { Hook, Media } from '../service/hooks.ts';
import type { AppParts, RequestContext } from './context.ts';
import type { Lang } from './messages.ts';
import { noticeSound } from './notice.ts';
import type { Problem } from './problem.ts';
import { routeName } from './trace.ts';

const PICTURES = ['image', ':id/image'];
const SOUNDS = [':id/audio'];

export function mediaReply(parts: AppParts, context: RequestContext, media: Media) {
  mediaHeaders(parts, context, media.mediaType);
  return context.body(media.bytes);
}

/** Of several hooks that set one header the first, which has the highest priority, prevails. */
export function mediaHeaders(parts: AppParts, context: RequestContext, mediaType: string): void {
  context.header('Content-Type', mediaType);
  const route = routeName(parts.basePath, context);
  for (const hook of parts.media.hooks.toReversed())
    said(parts, context, hook, () => {
      for (const [name, value] of Object.entries(hook.mediaHeaders?.({ route }) ?? {}))
        context.header(name, value);
    });
}

/** What a hook makes of media. One that throws has said nothing: there is a reply all the same, and the log tells of it. */
function said<T>(parts: AppParts, context: RequestContext, hook: Hook, ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    parts.log({
      level: 'error',
      event: 'hook_failed',
      request_id: context.get('requestId'),
      hook: hook.name,
      route: routeName(parts.basePath, context),
      error: describeError(error),
    });
    return undefined;
  }
}

/** Undefined: the refusal is JSON as everywhere. */
export function refusedMedia(
  parts: AppParts,
  context: RequestContext,
  { status, headers = {} }: Problem,
  lang: Lang,
): Response | undefined {
  const route = routeName(parts.basePath, context);
  const sound = SOUNDS.includes(route);
  if (!sound && !PICTURES.includes(route)) return undefined;
  const own = () => {
    const { sites, media } = parts;
    const site = sites.byKey(context.get('trace').seen.site ?? '') ?? sites.default;
    if (!site.errorMedia) return undefined;
    if (sound) return noticeSound();
    const after = headers['Retry-After'];
    return media.notice?.({ status, lang, retrySeconds: after === undefined ? undefined : Number(after) });
  };
  let found: Media | undefined;
  for (const hook of parts.media.hooks)
    found ??= said(parts, context, hook, () => hook.refusedMedia?.({ route, status, lang }));
  found ??= own();
  return found && context.body(found.bytes, status, { ...headers, 'Content-Type': found.mediaType });
}
