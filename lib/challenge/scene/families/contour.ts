/**
 * "A row of dashes winds away from the cat. Where does it end": dashes at random, and among them one row that runs from a thing on the
 * left to one of four on the right. Where it starts and where it ends are drawn apart from each other, so the nearest of the four is
 * right as often as the farthest. How far its dashes lie apart, against those around them, is how hard it is to see.
 */
import type { Random } from '../../../util/random.ts';
import { cosTurns, sinTurns } from '../../../util/trig.ts';
import type { Difficulty } from '../../challenge.ts';
import { ask } from '../asked.ts';
import { gather } from '../choose.ts';
import { across, type Dash, ISLAND, paintDashes, paintIslands } from '../drawing/dashes.ts';
import { upright } from '../drawing/grid.ts';
import { INK } from '../drawing/inks.ts';
import { scatter } from '../drawing/scatter.ts';
import type { Draft, Drawing, Family } from '../graph.ts';
import { THUMB_PLAN } from '../layout.ts';
import { OBJECTS } from '../objects.ts';

/** Step of the row in parts of the mean distance from a dash of the field to the nearest other. Never above 1.2: it fades. */
const RATIO: Readonly<Record<Difficulty, readonly [number, number]>> = {
  1: [0.75, 0.8],
  2: [0.95, 1.05],
  3: [1.1, 1.15],
};
/** Least distance of two dashes of the field, and the mean distance to the nearest that it makes. */
const APART = 22;
const MEAN = 25;

const { left, top, right: end, bottom } = THUMB_PLAN.scene;
const FIELD = {
  left: left + 2 * ISLAND + 12,
  top: top + 6,
  right: end - 2 * ISLAND - 12,
  bottom: bottom - 6,
};

export const contour: Family = (random, difficulty): Draft => {
  const [start, ...goals] = gather(random, OBJECTS, 5);
  const right = random.below(4);
  const height = (bottom - top) / 4;
  const from: Spot = [left + ISLAND, random.between(top + height * 0.8, bottom - height * 0.8)];
  const spots = goals.map((_, i): Spot => [end - ISLAND, top + height * (i + 0.5) + random.between(-9, 9)]);
  const row = rowBetween(random, from, spots[right]!, MEAN * random.between(...RATIO[difficulty]));
  const items = [start!, ...goals].map((object, i) => upright(object, i ? spots[i - 1]! : from, 46));
  const order = random.shuffle([0, 1, 2, 3]);
  return {
    items,
    drawing: drawingOf(from, [...row, ...fieldAround(random, row)]),
    question: ask(random, 'contour', start!),
    claims: order.map((i) => ({ says: 'one', object: goals[i]! })),
    right: order.indexOf(right),
  };
};

type Spot = readonly [x: number, y: number];

/** Dashes along a curve that swings once or twice, a step apart. */
function rowBetween(random: Random, [x0, y0]: Spot, [x1, y1]: Spot, step: number): Dash[] {
  const [begin, finish] = [x0 + ISLAND + 12, x1 - ISLAND - 12];
  for (;;) {
    const swing = random.between(-90, 90);
    const ripple = random.between(-44, 44);
    const at = (x: number) => {
      const t = (x - begin) / (finish - begin);
      const straight = y0 + (y1 - y0) * t * t * (3 - 2 * t);
      return straight + swing * sinTurns(t / 2) + ripple * sinTurns(t);
    };
    const row = alongCurve(at, begin, finish, step);
    if (row) return row;
  }
}

/** A dash wherever a step along the curve is full; undefined when it leaves the field or turns too sharply. */
function alongCurve(
  at: (x: number) => number,
  begin: number,
  finish: number,
  step: number,
): Dash[] | undefined {
  const row: Dash[] = [];
  let length = 0;
  let before = at(begin - 1);
  // Along the curve in pieces of two pixels
  for (let x = begin; x <= finish; x += 2) {
    const after = at(x + 1);
    const rise = after - before;
    before = after;
    const piece = Math.sqrt(4 + rise * rise);
    if (length <= 0) {
      const dash = { x, y: at(x), dx: 2 / piece, dy: rise / piece };
      const last = row.at(-1);
      if (dash.y <= FIELD.top || dash.y >= FIELD.bottom || (last && !follows(last, dash))) return undefined;
      row.push(dash);
      length += step;
    }
    length -= piece;
  }
  return row;
}

/** Dashes at random, off the row; beside it none that could be taken for a branch of it. */
function fieldAround(random: Random, row: readonly Dash[]): Dash[] {
  const points = scatter(random, FIELD, APART, row);
  return points.map(({ x, y }) => {
    for (;;) {
      const turn = random.between(-0.25, 0.25);
      const dash = { x, y, dx: cosTurns(turn), dy: sinTurns(turn) };
      if (!row.some((other) => isNear(dash, other, 2 * APART) && across(dash, other) < 0.5)) return dash;
    }
  });
}

const isNear = (a: { x: number; y: number }, b: { x: number; y: number }, reach: number) =>
  (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y) < reach * reach;

/** Longest stride from dash to dash that still reads as one row. */
const STRIDE = MEAN * 1.2 + 2;
/** Sine of how far a dash may turn from the line to the next: beyond 14 degrees the row breaks. */
const TURN = 0.25;

/** Whether somebody who walks to the right over dash `a` could go on over `b`. */
function follows(a: Dash, b: Dash): boolean {
  const x = b.x - a.x;
  const y = b.y - a.y;
  // Most are too far away, and there are many
  if (x > STRIDE || y > STRIDE || x < -STRIDE || y < -STRIDE) return false;
  const length = Math.sqrt(x * x + y * y);
  if (length > STRIDE || x * a.dx + y * a.dy <= 0) return false;
  return Math.abs(a.dx * y - a.dy * x) < TURN * length && Math.abs(b.dx * y - b.dy * x) < TURN * length;
}

/** Whether a dash beside a thing's disc runs up to it, `side` 1 from the left, -1 from the right. */
function touches(dash: Dash, [x, y]: Spot, side: number): boolean {
  const dx = dash.x + side * dash.dx * STRIDE - x;
  const dy = dash.y + side * dash.dy * STRIDE - y;
  return dx * dx + dy * dy < (ISLAND + 10) * (ISLAND + 10);
}

function drawingOf(from: Spot, dashes: readonly Dash[]): Drawing {
  // From the thing on the left from dash to dash, as long as the next lies ahead and in line
  const reached = new Set(dashes.filter((dash) => touches(dash, from, -1)));
  for (const dash of reached) for (const next of dashes) if (follows(dash, next)) reached.add(next);
  const last = [...reached];
  return {
    holds: ({ x, y }) => x > from[0] + 200 && last.some((dash) => touches(dash, [x, y], 1)),
    flaw: () => (last.length > 40 ? 'too many rows' : undefined),
    paint: (surface, _theme, placed) => {
      paintDashes(surface, dashes, INK);
      paintIslands(surface, placed);
    },
  };
}
