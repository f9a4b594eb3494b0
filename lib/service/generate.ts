/**
 * Giving out challenges: choose within the policy, draw up the puzzle, seal the record, put it (issue.ts). One store call, limit included;
 * the next round of a chain takes one more, which makes its predecessor give way.
 */
import type { PictureLanguage } from '../challenge/challenge.ts';
import type { PlannedHit, Subject } from '../rate-limit/limiter.ts';
import type { Site } from '../site/site.ts';
import { type Chain, openChain } from '../token/chain.ts';
import { newId, openId, successorId } from '../token/id.ts';
import type { Keyset } from '../token/keys.ts';
import { answerNonce, redeemClaim } from '../token/marks.ts';
import { unsealRecord } from '../token/record.ts';
import { chooseNear, chooseUnder, underBrakes } from './brakes.ts';
import type { Call, GenerateRequest, Issued, RefreshRequest, Refusal, ServiceParts } from './contract.ts';
import { countAlone } from './count.ts';
import { type Draft, draft, issue, NOT_FOUND, newSeed, noKinds, puzzleOf, recallIssued } from './issue.ts';

export async function generate(
  parts: ServiceParts,
  request: GenerateRequest,
  subject: Subject,
  call?: Call,
): Promise<Issued | Refusal> {
  const chain = request.chain === undefined ? undefined : openChain(parts.ring, request.chain);
  // A chain says itself whose it is; a site key that is sent along must agree.
  const key = request.sitekey ?? chain?.site;
  const site = key === undefined ? parts.sites.default : parts.sites.byKey(key);
  if (!site)
    return { ok: false, reason: 'invalid', field: 'sitekey', expected: 'a site key of this service' };
  call?.note?.({ site: site.key, session: request.session, kind: request.kind });

  const hits = parts.limiter.plan('generate', subject, 1, site);
  const refused = parts.limiter.recall(hits);
  if (refused) return { ok: false, reason: 'limited', limit: refused };

  if (request.chain !== undefined) {
    const foreign = chain?.site !== undefined && chain.site !== site.key;
    return chain && !foreign ? continueChain(parts, request, chain, hits) : NOT_FOUND;
  }

  return underBrakes(parts, site, hits, async (policy, counted) => {
    const choice = chooseUnder(parts, site, policy, parts.kinds ?? noKinds(), request);
    if ('field' in choice) return { ok: false, reason: 'invalid', ...choice };
    const asked = draft(parts, site, choice, request.lang, request);
    const keys = keysOf(parts, site);
    return issue(parts, keys, newId(keys, parts.limiter.shardOf(subject)), asked, policy, counted);
  });
}

/** Sites for tests have a key of their own. */
const keysOf = ({ ring }: ServiceParts, site: Site) => (site.test ? ring.test! : ring.current);

/**
 * The next round. The predecessor's record gives way once, to this very call; every later one is led to the same successor, if
 * that is still there. A successor that is gone stays gone: putting it again would give its answer a second try.
 */
async function continueChain(
  parts: ServiceParts,
  { sitekey }: GenerateRequest,
  chain: Chain,
  hits: readonly PlannedHit[],
): Promise<Issued | Refusal> {
  const opened = openId(parts.ring, chain.predecessor);
  if (!opened) return NOT_FOUND;
  const { keys, shard } = opened;
  const id = successorId(keys, chain.predecessor, shard);

  const mark = redeemClaim(keys, undefined, '');
  const step = await parts.store.transition(chain.predecessor, { to: 'redeemed', mark, extendMs: 0 }, hits);
  const limit = parts.limiter.judge(hits, step.tallies);
  if (step.outcome === 'limited') return { ok: false, reason: 'limited', limit: limit! };
  if (step.outcome === 'refused') return recallIssued(parts, id, limit);

  const last = unsealRecord(keys, chain.predecessor, step.record.body);
  const site = last && parts.sites.byKey(sitekey ?? last.site);
  if (!last || !site || last.site !== site.key || last.round >= last.rounds) return { ...NOT_FOUND, limit };
  // Begun before the operator made the policy harder.
  if (last.guess > site.policy.maxGuess) return { ...NOT_FOUND, limit };
  const next = await notAskedBefore(parts, keys, {
    ...last,
    seed: newSeed(),
    round: last.round + 1,
    rightSoFar: chain.rightSoFar,
  });
  return issue(parts, keys, id, next, site.policy, [], limit);
}

