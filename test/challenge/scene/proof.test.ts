import { describe, expect, it } from 'vitest';
import { DIFFICULTIES } from '../../../lib/challenge/challenge.ts';
import { howMany } from '../../../lib/challenge/scene/families/count.ts';
import { missing, there } from '../../../lib/challenge/scene/families/there.ts';
import { FAMILIES } from '../../../lib/challenge/scene/families.ts';
import type { Draft } from '../../../lib/challenge/scene/graph.ts';
import { planOf, SCENE } from '../../../lib/challenge/scene/layout.ts';
import { LEVELS } from '../../../lib/challenge/scene/levels.ts';
import { OBJECTS } from '../../../lib/challenge/scene/objects.ts';
import { flaw, SMALLEST } from '../../../lib/challenge/scene/proof.ts';
import { drawUp } from '../../../lib/challenge/scene/scene.ts';
import { seededRandom } from '../../../lib/util/random.ts';
import { painted } from './record.ts';

const { overlap } = LEVELS[2];

/** A draft that holds, of a family that draws any. */
function sound(family: typeof there, seed: string): Draft {
  const random = seededRandom(seed, 'proof');
  for (;;) {
    const draft = family(random, 2);
    if (!flaw(draft, overlap)) return draft;
  }
}

describe('what is issued', () => {
  it.each(DIFFICULTIES)(
    'difficulty %i: has exactly one right option, told from the scene alone',
    (difficulty) => {
      for (let i = 0; i < 1500; i++) {
        const { items, claims, right, drawing } = drawUp({ seed: `issued ${i}`, difficulty });
        // Not proof.ts's own reckoning: names, counted by hand
        const names = items.map((item) => item.object.name);
        const truths = claims.map((claim) => {
          if (claim.says === 'panel') return drawing!.holdsPanel!(claim.panel);
          if (claim.says === 'one' || claim.says === 'named')
            return items.some((item) => item.object === claim.object && drawing!.holds(item));
          if (claim.says !== 'count') return names.includes(claim.object.name) === (claim.says === 'there');
          return names.filter((name) => claim.subject.holds(byName.get(name)!)).length === claim.number;
        });
        expect(truths).toEqual([0, 1, 2, 3].map((option) => option === right));
        const strays = items.filter(({ size, x, y, object }) => {
          const reach = object.radius * size;
          const [left, right, top, bottom] = [x - reach, x + reach, y - reach, y + reach];
          const { scene } = planOf({ claims });
          const inside =
            left >= scene.left && right <= scene.right && top >= scene.top && bottom <= scene.bottom;
          return !inside || size < SMALLEST;
        });
        expect(strays).toEqual([]);
      }
    },
  );

  it('hardly ever has to be drawn up twice: what is thrown away could lean to one answer', () => {
    for (const difficulty of DIFFICULTIES)
      for (const family of FAMILIES[difficulty]) {
        let thrown = 0;
        for (let i = 0; i < 300; i++)
          if (flaw(family(seededRandom(`once ${i}`, family.name), difficulty), LEVELS[difficulty].overlap))
            thrown++;
        expect(thrown, `${family.name} ${difficulty}`).toBeLessThanOrEqual(1);
      }
  });

  it('never repeats a scene', () => {
    const seen = new Set<string>();
    for (let i = 0; i < 3000; i++) {
      const draft = drawUp({ seed: `twice ${i}`, difficulty: 1 });
      const { items, claims } = draft;
      const lying = items.map(({ object, x, y }) => `${object.name} ${x} ${y}`).sort();
      seen.add(JSON.stringify([lying, claims, items.length ? [] : painted(draft)]));
    }
    expect(seen.size).toBe(3000);
  });
});

const byName = new Map(OBJECTS.map((object) => [object.name, object]));

describe('the proof refuses', () => {
  const draft = sound(there, 'a');
  const absent = sound(missing, 'b');
  const counted = sound(howMany, 'c');

  it('a second right option', () => {
    const wrong = draft.claims[(draft.right + 1) % 4]!;
    if (!('object' in wrong)) throw new Error('not of this family');
    const items = [...draft.items, { ...draft.items[0]!, object: wrong.object }];
    expect(flaw({ ...draft, items }, overlap)).toBe('right options: 2');
  });

  it('a scene in which nothing is right', () => {
    expect(flaw({ ...draft, items: [] }, overlap)).toBe('right options: 0');
    expect(flaw({ ...absent, items: [] }, overlap)).toBe('right options: 4');
    expect(flaw({ ...counted, items: [] }, overlap)).toBe('right options: 0');
  });

  it('a solution that is not the right option', () => {
    for (const one of [draft, absent, counted])
      expect(flaw({ ...one, right: (one.right + 1) % 4 }, overlap)).toBe('another option is right');
  });

  it('three options', () => {
    expect(flaw({ ...draft, claims: draft.claims.slice(1) }, overlap)).toBe('3 options');
  });

  it('things that people could argue about', () => {
    const [car, taxi] = ['automobile', 'taxi'].map((name) => byName.get(name)!);
    const others = ['cat-face', 'banana', 'key'].map((name) => byName.get(name)!);
    const item = { ...draft.items[0]!, size: 60, coat: undefined };
    const claims = [car!, ...others].map((object) => ({ says: 'there' as const, object }));
    const items = [car!, taxi!].map((object, i) => ({ ...item, object, x: 100 + 200 * i, y: 200 }));
    const doubt: Draft = { ...draft, claims, items, right: 0 };
    expect(flaw(doubt, overlap)).toBe('something in the scene could be automobile');
    expect(flaw({ ...doubt, items: items.slice(0, 1) }, overlap)).toBe(undefined);
  });

  it('things that overlap, leave the scene or are too small', () => {
    const [first, second, ...rest] = draft.items;
    const moved = (items: Draft['items']) => flaw({ ...draft, items }, overlap);
    expect(moved([first!, { ...second!, x: first!.x, y: first!.y }, ...rest])).toMatch(/ and .* overlap$/);
    expect(moved([{ ...first!, x: SCENE.right }, second!, ...rest])).toMatch(/leaves the scene$/);
    expect(moved([{ ...first!, size: 39 }, second!, ...rest])).toMatch(/is too small$/);
  });
});
