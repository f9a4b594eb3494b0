/**
 * Ten thousand at once, on every store's real backend: one verdict for a challenge, one redemption for a token. A backend may turn
 * calls away under such a crowd; whoever was turned away asks again with the same mark, as the guard does.
 */
import { describe, expect, it } from 'vitest';
import type { Store, Transition } from '../../lib/store/store.ts';
import { STAGES } from '../bench/store-stages.ts';

const CROWD = 10_000;
const BODY = new Uint8Array(400);
const TTL = 600_000;

const marks = Array.from({ length: CROWD }, (_, i) => `mark-${i}`);

/** All at once, then those whose calls failed once more, one by one. Returns the mark that holds. */
async function crowd(store: Store, step: (mark: string) => Transition): Promise<string> {
  const ask = (mark: string) => store.transition('crowd', step(mark)).then(({ outcome }) => outcome);
  const outcomes = await Promise.all(marks.map((mark) => ask(mark).catch(() => 'failed' as const)));
  expect(outcomes.filter((outcome) => outcome === 'done').length).toBeLessThanOrEqual(1);
  for (const [i, mark] of marks.entries())
    for (let tries = 0; outcomes[i] === 'failed' && tries < 5; tries++)
      outcomes[i] = await ask(mark).catch(() => 'failed' as const);
  const winners = marks.filter((_, i) => outcomes[i] === 'done' || outcomes[i] === 'repeated');
  expect(winners).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(CROWD - 1);
  return winners[0]!;
}

describe.each(Object.entries(STAGES))('%s', (_, open) => {
  it(`lets one of ${CROWD} concurrent answers through, and one of ${CROWD} redemptions`, async () => {
    const { store, close } = await open();
    try {
      await store.put('crowd', BODY, TTL);
      const answer = await crowd(store, (mark) => ({ to: 'answered', mark, ttlMs: TTL }));
      const claim = await crowd(store, (mark) => ({ to: 'redeemed', mark, extendMs: 1000 }));
      expect(await store.get('crowd')).toMatchObject({ nonce: answer, claim });
    } finally {
      await close();
    }
  });
});
