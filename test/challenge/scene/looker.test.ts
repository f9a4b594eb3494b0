/** A script that names things and measures sees in the picture what was proven of the scene. What it gets right of many is in docs/scenes.md. */
import { describe, expect, it } from 'vitest';
import type { Difficulty } from '../../../lib/challenge/challenge.ts';
import { OBJECTS } from '../../../lib/challenge/scene/objects.ts';
import { answer } from '../../solver/scene/looker.ts';
import { pixelsOf } from '../../solver/scene/pixels.ts';
import { drawn, isMirrored, likeness, nameOf } from '../../solver/scene/recognise.ts';
import { draftOf, familiesOf, pictureOf } from '../../solver/scene/specimen.ts';

const CASES: readonly (readonly [string, Difficulty])[] = [
  ['there', 1],
  ['howMany', 2],
  ['beside', 2],
  ['between', 2],
  ['odd', 1],
  ['odd', 2],
  ['faces', 1],
  ['faces', 2],
  ['faces', 3],
];

describe('who names things', () => {
  it('tells every object from all others, mirrored too', () => {
    const missed = OBJECTS.filter((object) => nameOf(likeness(drawn(object, true))) !== object);
    expect(missed.map(({ name }) => name)).toEqual([]);
    const fish = OBJECTS.find(({ name }) => name === 'fish')!;
    expect([false, true].map((flip) => isMirrored(drawn(fish, flip), fish))).toEqual([false, true]);
  });

  it.each(CASES)('answers %s at difficulty %i as the scene says', (name, difficulty) => {
    const family = familiesOf(difficulty).find((each) => each.name === name)!;
    for (let i = 0; i < 3; i++) {
      const draft = draftOf(family, difficulty, `looker ${i}`);
      const pixels = pixelsOf(pictureOf(draft, difficulty, `looker ${i}`));
      expect(answer(name, draft, pixels, true)).toBe(draft.right);
    }
  });
});
