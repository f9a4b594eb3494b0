/**
 * The spoken form of a challenge, as a WAV file. Each request without a range is another take, until there are no more; requests for a
 * part of it continue the take had last, so that a player that asks in pieces gets pieces of one. `take` names one again.
 */
import type { Rate } from '../audio/speech.ts';
import type { Heard, Unheard } from '../service/contract.ts';
import {
  type App,
  type AppParts,
  callOf,
  langOf,
  limitHeaders,
  note,
  type RequestContext,
} from './context.ts';
import { mediaHeaders } from './media.ts';
import { type Problem, ProblemError, refusalProblem } from './problem.ts';
import { isPartial, rangeOf } from './ranges.ts';
import { audioQuery, captchaId, parse } from './schemas.ts';
import { subjectOf } from './visitor.ts';

export function mountAudio(app: App, parts: AppParts): void {
  app.get(`${parts.basePath}/captcha/:id/audio`, async (context) => {
    const { id } = parse(captchaId, context.req.param());
    const { lang, rate, speed, take } = parse(audioQuery, context.req.query());
    const range = context.req.header('Range');
    const heard = await parts.service.listen(
      {
        id,
        lang: lang === undefined ? undefined : langOf(parts, context),
        rate: Number(rate) as Rate,
        slow: speed === 'slow',
        take,
        partial: isPartial(range),
        peek: context.req.raw.method === 'HEAD',
      },
      subjectOf(parts, context, undefined),
      callOf(context),
    );
    if (!heard.ok) throw new ProblemError(problemOf(heard));
    note(context, {}, 'heard');
    limitHeaders(context, heard.limit);
    mediaHeaders(parts, context, 'audio/wav');
    context.header('Accept-Ranges', 'bytes');
    context.header('X-Captcha-Id', id);
    return send(context, heard, range);
  });
}

function send(context: RequestContext, { wav, take, variant }: Heard, header: string | undefined) {
  if (!wav) return context.body(null);
  const tag = `"${take}-${variant}"`;
  context.header('ETag', tag);
  context.header('X-Captcha-Take', String(take));
  const condition = context.req.header('If-Range');
  const range = condition === undefined || condition === tag ? rangeOf(header, wav.length) : undefined;
  if (range === undefined) {
    context.header('Content-Length', String(wav.length));
    return context.body(wav);
  }
  if (range === 'unsatisfiable') {
    context.header('Content-Range', `bytes */${wav.length}`);
    return context.body(null, 416);
  }
  const part = wav.slice(range.from, range.to + 1);
  context.header('Content-Range', `bytes ${range.from}-${range.to}/${wav.length}`);
  context.header('Content-Length', String(part.length));
  return context.body(part, 206);
}

function problemOf(refusal: Unheard): Problem {
  if (refusal.reason === 'heard') return { status: 409, slug: 'takes_spent', text: 'heard' };
  if (refusal.reason !== 'silent') return refusalProblem(refusal);
  const { kind } = refusal;
  return kind === undefined
    ? { status: 409, slug: 'no_spoken_form', text: 'silent' }
    : {
        status: 409,
        slug: 'no_spoken_form',
        text: 'silent_switch',
        values: { kind },
        fields: { switch_to: kind },
      };
}
