/** What draws: generate, refresh, the picture of a live challenge, and the one-step picture for pages without script. */

import type { Issued, Refusal } from '../service/contract.ts';
import { readBody } from './body.ts';
import type { App, AppParts, RequestContext } from './context.ts';
import { callOf, langOf, limitHeaders, note } from './context.ts';
import { mediaReply } from './media.ts';
import { ProblemError, refusalProblem } from './problem.ts';
import { challengeJson } from './replies.ts';
import { jsonReply } from './reply.ts';
import { captchaId, generateQuery, imageQuery, parse, refreshBody } from './schemas.ts';
import { callerOf, subjectOf } from './visitor.ts';

export function mountGenerate(app: App, parts: AppParts): void {
  const base = `${parts.basePath}/captcha`;

  app.get(`${base}/generate`, async (context) => {
    refuseHead(context);
    const { client_ip, lang: _, ...query } = parse(generateQuery, context.req.query());
    const { subject, sitekey } = callerOf(parts, context, client_ip, query.sitekey);
    const lang = langOf(parts, context);
    const issued = await parts.service.generate({ ...query, sitekey, lang }, subject, callOf(context));
    return jsonReply(context, challengeJson(accept(context, issued)));
  });

  app.post(`${base}/refresh`, async (context) => {
    const body = await readBody(context, refreshBody);
    const subject = subjectOf(parts, context, body.client_ip);
    const lang = body.lang === undefined ? undefined : langOf(parts, context);
    const wanted = { id: body.captcha_id, kind: body.kind, lang };
    const issued = await parts.service.refresh(wanted, subject, callOf(context));
    return jsonReply(context, challengeJson(accept(context, issued)));
  });

  app.get(`${base}/image`, async (context) => {
    refuseHead(context);
    const { form, lang: _, ...query } = parse(imageQuery, context.req.query());
    const { subject, sitekey } = callerOf(parts, context, undefined, query.sitekey);
    const lang = langOf(parts, context);
    const issued = accept(
      context,
      await parts.service.generate({ ...query, sitekey, lang }, subject, callOf(context)),
    );
    parts.cookies.write(context, form, issued.id);
    return picture(parts, context, issued);
  });

  app.get(`${base}/:id/image`, async (context) => {
    const { id } = parse(captchaId, context.req.param());
    const subject = subjectOf(parts, context, undefined);
    const issued = accept(context, await parts.service.recall(id, subject, callOf(context)), 'shown');
    return picture(parts, context, issued);
  });
}

function accept(context: RequestContext, result: Issued | Refusal, outcome = 'issued'): Issued {
  if (!result.ok) throw new ProblemError(refusalProblem(result));
  limitHeaders(context, result.limit);
  note(context, {}, outcome);
  return result;
}

function picture(parts: AppParts, context: RequestContext, issued: Issued) {
  context.header('X-Captcha-Id', issued.id);
  return mediaReply(parts, context, issued.puzzle.picture());
}

/** A HEAD must create nothing, and without creating there is nothing to tell. */
function refuseHead(context: RequestContext): void {
  if (context.req.raw.method !== 'HEAD') return;
  throw new ProblemError({
    status: 405,
    slug: 'method_not_allowed',
    text: 'method',
    values: { expected: 'GET' },
    headers: { Allow: 'GET' },
  });
}
