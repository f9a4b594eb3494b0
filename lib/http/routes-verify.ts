/** What judges: verify. */

import { readBody } from './body.ts';
import { type App, type AppParts, callOf, langOf, limitHeaders, note } from './context.ts';
import { invalid, ProblemError, refusalProblem } from './problem.ts';
import { verdictReply } from './replies.ts';
import { jsonReply } from './reply.ts';
import { verifyBody } from './schemas.ts';
import { callerOf, pageHost } from './visitor.ts';

export function mountVerify(app: App, parts: AppParts): void {
  app.post(`${parts.basePath}/captcha/verify`, async (context) => {
    const body = await readBody(context, verifyBody);
    const { subject, sitekey } = callerOf(parts, context, body.client_ip, body.sitekey);
    const id = body.captcha_id ?? parts.cookies.read(context, body.form);
    if (id === undefined)
      throw new ProblemError(
        invalid('captcha_id', '32 characters of 0-9 and a-z, or the cookie of a picture'),
      );
    const verdict = await parts.service.verify(
      {
        id,
        answer: body.answer,
        attempt: body.attempt,
        sitekey,
        session: body.session,
        hostname: pageHost(context),
      },
      subject,
      callOf(context),
    );
    if (!verdict.ok) throw new ProblemError(refusalProblem(verdict));
    limitHeaders(context, verdict.limit);
    note(context, {}, verdict.verified ? 'right' : 'next' in verdict ? 'next' : 'wrong');
    return jsonReply(context, verdictReply(verdict, langOf(parts, context)));
  });
}
