/**
 * Attackers who recognise things and measure, but follow nothing. Each sees one feature of every option, learns on one half of the
 * challenges which values go with the right one, and guesses the other half. The last one sees all features at once.
 */
import type { Draft, Item } from '../../../lib/challenge/scene/graph.ts';
import { planOf } from '../../../lib/challenge/scene/layout.ts';
import { optionWords } from '../../../lib/challenge/scene/words.ts';
import type { PaintSurface } from '../../../lib/render/types.ts';
import type { Spot } from './pixels.ts';

/** What is known about option `i`, in a word; options with the same word are taken for equal. */
export type Feature = (draft: Draft, i: number) => string;

/** The thing of an option, where all four are in the scene and it is not the question whether they are. */
function itemOf({ claims, items }: Draft, i: number): Item | undefined {
  const claim = claims[i]!;
  const isShown = claim.says === 'one' || claim.says === 'named';
  return isShown ? items.find(({ object }) => object === claim.object) : undefined;
}

/** The things that lie in the box of option `i`. */
function itemsIn(draft: Draft, i: number): Item[] {
  if (draft.claims[i]!.says !== 'panel') return [];
  const { x: left, y: top, width, height } = planOf(draft).cards[i]!;
  return draft.items.filter(({ x, y }) => x > left && x < left + width && y > top && y < top + height);
}

const spotOf = (draft: Draft, i: number): Spot => itemOf(draft, i) ?? middleOf(draft);

function middleOf(draft: Draft): Spot {
  const { left, right, top, bottom } = planOf(draft).scene;
  return { x: (left + right) / 2, y: (top + bottom) / 2 };
}

/** What the question starts from: a thing that is named and no option, a circle that is drawn around something, else the middle. */
function targetOf(draft: Draft): Spot {
  const target = targets.get(draft) ?? findTarget(draft);
  targets.set(draft, target);
  return target;
}

const targets = new WeakMap<Draft, Spot>();

function findTarget(draft: Draft): Spot {
  const options = new Set(draft.claims.flatMap((claim) => ('object' in claim ? [claim.object] : [])));
  const named = draft.items
    .filter(({ object }) => !options.has(object) && draft.question.en.includes(`the ${object.noun.en}`))
    // Of two, the one that is named first
    .sort((a, b) => placeIn(draft, a) - placeIn(draft, b));
  return named[0] ?? shapesOf(draft).circles[0] ?? middleOf(draft);
}

const placeIn = ({ question }: Draft, { object }: Item) => question.en.indexOf(`the ${object.noun.en}`);

interface Drawn {
  readonly circles: Spot[];
  /** Middles of bars: cuts, planks. */
  readonly bars: Spot[];
  /** Those of them that show the ground: cuts alone. */
  readonly gaps: Spot[];
}

const GROUND = 0;
const known = new WeakMap<Draft, Drawn>();

/** What a drawing is made of: told to a surface that only takes notes. */
function shapesOf(draft: Draft): Drawn {
  const before = known.get(draft);
  if (before) return before;
  const circles: Spot[] = [];
  const bars: Spot[] = [];
  const gaps: Spot[] = [];
  let collected: Spot[] = [];
  const notes: Partial<PaintSurface> = {
    circle: (x, y) => circles.push({ x, y }),
    disc: (x, y) => circles.push({ x, y }),
    slab: (x, y, width, height) => bars.push({ x: x + width / 2, y: y + height / 2 }),
    rect(x, y, width, height) {
      const spot = { x: x + width / 2, y: y + height / 2 };
      bars.push(spot);
      collected.push(spot);
    },
    fill(color) {
      if (color === GROUND) gaps.push(...collected);
      collected = [];
    },
  };
  const surface = new Proxy(notes, { get: (target, name) => Reflect.get(target, name) ?? (() => 0) });
  draft.drawing?.paint?.(surface as never, { ground: GROUND, shade: 1, hue: 2 }, draft.items);
  const drawn = { circles, bars, gaps };
  known.set(draft, drawn);
  return drawn;
}

const far = (a: Spot, b: Spot) => Math.hypot(a.x - b.x, a.y - b.y);

/** The place of an option among the four by some measure; equals share a place. */
const rank =
  (measure: (draft: Draft, i: number) => number): Feature =>
  (draft, i) => {
    const own = measure(draft, i);
    return `${[0, 1, 2, 3].filter((j) => measure(draft, j) < own - 1e-6).length}`;
  };

/** Distances to spots from the thing of an option, nearest first. */
const near = (draft: Draft, i: number, spots: readonly Spot[]) =>
  spots.map((spot) => far(spot, spotOf(draft, i))).sort((a, b) => a - b);
const toTarget = (draft: Draft, i: number) => far(spotOf(draft, i), targetOf(draft));
const toBar = (draft: Draft, i: number) => near(draft, i, shapesOf(draft).bars)[0] ?? 0;
const toGap = (draft: Draft, i: number, nth = 0) => near(draft, i, shapesOf(draft).gaps)[nth] ?? 0;
const words: Feature = (draft, i) => optionWords(draft.claims[i]!, 'en');

/** What outlines there are: of an option's thing, or of all things in its box. */
function inkOf(draft: Draft, i: number): number {
  const claim = draft.claims[i]!;
  if ('object' in claim) return claim.object.weight;
  return itemsIn(draft, i).reduce((sum, { object }) => sum + object.weight, 0);
}

