/**
 * Letting a hand find what is hidden. A trail that no hand could have left is refused and costs nothing. Any other is counted first,
 * in one atomic step, and judged then: only the first three can bring the picture, however many arrive at once. The third miss
 * spends the challenge.
 *
 * Once the picture was brought to light the challenge is open: a trail that meets the point again gets the same picture, so that a
 * lost reply costs nobody anything. The counters lie beside the record; where a store loses them early, tries begin anew.
 */
import type { Subject } from '../rate-limit/limiter.ts';
import { openId } from '../token/id.ts';
import { answerNonce } from '../token/marks.ts';
import { unsealRecord } from '../token/record.ts';
import { countersBeside, total } from './beside.ts';
import {
  type Call,
  type Refusal,
  type Revealed,
  type RevealRequest,
  type ServiceParts,
  seenIn,
} from './contract.ts';
import { countAlone } from './count.ts';
import { recallPuzzle } from './issue.ts';

const TRIES = 3;

export async function reveal(
  parts: ServiceParts,
  { id, trail }: RevealRequest,
  subject: Subject,
  call?: Call,
): Promise<Revealed | Refusal> {
  const { store, limiter, ring } = parts;
  const opened = openId(ring, id);
  if (!opened) return { ok: false, reason: 'not_found' };
  const hits = limiter.plan('reveal', subject);
  const refused = limiter.recall(hits);
  if (refused) return { ok: false, reason: 'limited', limit: refused };
  const [limit, stored] = await Promise.all([countAlone(parts, hits), store.get(id)]);
  if (limit && !limit.allowed) return { ok: false, reason: 'limited', limit };

  const notFound = { ok: false, reason: 'not_found', limit } as const;
  const record =
    stored && stored.nonce === undefined ? unsealRecord(opened.keys, id, stored.body) : undefined;
  if (record) call?.note?.(seenIn(record));
  const seen = record && (await recallPuzzle(parts, opened.keys, record))?.reveal?.(trail);
  if (!seen) return notFound;
  if ('expected' in seen) return { ok: false, reason: 'invalid', field: 'trail', expected: seen.expected };

  const counter = countersBeside(id, opened.shard, parts.ttlSeconds);
  const found = counter('reveal-met', 1);
  const [tries, met] = (await store.hit([counter('reveal-tries', TRIES)(1), found(0)])).map(total);
  const open = met! > 0;
  if (tries! > TRIES && !open) return notFound;
  if (seen.hit) {
    if (!open) await store.hit([found(1)]);
    return { ok: true, revealed: true, picture: seen.picture(), limit };
  }
  const triesLeft = Math.max(0, TRIES - tries!);
  if (triesLeft === 0 && !open) {
    const mark = answerNonce(opened.keys, id, undefined, '');
    await store.transition(id, { to: 'answered', mark, ttlMs: 1 });
  }
  return { ok: true, revealed: false, triesLeft, limit };
}