/** Other seeds for a question of a bank that this chain has asked; a bank with hardly another one may repeat itself. */
async function notAskedBefore(parts: ServiceParts, keys: Keyset, next: Draft): Promise<Draft> {
  const { asked } = next;
  if (!asked) return next;
  for (let tries = 0; tries < 16; tries++) {
    const { question } = await puzzleOf(parts, keys, next);
    if (question === undefined || !asked.includes(question)) return next;
    next = { ...next, seed: newSeed() };
  }
  return next;
}

export async function refresh(
  parts: ServiceParts,
  request: RefreshRequest,
  subject: Subject,
): Promise<Issued | Refusal> {
  const opened = openId(parts.ring, request.id);
  if (!opened) return NOT_FOUND;
  // What the policy refuses must not cost the challenge, so it is checked before anything is spent.
  const live = await parts.store.get(request.id);
  const old = live && live.nonce === undefined ? unsealRecord(opened.keys, request.id, live.body) : undefined;
  const site = old && parts.sites.byKey(old.site);
  const hits = parts.limiter.plan('generate', subject, 1, site);
  const refused = parts.limiter.recall(hits);
  if (refused) return { ok: false, reason: 'limited', limit: refused };
  if (!old || !site) {
    // Nothing that a record would take along, and yet the store was asked.
    const limit = await countAlone(parts, hits);
    return limit && !limit.allowed ? { ok: false, reason: 'limited', limit } : { ...NOT_FOUND, limit };
  }
  const sameKind = request.kind === undefined || request.kind === old.kind;
  const wish = sameKind
    ? {
        kind: old.kind,
        preset: old.preset,
        difficulty: old.difficulty,
        format: old.format,
        alphabet: old.alphabet,
        ...old.text,
      }
    : { kind: request.kind, difficulty: old.difficulty };
  return underBrakes(parts, site, hits, async (policy, counted) => {
    const kinds = parts.kinds ?? noKinds();
    const asIs = chooseUnder(parts, site, policy, kinds, wish);
    // What the old one was may be gone from the policy by now, and nobody asked for it.
    const choice = 'field' in asIs && sameKind ? chooseNear(parts, policy, kinds, old.kind) : asIs;
    if ('field' in choice) return { ok: false, reason: 'invalid', ...choice };

    const mark = answerNonce(opened.keys, request.id, undefined, '');
    const spent = await parts.store.transition(request.id, { to: 'answered', mark, ttlMs: 1 }, counted);
    const limit = parts.limiter.judge(counted, spent.tallies);
    if (spent.outcome === 'limited') return { ok: false, reason: 'limited', limit: limit! };
    if (spent.outcome === 'refused') return { ...NOT_FOUND, limit };

    const fresh = draft(parts, site, choice, request.lang ?? (old.lang as PictureLanguage), old);
    const { round, rounds, rightSoFar, issuedAt } = old;
    // The last one is its own, and nobody answered it.
    const asked = old.asked?.slice(0, -1);
    // Within a chain the round and what was right so far stay; another kind starts its own path from the beginning.
    const samePath = sameKind && choice.kind.name === old.kind && choice.rounds <= rounds;
    const keys = keysOf(parts, site);
    const record = samePath
      ? await notAskedBefore(parts, keys, { ...fresh, round, rounds, rightSoFar, issuedAt, asked })
      : fresh;
    const id = newId(keys, parts.limiter.shardOf(subject));
    return issue(parts, keys, id, record, policy, [], limit);
  });
}
