/**
 * Guessers who look at a drawn question without understanding it: they know where the options lie, or what their boxes weigh, learn on
 * one half what it goes with, and guess the other half. See fair.test.ts.
 */
import type { Difficulty } from '../../../lib/challenge/challenge.ts';
import { PANELS } from '../../../lib/challenge/scene/drawing/panels.ts';
import { beside } from '../../../lib/challenge/scene/families/beside.ts';
import { between } from '../../../lib/challenge/scene/families/between.ts';
import { contour } from '../../../lib/challenge/scene/families/contour.ts';
import { faces } from '../../../lib/challenge/scene/families/faces.ts';
import { links } from '../../../lib/challenge/scene/families/links.ts';
import { odd } from '../../../lib/challenge/scene/families/odd.ts';
import { pointer } from '../../../lib/challenge/scene/families/pointer.ts';
import { swirl } from '../../../lib/challenge/scene/families/swirl.ts';
import { symmetry } from '../../../lib/challenge/scene/families/symmetry.ts';
import type { Draft, Family, Item } from '../../../lib/challenge/scene/graph.ts';
import { seededRandom } from '../../../lib/util/random.ts';
import { painted } from './record.ts';

/** A number for each option. */
type Measure = (draft: Draft) => number[];

const placed =
  (measure: (x: number, y: number, draft: Draft) => number): Measure =>
  (draft) =>
    draft.claims.map((claim) => {
      const item = draft.items.find((each) => 'object' in claim && each.object === claim.object);
      return item ? Math.round(measure(item.x, item.y, draft)) : Number.NaN;
    });

const PLACES: Readonly<Record<string, Measure>> = {
  'how far left': placed((x) => x),
  'how far up': placed((_, y) => y),
  'how near to the middle': placed((x, y) => Math.hypot(x - 300, y - 313)),
  'how near to all others': placed((x, y, { items }) =>
    items.reduce((sum, item) => sum + Math.hypot(item.x - x, item.y - y), 0),
  ),
  'how near to the first thing': placed((x, y, { items }) => Math.hypot(items[0]!.x - x, items[0]!.y - y)),
  'how long its outlines are': (draft) =>
    draft.claims.map((claim) => ('object' in claim ? claim.object.weight : 0)),
};

/** The discs of each box. */
function boxes(draft: Draft): number[][][] {
  const calls = painted(draft).filter(({ name }) => name === 'circle');
  return PANELS.map(({ x, y, width, height }) =>
    calls
      .map(({ numbers: [cx, cy, r] }) => [cx! - x, cy! - y, r!])
      .filter(([cx, cy]) => cx! > 0 && cx! < width && cy! > 0 && cy! < height),
  );
}

const boxed =
  (measure: (discs: number[][]) => number): Measure =>
  (draft) =>
    boxes(draft).map((discs) => Math.round(measure(discs)));
const mean = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

const BOXES: Readonly<Record<string, Measure>> = {
  'how far left': boxed((discs) => mean(discs.map(([x]) => x! * 20))),
  'how far up': boxed((discs) => mean(discs.map(([, y]) => y! * 2))),
  ink: boxed((discs) => mean(discs.map(([, , r]) => r! * 100)) * discs.length),
  'how far from the axis': boxed((discs) => mean(discs.map(([x]) => Math.abs(x! - 141.5) * 2))),
};

/** The things in each box. */
const filled =
  (measure: (item: Item) => number): Measure =>
  ({ items }) =>
    PANELS.map(({ x, y, width, height }) => {
      const inside = items.filter(
        (item) => item.x > x && item.x < x + width && item.y > y && item.y < y + height,
      );
      return Math.round(inside.reduce((sum, item) => sum + measure(item), 0));
    });

const FILLED: Readonly<Record<string, Measure>> = {
  'how far left': filled(({ x }) => x % 293),
  'how far up': filled(({ y }) => y % 271),
  'how large its things are': filled(({ size }) => size),
  'how long its outlines are': filled(({ object }) => object.weight * 20),
  ink: filled(({ object, size }) => (object.weight * size) / 4),
};

/** In each box, where a thing lies that the question names, from the middle of the box. */
const named =
  (nth: number, measure: (x: number, y: number) => number): Measure =>
  ({ items, question }) => {
    const objects = [...new Set(items.map(({ object }) => object))]
      .map((object) => ({ object, at: question.en.search(new RegExp(`the ${object.noun.en}(?=[ ?])`)) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at);
    return PANELS.map(({ x, y, width, height }) => {
      const item = items.find(
        (each) =>
          each.object === objects[nth]!.object &&
          each.x > x &&
          each.x < x + width &&
          each.y > y &&
          each.y < y + height,
      )!;
      return Math.round(measure(item.x - x - width / 2, item.y - y - height / 2));
    });
  };

const ENDS: Readonly<Record<string, Measure>> = {
  'how far left the middle one is': named(0, (x) => x),
  'how far left one end is': named(1, (x) => x),
  'how far up one end is': named(1, (_, y) => y),
  'how far left the other end is': named(2, (x) => x),
  'how far from the middle the other end is': named(2, (x, y) => Math.hypot(x, y)),
  ...FILLED,
};

const FAMILIES: readonly (readonly [Family, readonly Difficulty[], Readonly<Record<string, Measure>>])[] = [
  [beside, [1, 2], PLACES],
  [between, [1, 2], ENDS],
  [pointer, [1, 2], PLACES],
  [swirl, [1, 3], PLACES],
  [contour, [1, 3], PLACES],
  [faces, [1, 2, 3], PLACES],
  [odd, [1, 2], FILLED],
  [links, [2], BOXES],
  [symmetry, [1, 2], BOXES],
];

/** Every family at every difficulty that it is asked at, or the easiest and the hardest; what guessers know about it. */
export const CASES = FAMILIES.flatMap(([family, difficulties, measures]) =>
  difficulties.map((difficulty) => ({ name: family.name, family, difficulty, measures })),
);

export function draftsOf(family: Family, difficulty: Difficulty, count: number): Draft[] {
  const seed = `${family.name} ${difficulty}`;
  return Array.from({ length: count }, (_, i) => family(seededRandom(`guess ${i}`, seed), difficulty));
}

/** Per cent that a guesser gets right who knows the letter and the rank of each option in a measure, ties included. */
export function rate(drafts: readonly Draft[], measure: Measure): number {
  const tally = new Map<string, { right: number; all: number }>();
  let hits = 0;
  for (const [n, draft] of drafts.entries()) {
    const numbers = measure(draft);
    const keys = numbers.map((number) => `${numbers.filter((other) => other < number).length}`);
    if (n % 2 === 0)
      for (const [i, key] of keys.entries()) {
        const entry = tally.get(key) ?? { right: 0, all: 0 };
        tally.set(key, { right: entry.right + (i === draft.right ? 1 : 0), all: entry.all + 1 });
      }
    else {
      const hopes = keys.map((key) => {
        const { right, all } = tally.get(key) ?? { right: 0, all: 0 };
        return (right + 5) / (all + 20);
      });
      if (hopes.indexOf(Math.max(...hopes)) === draft.right) hits++;
    }
  }
  return (100 * hits) / (drafts.length / 2);
}
