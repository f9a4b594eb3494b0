/**
 * Attackers who recognise things and measure, but follow nothing. Each sees one feature of every option, learns on one half of the
 * challenges which values go with the right one, and guesses the other half.
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
  return claim.says === 'one' ? items.find(({ object }) => object === claim.object) : undefined;
}

const spotOf = (draft: Draft, i: number): Spot => itemOf(draft, i) ?? middleOf(draft);

function middleOf(draft: Draft): Spot {
  const { left, right, top, bottom } = planOf(draft).scene;
  return { x: (left + right) / 2, y: (top + bottom) / 2 };
}

/** What the question starts from: a thing that is named and no option, a circle that is drawn around something, else the middle. */
function targetOf(draft: Draft): Spot {
  const options = new Set(draft.claims.flatMap((claim) => ('object' in claim ? [claim.object] : [])));
  const named = draft.items.find(
    ({ object }) => !options.has(object) && draft.question.en.includes(`the ${object.noun.en}`),
  );
  return named ?? shapesOf(draft).circles[0] ?? middleOf(draft);
}

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

const toTarget = (draft: Draft, i: number) => far(spotOf(draft, i), targetOf(draft));
const toBar = (draft: Draft, i: number) =>
  Math.min(...shapesOf(draft).bars.map((bar) => far(bar, spotOf(draft, i))));
const toGap = (draft: Draft, i: number) =>
  Math.min(...shapesOf(draft).gaps.map((gap) => far(gap, spotOf(draft, i))));
const words: Feature = (draft, i) => optionWords(draft.claims[i]!, 'en');

export const FEATURES: Readonly<Record<string, Feature>> = {
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
  size: (draft, i) => `${Math.round((itemOf(draft, i)?.size ?? 0) / 6)}`,
  'rank of ink': rank((draft, i) => {
    const claim = draft.claims[i]!;
    return 'object' in claim ? claim.object.weight : 0;
  }),
};

export interface Rate {
  readonly hits: number;
  readonly all: number;
}

/** How often the option whose feature was most often right before is right. */
export function rateOf(drafts: readonly Draft[], feature: Feature): Rate {
  const half = drafts.length >> 1;
  const tally = new Map<string, { right: number; all: number }>();
  for (const draft of drafts.slice(0, half))
    for (let i = 0; i < 4; i++) {
      const key = feature(draft, i);
      const entry = tally.get(key) ?? { right: 0, all: 0 };
      tally.set(key, { right: entry.right + (i === draft.right ? 1 : 0), all: entry.all + 1 });
    }
  const tested = drafts.slice(half);
  const hits = tested.filter((draft) => {
    const hopes = [0, 1, 2, 3].map((i) => {
      const { right, all } = tally.get(feature(draft, i)) ?? { right: 0, all: 0 };
      return (right + 5) / (all + 20);
    });
    return hopes.indexOf(Math.max(...hopes)) === draft.right;
  });
  return { hits: hits.length, all: tested.length };
}
