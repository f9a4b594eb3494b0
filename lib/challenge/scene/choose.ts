/** Choosing objects that can stand in one scene without anybody arguing about what they are. */
import type { Random } from '../../util/random.ts';
import { clashes, OBJECTS, type SceneObject } from './objects.ts';

/**
 * Up to `count` different objects of `pool` in random order, none of which clashes with another or with one of `beside`.
 * Fewer when the pool has no more.
 */
export function gather(
  random: Random,
  pool: readonly SceneObject[],
  count: number,
  beside: readonly SceneObject[] = [],
): SceneObject[] {
  const chosen: SceneObject[] = [];
  const fits = (object: SceneObject) =>
    !chosen.some((other) => clashes(object, other)) && !beside.some((other) => clashes(object, other));
  // A few blind draws are enough in a large pool; a shuffle settles a small one
  for (let tries = 0; chosen.length < count && tries < count * 2; tries++) {
    const object = random.pick(pool);
    if (fits(object)) chosen.push(object);
  }
  if (chosen.length === count) return chosen;
  for (const object of random.shuffle(pool)) {
    if (fits(object)) chosen.push(object);
    if (chosen.length === count) break;
  }
  return chosen;
}

/** All objects, and below all lists made of them, in the order of their weight. */
export const BY_WEIGHT = OBJECTS.toSorted((a, b) => a.weight - b.weight);

const groups = Map.groupBy(BY_WEIGHT, (object) => object.alike);
const sorts = Map.groupBy(BY_WEIGHT, (object) => object.sort);

/** Those that look or mean something like it, itself included. */
export const alikeTo = (object: SceneObject): readonly SceneObject[] => groups.get(object.alike)!;
export const sameSortAs = (object: SceneObject): readonly SceneObject[] => sorts.get(object.sort)!;

/** About `count` neighbours of a weight in a list that is ordered by weight; all of it, when there are no more. */
export function ofWeight(
  weight: number,
  ordered: readonly SceneObject[],
  count: number,
): readonly SceneObject[] {
  const at = ordered.findIndex((object) => object.weight >= weight);
  const first = Math.min((at < 0 ? ordered.length : at) - (count >> 1), ordered.length - count);
  return ordered.slice(Math.max(0, first), Math.max(0, first) + count);
}

/** Four options. 1: of four different groups; 2: two pairs of a sort each; 3: all of one sort, alike where there are enough. */
export function chooseOptions(random: Random, difficulty: 1 | 2 | 3): SceneObject[] {
  for (;;) {
    const chosen = attempt(random, difficulty);
    if (chosen.length === 4) return random.shuffle(chosen);
  }
}

function attempt(random: Random, difficulty: 1 | 2 | 3): SceneObject[] {
  if (difficulty === 1) {
    const four = gather(random, OBJECTS, 4);
    return new Set(four.map((object) => object.alike)).size === 4 ? four : [];
  }
  const first = random.pick(OBJECTS);
  if (difficulty === 3) {
    const close = gather(random, alikeTo(first), 4);
    return close.length === 4 ? close : gather(random, sameSortAs(first), 4);
  }
  const second = random.pick(OBJECTS);
  if (second.sort === first.sort) return [];
  const pair = gather(random, sameSortAs(first), 2);
  return [...pair, ...gather(random, sameSortAs(second), 2, pair)];
}
