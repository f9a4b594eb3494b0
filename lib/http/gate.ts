/**
 * A cheap gate in front of the limits: the platform's own counter, asked before any store is. It may count loosely (Cloudflare's counts
 * by location); whatever it lets through is counted exactly behind it.
 */
import type { App, AppParts, Gate } from './context.ts';
import { ProblemError } from './problem.ts';
import { siteOfBearer, subjectOf } from './visitor.ts';

/** The shortest period that such counters know. */
const RETRY_AFTER_SECONDS = 10;

/** Before visitors only: a site's own server, shown by its secret, speaks for many of them. */
export function mountGate(app: App, parts: AppParts, gate: Gate): void {
  const base = `${parts.basePath}/captcha`;
  app.use(`${base}/*`, async (context, next) => {
    if (context.req.path !== `${base}/siteverify` && !siteOfBearer(parts, context)) {
      const subject = subjectOf(parts, context, undefined);
      // A gate that fails stands open: the limits behind it still hold.
      if ('address' in subject && !(await gate(subject.address).catch(() => true)))
        throw new ProblemError({
          status: 429,
          slug: 'rate_limited',
          text: 'rate_limited',
          values: { seconds: RETRY_AFTER_SECONDS },
          headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) },
        });
    }
    await next();
  });
}
