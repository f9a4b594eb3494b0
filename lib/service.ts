/**
 * START HERE: the protocol as a story.
 *
 * A visitor asks for a challenge. `generate` chooses one within the site's policy, keeps a sealed record of it under a one-time id,
 * and gives the picture away. The visitor answers; `verify` spends the record in one atomic step and judges the answer. Right: the
 * visitor gets a signed token and hands it to the site, whose back end calls `siteverify`; that spends the token, in one atomic step
 * again, and tells the site how strong the proof is. `refresh` trades a challenge for another, `recall` draws a live one again,
 * `reveal` shows what a hand has found in one, `listen` says one.
 *
 * One record carries all of it, issued → answered → redeemed (store/store.ts). Absence always refuses: a lost record can cost a visitor
 * a second try, never give one away. Each step lives in service/ under its own name; contract.ts has their shapes.
 */
import {
  type Call,
  type CaptchaService,
  type Issued,
  type Refusal,
  type ServiceParts,
  seenIn,
} from './service/contract.ts';
import { countAlone } from './service/count.ts';
import { generate, refresh } from './service/generate.ts';
import { recallIssued } from './service/issue.ts';
import { listen } from './service/listen.ts';
import { reveal } from './service/reveal.ts';
import { siteverify } from './service/siteverify.ts';
import { verify } from './service/verify.ts';

export function createService(parts: ServiceParts): CaptchaService {
  return {
    generate: async (request, subject, call) =>
      noteIssued(call, await generate(parts, request, subject, call)),
    verify: (request, subject, call) => verify(parts, request, subject, call),
    refresh: async (request, subject, call) => noteIssued(call, await refresh(parts, request, subject)),
    async recall(id, subject, call) {
      const hits = parts.limiter.plan('media', subject);
      const refused = parts.limiter.recall(hits);
      if (refused) return { ok: false, reason: 'limited', limit: refused };
      const limit = await countAlone(parts, hits);
      if (limit && !limit.allowed) return { ok: false, reason: 'limited', limit };
      return noteIssued(call, await recallIssued(parts, id, limit));
    },
    listen: (request, subject, call) => listen(parts, request, subject, call),
    reveal: (request, subject, call) => reveal(parts, request, subject, call),
    siteverify: (request, call) => siteverify(parts, request, call),
  };
}

function noteIssued(call: Call | undefined, result: Issued | Refusal): Issued | Refusal {
  if (result.ok) call?.note?.(seenIn(result.record));
  return result;
}
