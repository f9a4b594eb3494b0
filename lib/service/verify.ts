/**
 * Judging answers. The first verify that reaches the store spends the challenge, right or wrong; the verdict is a pure function of
 * record and answer, so a repeat of the same attempt gets the same reply and needs no second write. Right and wrong do the same work:
 * the same store calls, and a token is signed for both.
 */
import type { KindName } from '../challenge/challenge.ts';
import type { Subject } from '../rate-limit/limiter.ts';
import { allowsHost, type Site } from '../site/site.ts';
import type { StoredRecord } from '../store/store.ts';
import { sealChain } from '../token/chain.ts';
import { openId } from '../token/id.ts';
import type { Keyset } from '../token/keys.ts';
import { answerNonce, tokenId } from '../token/marks.ts';
import { type ChallengeRecord, unsealRecord } from '../token/record.ts';
import { canonicalAnswer } from '../util/answer.ts';
import {
  type Call,
  type Refusal,
  type ServiceParts,
  seenIn,
  type Verdict,
  type VerifyRequest,
} from './contract.ts';

export async function verify(
  parts: ServiceParts,
  request: VerifyRequest,
  subject: Subject,
  call?: Call,
): Promise<Verdict | Refusal> {
  const { store, limiter, ring, sites } = parts;
  if (request.sitekey !== undefined && !sites.byKey(request.sitekey))
    return { ok: false, reason: 'invalid', field: 'sitekey', expected: 'a site key of this service' };
  if (request.sitekey !== undefined) call?.note?.({ site: request.sitekey });
  const opened = openId(ring, request.id);
  if (!opened) return { ok: false, reason: 'not_found' };

  const hits = [...limiter.plan('verify', subject), ...limiter.plan('failed', subject, 0)];
  const refused = limiter.recall(hits);
  if (refused) return { ok: false, reason: 'limited', limit: refused };

  const mark = answerNonce(opened.keys, request.id, request.attempt, canonicalAnswer(request.answer));
  const ttlMs = parts.tokenTtlSeconds * 1000;
  const step = await store.transition(request.id, { to: 'answered', mark, ttlMs }, hits);
  const limit = limiter.judge(hits, step.tallies);
  if (step.outcome === 'limited') return { ok: false, reason: 'limited', limit: limit! };
  if (step.outcome === 'refused') return { ok: false, reason: 'not_found', limit };

  const record = unsealRecord(opened.keys, request.id, step.record.body);
  if (record) call?.note?.(seenIn(record));
  const site = record && parts.sites.byKey(record.site);
  if (!record || !site || !belongs(site, record, request)) return { ok: false, reason: 'not_found', limit };

  const right = site.test
    ? site.test !== 'fail'
    : parts.answers[record.kind as KindName].check(record.solution, request.answer);
  const rightSoFar = record.rightSoFar && right;
  const last = record.round === record.rounds;
  // A chain is judged at its end and counted there: a counter that moved before would tell which round was wrong.
  if (!last) {
    const chain = sealChain(opened.keys, { predecessor: request.id, rightSoFar, site: record.site });
    return { ok: true, verified: false, next: { chain, remaining: record.rounds - record.round }, limit };
  }
  // Signed for a wrong answer too, and failures looked at for a right one: both take the same path.
  const token = await signToken(parts, opened.keys, request, record, step.record);
  // Counted once, whatever is repeated.
  if (step.outcome === 'done') await countFailure(parts, subject, site, rightSoFar);
  return rightSoFar
    ? { ok: true, verified: true, token, limit }
    : { ok: true, verified: false, tokenLength: token.length, limit };
}

function belongs(site: Site, record: ChallengeRecord, request: VerifyRequest): boolean {
  if (site.test === 'expired' || !allowsHost(site, request.hostname)) return false;
  if (request.sitekey !== undefined && request.sitekey !== record.site) return false;
  return request.session === undefined || request.session === record.session;
}

async function countFailure(
  parts: ServiceParts,
  subject: Subject,
  site: Site,
  right: boolean,
): Promise<void> {
  const cost = right ? 0 : 1;
  const hits = [...parts.limiter.plan('failed', subject, cost), ...parts.limiter.failedBrake(site, cost)];
  try {
    parts.limiter.judge(hits, await parts.store.hit(hits));
  } catch (error) {
    // The challenge is spent and the verdict stands; the rule says what an uncounted failure means.
    if (parts.limiter.rules.failed.onStoreError === 'deny') throw error;
  }
}

/** Everything in the token comes from the record, so a repeated verify gives the same token. */
function signToken(
  parts: ServiceParts,
  keys: Keyset,
  request: VerifyRequest,
  record: ChallengeRecord,
  stored: StoredRecord,
): string | Promise<string> {
  const claims = {
    captcha_id: request.id,
    kind: record.kind,
    preset: record.preset,
    difficulty: record.difficulty,
    rounds: record.rounds,
    guess: record.guess,
    hostname: request.hostname,
    action: record.action ?? '',
    cdata: record.cdata ?? '',
  };
  const times = {
    issuedAt: Math.floor(stored.answeredAt! / 1000),
    lifeSeconds: parts.tokenTtlSeconds,
  };
  return parts.tokens.issue(keys, record.site, tokenId(keys, stored.nonce!), claims, times);
}
