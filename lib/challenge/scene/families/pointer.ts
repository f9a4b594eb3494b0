/**
 * "What does the arrow point at": things all around an arrow, which points at one of them and clearly past all others. Where they lie
 * is settled before one is chosen by lot.
 */
import type { PaintSurface } from '../../../render/types.ts';
import type { Random } from '../../../util/random.ts';
import { cosTurns, sinTurns } from '../../../util/trig.ts';
import { ask } from '../asked.ts';
import { gather } from '../choose.ts';
import { type Theme, WHITE } from '../colors.ts';
import { upright } from '../drawing/grid.ts';
import type { Draft, Drawing, Family, Item } from '../graph.ts';
import { THUMB_PLAN } from '../layout.ts';
import { OBJECTS } from '../objects.ts';

interface Style {
  readonly things: number;
  /** Length of the arrow in pixels: from, to. */
  readonly length: readonly [number, number];
  readonly size: number;
  /** Least angle between two things, seen from the arrow: its sine. */
  readonly apart: number;
}

/** 22 degrees, and 16. */
const STYLES: readonly Style[] = [
  { things: 7, length: [110, 130], size: 74, apart: 0.374 },
  { things: 11, length: [84, 104], size: 62, apart: 0.275 },
];

export const pointer: Family = (random, difficulty): Draft => {
  const style = STYLES[difficulty === 1 ? 0 : 1]!;
  const objects = gather(random, OBJECTS, style.things);
  const [hub, spots] = ring(random, style);
  const items = spots.map((at, i) => upright(objects[i]!, at, style.size));
  const options = random.sample([...objects.keys()], 4);
  const right = random.below(4);
  const arrow = aim(hub, items[options[right]!]!, random.between(...style.length));
  return {
    items,
    drawing: drawingOf(arrow, style),
    question: ask(random, 'pointer'),
    claims: options.map((i) => ({ says: 'one', object: objects[i]! })),
    right,
  };
};

type Spot = [x: number, y: number];

const { left, top, right: end, bottom } = THUMB_PLAN.scene;

/** Where the arrow is pinned, and places around it, each in a sector of its own, close by or far off. */
function ring(random: Random, { things, size }: Style): [Spot, Spot[]] {
  const hub: Spot = [
    (left + end) / 2 + random.between(-30, 30),
    (top + bottom) / 2 + random.between(-14, 14),
  ];
  const reach = size * Math.SQRT1_2 + 1;
  const begin = random.unit();
  const spots = Array.from({ length: things }, (_, i): Spot => {
    const turn = begin + (i + random.between(-0.16, 0.16)) / things;
    const [x, y] = [cosTurns(turn), sinTurns(turn)];
    // As far as the scene allows, or somewhat nearer
    const room = [
      x > 0 ? (end - reach - hub[0]) / x : (left + reach - hub[0]) / x,
      y > 0 ? (bottom - reach - hub[1]) / y : (top + reach - hub[1]) / y,
    ];
    const far = Math.min(...room) * random.between(0.93, 1);
    return [hub[0] + x * far, hub[1] + y * far];
  });
  return [hub, spots];
}

interface Arrow {
  readonly tail: Spot;
  readonly tip: Spot;
}

/** Turned about its middle, which stays where it is pinned. */
function aim([x, y]: Spot, target: Item, length: number): Arrow {
  const far = Math.sqrt((target.x - x) * (target.x - x) + (target.y - y) * (target.y - y));
  const [dx, dy] = [((target.x - x) / far) * length * 0.5, ((target.y - y) / far) * length * 0.5];
  return { tail: [x - dx, y - dy], tip: [x + dx, y + dy] };
}

function drawingOf({ tail, tip }: Arrow, { apart }: Style): Drawing {
  /** Sine of the angle between the arrow and the line from its middle to a thing; 2 when that is behind it. */
  const off = ({ x, y }: Item) => {
    const [vx, vy] = [x - (tail[0] + tip[0]) / 2, y - (tail[1] + tip[1]) / 2];
    const [ax, ay] = [tip[0] - tail[0], tip[1] - tail[1]];
    if (vx * ax + vy * ay <= 0) return 2;
    return Math.abs(ax * vy - ay * vx) / Math.sqrt((vx * vx + vy * vy) * (ax * ax + ay * ay));
  };
  return {
    holds: (item) => off(item) < 0.03,
    flaw: (items) =>
      items.some((item) => off(item) >= 0.03 && off(item) < apart * 0.9)
        ? 'it points between two'
        : undefined,
    paint: (surface, theme) => paintArrow(surface, theme, tail, tip),
  };
}

function paintArrow(surface: PaintSurface, { hue, shade }: Theme, tail: Spot, tip: Spot): void {
  const middle: Spot = [(tail[0] + tip[0]) / 2, (tail[1] + tip[1]) / 2];
  const length = Math.sqrt((tip[0] - tail[0]) * (tip[0] - tail[0]) + (tip[1] - tail[1]) * (tip[1] - tail[1]));
  const [dx, dy] = [(tip[0] - tail[0]) / length, (tip[1] - tail[1]) / length];
  surface.circle(...middle, length / 2 + 16);
  surface.fill(shade);
  surface.circle(...middle, length / 2 + 8);
  surface.fill(WHITE);
  const neck: Spot = [tip[0] - dx * 30, tip[1] - dy * 30];
  surface.polyline([...tail, ...neck], 11);
  surface.fill(hue);
  surface.moveTo(...tip);
  surface.lineTo(neck[0] - dx * 6 - dy * 21, neck[1] - dy * 6 + dx * 21);
  surface.lineTo(...neck);
  surface.lineTo(neck[0] - dx * 6 + dy * 21, neck[1] - dy * 6 - dx * 21);
  surface.close();
  surface.fill(hue);
}
