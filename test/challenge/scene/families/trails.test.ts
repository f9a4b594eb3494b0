/**
 * Families in which something is followed: paths, ropes, a fence, arrows. A script that sees only the picture and follows its pixels
 * must come to the option that the scene graph says: so the picture shows what was proven.
 */
import { describe, expect, it } from 'vitest';
import type { Difficulty } from '../../../../lib/challenge/challenge.ts';
import { arrows } from '../../../../lib/challenge/scene/families/arrows.ts';
import { fence } from '../../../../lib/challenge/scene/families/fence.ts';
import { gaps, maze } from '../../../../lib/challenge/scene/families/maze.ts';
import { rope } from '../../../../lib/challenge/scene/families/rope.ts';
import type { Draft, Family } from '../../../../lib/challenge/scene/graph.ts';
import { LEVELS } from '../../../../lib/challenge/scene/levels.ts';
import { flaw } from '../../../../lib/challenge/scene/proof.ts';
import { ratesOf } from '../../../solver/scene/guess.ts';
import { pixelsOf } from '../../../solver/scene/pixels.ts';
import { draftOf, pictureOf } from '../../../solver/scene/specimen.ts';
import { askedAbout, TRACERS } from '../../../solver/scene/tracers.ts';

const TRAILS: readonly (readonly [string, Difficulty, Family])[] = [
  ['maze', 1, maze],
  ['gaps', 2, gaps],
  ['gaps', 3, gaps],
  ['rope', 2, rope],
  ['rope', 3, rope],
  ['fence', 3, fence],
  ['arrows', 2, arrows],
  ['arrows', 3, arrows],
];

const COUNT = 1500;

describe.each(TRAILS)('%s at difficulty %i', (name, difficulty, family) => {
  const drafts = Array.from({ length: COUNT }, (_, i) => draftOf(family, difficulty, `trails ${i}`));
  const { overlap } = LEVELS[difficulty];

  it('pixels that are followed lead to the right option; the picture stays below 60 KB', () => {
    const missed = drafts.slice(0, 5).filter((draft, i) => {
      const png = pictureOf(draft, difficulty, `trails ${i}`);
      expect(png.length).toBeLessThan(60 * 1024);
      return TRACERS[name]!(pixelsOf(png), askedAbout(draft)) !== draft.right;
    });
    // The script that reads arrows takes a thing for an arrow at times
    expect(missed.length).toBeLessThanOrEqual(name === 'arrows' ? 1 : 0);
  });

  it('exactly one option is right, and the proof says so when it is another one', () => {
    for (const draft of drafts) {
      const truths = draft.claims.map(
        (claim) =>
          claim.says === 'one' &&
          draft.drawing!.holds(draft.items.find(({ object }) => object === claim.object)!),
      );
      expect(truths).toEqual([0, 1, 2, 3].map((i) => i === draft.right));
    }
    const one = drafts[0]!;
    expect(flaw({ ...one, right: (one.right + 1) % 4 }, overlap)).toBe('another option is right');
    const claim = one.claims[one.right]!;
    const without = one.items.filter(({ object }) => !('object' in claim) || object !== claim.object);
    expect(flaw({ ...one, items: without }, overlap)).toBe('right options: 0');
  });

  it('what can be measured without following anything says nothing', () => {
    // 750 trials: four deviations are 6.3
    for (const [feature, { hits, all }] of Object.entries(ratesOf(drafts, COUNT))) {
      expect(Math.abs((100 * hits) / all - 25), feature).toBeLessThan(6.3);
    }
  });

  it('who is near to the middle, high up or far left is right as often as anybody', () => {
    for (const axis of ['x', 'y'] as const) {
      const counts = spot(drafts, axis);
      const all = counts.reduce((sum, count) => sum + count);
      // Four and a half deviations; along one axis some families have four in a row too seldom
      for (const count of all < 500 ? [] : counts)
        expect(Math.abs(count / all - 0.25), axis).toBeLessThan(4.5 * Math.sqrt(0.1875 / all));
    }
  });
});

/** How often the first, second, third and fourth along an axis is right. */
function spot(drafts: readonly Draft[], axis: 'x' | 'y'): number[] {
  const counts = [0, 0, 0, 0];
  for (const { claims, items, right } of drafts) {
    const at = claims.map(
      (claim) => items.find((item) => 'object' in claim && item.object === claim.object)![axis],
    );
    if (new Set(at).size < 4) continue;
    counts[at.filter((value) => value < at[right]!).length]!++;
  }
  return counts;
}
