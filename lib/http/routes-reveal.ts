/** What a hand brings to light: the trail of a pointer for the picture that it uncovers. */
import { readBody } from './body.ts';
import { type App, type AppParts, callOf, limitHeaders, note } from './context.ts';
import { ProblemError, refusalProblem } from './problem.ts';
import { revealReply } from './replies.ts';
import { jsonReply } from './reply.ts';
import { captchaId, parse, revealBody } from './schemas.ts';
import { subjectOf } from './visitor.ts';

export function mountReveal(app: App, parts: AppParts): void {
  app.post(`${parts.basePath}/captcha/:id/reveal`, async (context) => {
    const { id } = parse(captchaId, context.req.param());
    const { trail, client_ip } = await readBody(context, revealBody);
    const subject = subjectOf(parts, context, client_ip);
    const revealed = await parts.service.reveal({ id, trail }, subject, callOf(context));
    if (!revealed.ok) throw new ProblemError(refusalProblem(revealed));
    limitHeaders(context, revealed.limit);
    note(context, {}, revealed.revealed ? 'revealed' : 'missed');
    return jsonReply(context, revealReply(revealed));
  });
}
