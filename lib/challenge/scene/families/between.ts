/**
 * "What is halfway between the cat and the dog": four things in the corners, one halfway along each side, and those four are the
 * options; which side is asked about is drawn last. So every option is right for one of four questions about the same picture.
 */
import type { Random } from '../../../util/random.ts';
import { ask } from '../asked.ts';
import { gather } from '../choose.ts';
import { upright } from '../drawing/grid.ts';
import type { Draft, Drawing, Family, Item } from '../graph.ts';
import { THUMB_PLAN } from '../layout.ts';
import { OBJECTS, type SceneObject } from '../objects.ts';

/** An option lies less than this off the line that is asked about, or more than that. */
const [ON, OFF] = [9, 48];
const SIZES = [72, 64] as const;

export const between: Family = (random, difficulty): Draft => {
  const size = SIZES[difficulty === 1 ? 0 : 1]!;
  const corners = cornersFor(random, size);
  const halfway = corners.map(([x, y], i): Spot => {
    const [nextX, nextY] = corners[(i + 1) % 4]!;
    return [(x + nextX) / 2 + random.between(-4, 4), (y + nextY) / 2 + random.between(-4, 4)];
  });
  const inner = innerSpots(random, halfway, difficulty === 1 ? 1 : 2);
  const spots = [...corners, ...halfway, ...inner];
  const objects = gather(random, OBJECTS, spots.length);
  const items = spots.map((at, i) => upright(objects[i]!, at, size));
  const asked = random.below(4);
  const order = random.shuffle([0, 1, 2, 3]);
  const ends = random.shuffle([asked, (asked + 1) % 4]);
  return {
    items,
    drawing: drawingOf(items[asked]!, items[(asked + 1) % 4]!, objects.slice(4, 8)),
    question: ask(random, 'between', ...ends.map((i) => objects[i]!)),
    claims: order.map((i) => ({ says: 'one', object: objects[4 + i]! })),
    right: order.indexOf(asked),
  };
};

type Spot = readonly [x: number, y: number];

const { left, top, right: end, bottom } = THUMB_PLAN.scene;

/** Round the scene: left top, right top, right bottom, left bottom. */
function cornersFor(random: Random, size: number): Spot[] {
  const reach = size * Math.SQRT1_2 + 6;
  const [wide, high] = [() => random.between(0, 70), () => random.between(0, 46)];
  return [
    [left + reach + wide(), top + reach + high()],
    [end - reach - wide(), top + reach + high()],
    [end - reach - wide(), bottom - reach - high()],
    [left + reach + wide(), bottom - reach - high()],
  ];
}

/** In the middle, off all sides: two of them side by side, or not quite. */
function innerSpots(random: Random, halfway: readonly Spot[], count: number): Spot[] {
  const x = halfway.reduce((sum, spot) => sum + spot[0], 0) / 4;
  const y = halfway.reduce((sum, spot) => sum + spot[1], 0) / 4;
  if (count === 1) return [[x + random.between(-40, 40), y + random.between(-16, 16)]];
  const apart = random.between(52, 66);
  const lean = random.between(-24, 24);
  return [
    [x - apart, y - lean],
    [x + apart, y + lean],
  ];
}

function drawingOf(a: Item, b: Item, options: readonly SceneObject[]): Drawing {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = Math.sqrt(dx * dx + dy * dy);
  const off = ({ x, y }: Item) => Math.abs(dx * (y - a.y) - dy * (x - a.x)) / length;
  /** 0 at one end, 1 at the other. */
  const along = ({ x, y }: Item) => ((x - a.x) * dx + (y - a.y) * dy) / (length * length);
  return {
    holds: (item) => off(item) < ON && along(item) > 0.4 && along(item) < 0.6,
    flaw(items) {
      const others = items.filter((item) => item !== a && item !== b && (off(item) >= ON || along(item) > 1));
      const close = others.some((item) => off(item) <= OFF && along(item) > 0 && along(item) < 1);
      const shown = items.filter((item) => options.includes(item.object)).length;
      return close || shown !== 4 ? 'more than one thing between the two' : undefined;
    },
  };
}
