/**
 * Redeeming: a protected site's back end shows its secret and a visitor's token. The signature says that the token is ours, the
 * record says that it has not been used. A repeat with the same idempotency key gets the first answer again.
 */
import { openId } from '../token/id.ts';
import { redeemClaim, tokenId } from '../token/marks.ts';
import { unsealRecord } from '../token/record.ts';
import {
  type Call,
  type Redemption,
  type ServiceParts,
  type SiteverifyError,
  type SiteverifyRequest,
  seenIn,
} from './contract.ts';

/** How long after a token's end its redemption can still be asked for again. */
const REPEAT_GRACE_SECONDS = 60;

export async function siteverify(
  parts: ServiceParts,
  request: SiteverifyRequest,
  call?: Call,
): Promise<Redemption> {
  const { store, limiter, ring, sites, tokens } = parts;
  const site = sites.bySecret(request.secret);
  if (!site) return failure('invalid-input-secret');
  call?.note?.({ site: site.key });

  const nowSeconds = parts.clock() / 1000;
  const verdict = await tokens.verify(request.response, site.key, nowSeconds, REPEAT_GRACE_SECONDS);
  if (!verdict.valid)
    return failure(verdict.reason === 'expired' ? 'timeout-or-duplicate' : 'invalid-input-response');
  const { claims, jti, keys } = verdict;
  // Tokens for tests have a key of their own, and only test sites take it.
  if ((keys === ring.test) !== (site.test !== undefined) || !openId(ring, claims.captcha_id))
    return failure('invalid-input-response');
  if (site.test === 'spent' || site.test === 'expired') return failure('timeout-or-duplicate');

  const hits = limiter.plan('siteverify', { site: site.key }, 1, site);
  const refused = limiter.recall(hits);
  if (refused) return { ...failure('internal-error'), limit: refused };
  const mark = redeemClaim(keys, request.idempotencyKey, site.key);
  const extendMs = REPEAT_GRACE_SECONDS * 1000;
  const step = await store.transition(claims.captcha_id, { to: 'redeemed', mark, extendMs }, hits);
  const limit = limiter.judge(hits, step.tallies);
  if (step.outcome === 'limited') return { ...failure('internal-error'), limit };
  if (step.outcome === 'refused') return failure('timeout-or-duplicate');

  const record = unsealRecord(keys, claims.captcha_id, step.record.body);
  if (record) call?.note?.(seenIn(record));
  if (!record || tokenId(keys, step.record.nonce!) !== jti) return failure('invalid-input-response');
  const answeredAt = step.record.answeredAt!;
  return {
    success: true,
    challenge_ts: new Date(answeredAt).toISOString(),
    hostname: claims.hostname,
    action: claims.action,
    cdata: claims.cdata,
    'error-codes': [],
    kind: claims.kind,
    preset: claims.preset,
    difficulty: claims.difficulty,
    rounds: claims.rounds,
    guess: claims.guess,
    solve_ms: answeredAt - record.issuedAt,
  };
}

export function failure(code: SiteverifyError): Extract<Redemption, { success: false }> {
  return { success: false, 'error-codes': [code] };
}