function sizeOf(draft: Draft, i: number): number {
  const inside = itemsIn(draft, i).reduce((sum, { size }) => sum + size, 0);
  return itemOf(draft, i)?.size ?? inside;
}

/** Where a thing that the question names lies in the box of an option: in which eighth of the circle around the box's middle. */
function namedInBox(nth: number): Feature {
  return (draft, i) => {
    const inside = itemsIn(draft, i)
      .filter(({ object }) => draft.question.en.includes(`the ${object.noun.en}`))
      .sort((a, b) => placeIn(draft, a) - placeIn(draft, b));
    const item = inside[nth];
    if (!item) return '';
    const { x, y, width, height } = planOf(draft).cards[i]!;
    const [across, down] = [item.x - x - width / 2, item.y - y - height / 2];
    return `${Math.round((Math.atan2(down, across) * 4) / Math.PI)} ${Math.round(Math.hypot(across, down) / 12)}`;
  };
}

const FEATURES: Readonly<Record<string, Feature>> = {
  letter: (_, i) => `${i}`,
  'what the option says': words,
  'option window': (draft, i) => `${draft.claims[0]!.says === 'count' ? words(draft, 0) : ''} ${i}`,
  'distance to the target': (draft, i) => `${Math.round(toTarget(draft, i) / 40)}`,
  'rank of that distance': rank(toTarget),
  'place across': (draft, i) => `${Math.round(spotOf(draft, i).x / 40)}`,
  'place down (lane)': (draft, i) => `${Math.round(spotOf(draft, i).y / 40)}`,
  'place against the target': (draft, i) =>
    `${Math.round((spotOf(draft, i).x - targetOf(draft).x) / 90)} ${Math.round((spotOf(draft, i).y - targetOf(draft).y) / 70)}`,
  'rank from the middle': rank((draft, i) => far(spotOf(draft, i), middleOf(draft))),
  'rank of the nearest bar': rank(toBar),
  'rank of the nearest gap': rank(toGap),
  'distance to the nearest gap': (draft, i) => `${Math.round(toGap(draft, i) / 12)}`,
  'distance to the second gap': (draft, i) => `${Math.round(toGap(draft, i, 1) / 12)}`,
  'where the first thing named lies in its box': namedInBox(0),
  'where the second does': namedInBox(1),
  'where the third does': namedInBox(2),
  size: (draft, i) => `${Math.round(sizeOf(draft, i) / 6)}`,
  'rank of size': rank(sizeOf),
  'rank of ink': rank(inkOf),
};

export interface Rate {
  readonly hits: number;
  readonly all: number;
}

/** One of the attackers: learns from challenges whose answer it is told, then guesses. */
interface Guesser {
  learn(features: readonly string[][], right: number): void;
  guess(features: readonly string[][]): number;
}

const best = (hopes: readonly number[]) => hopes.indexOf(Math.max(...hopes));

/** Knows one feature, and picks the option in which it was most often right before. */
function single(which: number): Guesser {
  const tally = new Map<string, { right: number; all: number }>();
  return {
    learn(features, right) {
      for (const [i, { [which]: key }] of features.entries()) {
        const entry = tally.get(key!) ?? { right: 0, all: 0 };
        tally.set(key!, entry);
        entry.all++;
        if (i === right) entry.right++;
      }
    },
    guess: (features) =>
      best(
        features.map(({ [which]: key }) => {
          const { right, all } = tally.get(key!) ?? { right: 0, all: 0 };
          return (right + 5) / (all + 20);
        }),
      ),
  };
}

/** Knows all features: a conditional logit with a weight for every value of each, one pass of gradient descent. */
function together(): Guesser {
  const weights = new Map<string, number>();
  const scores = (features: readonly string[][]) =>
    features.map((keys) => keys.reduce((sum, key, k) => sum + (weights.get(`${k} ${key}`) ?? 0), 0));
  let learned = 0;
  return {
    learn(features, right) {
      const odds = scores(features).map(Math.exp);
      const all = odds.reduce((sum, each) => sum + each, 0);
      const rate = 0.04 / (1 + learned++ / 3000);
      for (const [i, keys] of features.entries())
        for (const [k, key] of keys.entries()) {
          const at = `${k} ${key}`;
          weights.set(at, (weights.get(at) ?? 0) + rate * ((i === right ? 1 : 0) - odds[i]! / all));
        }
    },
    guess: (features) => best(scores(features)),
  };
}

/** What each attacker gets right of the second half of `count` challenges. They are seen one at a time: none is kept. */
export function ratesOf(
  drafts: Iterable<Draft>,
  count: number,
  seen: Readonly<Record<string, Feature>> = FEATURES,
): Readonly<Record<string, Rate>> {
  const names = Object.keys(seen);
  const features = Object.values(seen);
  const guessers = [...names.map((_, i) => single(i)), ...(names.length > 1 ? [together()] : [])];
  const hits = guessers.map(() => 0);
  const half = count >> 1;
  let n = 0;
  for (const draft of drafts) {
    const keys = [0, 1, 2, 3].map((i) => features.map((feature) => feature(draft, i)));
    for (const [g, guesser] of guessers.entries())
      if (n < half) guesser.learn(keys, draft.right);
      else if (guesser.guess(keys) === draft.right) hits[g]!++;
    n++;
  }
  const labels = [...names, 'all of them together'];
  return Object.fromEntries(hits.map((each, g) => [labels[g]!, { hits: each, all: n - half }]));
}
