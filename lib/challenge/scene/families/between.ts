/**
 * "In which box is the star between the cat and the dog": in every box lie the same things, one in the middle and the others around it.
 * In one box, drawn by lot, the two that are asked about lie on opposite sides of it. Where the one lies says nothing without where the
 * other lies: each is anywhere around the middle as often in the right box as in the others. (Were the options the things that lie halfway
 * between pairs of others, one end would tell much: whatever is halfway is nearer to both ends, on the whole, than what is not.)
 */
import type { Random } from '../../../util/random.ts';
import { cosTurns, sinTurns } from '../../../util/trig.ts';
import { ask } from '../asked.ts';
import { gather } from '../choose.ts';
import { upright } from '../drawing/grid.ts';
import { isIn, PANEL_CLAIMS, PANELS, paintSheets } from '../drawing/panels.ts';
import type { Draft, Drawing, Family, Item } from '../graph.ts';
import { OBJECTS, type SceneObject } from '../objects.ts';

interface Style {
  /** How many lie around the middle; an even number. */
  readonly around: number;
  /** How far from it, in pixels. */
  readonly far: number;
  readonly size: number;
  /** How far the ring is turned to either side, in turns. */
  readonly turn: number;
}

const STYLES: readonly [Style, Style] = [
  { around: 4, far: 83, size: 58, turn: 0.03 },
  { around: 6, far: 90, size: 50, turn: 0.5 },
];
/** How far off its place a thing may lie, in pixels, across and down. */
const LOOSE = 3;
/** The middle is less than this off the line that is asked about, or more than that. */
const [ON, OFF] = [9, 36];

/** A question names three: their names must leave room for each other. */
export const SHORT = OBJECTS.filter(({ noun }) => noun.en.length <= 12);

export const between: Family = (random, difficulty): Draft => {
  const style = STYLES[difficulty === 1 ? 0 : 1];
  const right = random.below(4);
  const [middle, ...ring] = gather(random, SHORT, 1 + style.around) as [SceneObject, ...SceneObject[]];
  const items = PANELS.flatMap((box, i) => {
    const at = [box.x + box.width / 2 + 6, box.y + box.height / 2 + 2] as const;
    return [
      upright(middle, near(random, at), style.size),
      ...around(random, at, orderOf(random, ring, i === right), style),
    ];
  });
  const ends = random.shuffle(ring.slice(0, 2));
  return {
    items,
    drawing: drawingOf(middle, ring[0]!, ring[1]!, items),
    question: ask(random, 'between', middle, ...ends),
    claims: PANEL_CLAIMS,
    right,
  };
};

/** The things in their order around the middle: whether the first two are opposite each other is given, all else is chance. */
function orderOf(random: Random, ring: readonly SceneObject[], opposite: boolean): SceneObject[] {
  const half = ring.length / 2;
  for (;;) {
    const order = random.shuffle(ring);
    const apart = Math.abs(order.indexOf(ring[0]!) - order.indexOf(ring[1]!));
    if ((apart === half) === opposite) return order;
  }
}

type Spot = readonly [x: number, y: number];

const near = (random: Random, [x, y]: Spot): Spot => [
  x + random.between(-LOOSE, LOOSE),
  y + random.between(-LOOSE, LOOSE),
];

function around(random: Random, [x, y]: Spot, order: readonly SceneObject[], style: Style): Item[] {
  const begin = random.between(-style.turn, style.turn);
  return order.map((object, i) => {
    const turn = begin + i / order.length;
    const at = [x + style.far * cosTurns(turn), y + style.far * sinTurns(turn)] as const;
    return upright(object, near(random, at), style.size);
  });
}

function drawingOf(middle: SceneObject, a: SceneObject, b: SceneObject, items: readonly Item[]): Drawing {
  const boxes = PANELS.map((panel) => {
    const inside = items.filter((item) => isIn(panel, item));
    return [middle, a, b].map((object) => inside.filter((item) => item.object === object));
  });
  /** In each box, how far the middle lies off the line from the one to the other; far, when not between them at all. */
  const off = boxes.map((found) => {
    const [m, p, q] = found.map(([item]) => item);
    if (!m || !p || !q) return Number.POSITIVE_INFINITY;
    const [dx, dy] = [q.x - p.x, q.y - p.y];
    const length = Math.sqrt(dx * dx + dy * dy);
    const along = ((m.x - p.x) * dx + (m.y - p.y) * dy) / (length * length);
    if (along < 0.3 || along > 0.7) return Number.POSITIVE_INFINITY;
    return Math.abs(dx * (m.y - p.y) - dy * (m.x - p.x)) / length;
  });
  return {
    holds: () => false,
    holdsPanel: (i) => off[i]! < ON,
    flaw() {
      if (boxes.flat().some((found) => found.length !== 1)) return 'not one of each in every box';
      return off.some((far) => far >= ON && far <= OFF) ? 'nearly between' : undefined;
    },
    paint: paintSheets,
  };
}
