/** How a box is cut, and how the sets slide: numbers only, all drawn from one stream. */
import type { CutLine, Cuts } from '../../render/renderer.ts';
import type { Random } from '../../util/random.ts';
import { cosTurns, sinTurns } from '../../util/trig.ts';
import type { RevealOptions, TriggerType } from './options.ts';

/** In shares of the range, 0 … 1. */
export type Trigger =
  | { readonly type: 'vertical'; readonly x: number }
  | { readonly type: 'horizontal'; readonly y: number }
  | { readonly type: 'point'; readonly x: number; readonly y: number; readonly radius: number };

/** Offsets [dx, dy] at equal steps of the range, whole pixels; between two of them a set slides in a straight line. */
export type Curve = readonly (readonly [dx: number, dy: number])[];

/** A set's offset is the sum of two: by how far along and by how far down the range the pointer is. */
export interface Slide {
  readonly along: Curve;
  readonly down: Curve;
}

const KNOTS = { free: 9, meeting: 17 } as const;
/** Share of the range within which a curve falls to zero at a trigger. */
const FALL = 0.2;
const POINT_RADIUS = 0.04;

export function drawCuts(options: RevealOptions, random: Random): Cuts {
  const { width, height, columns, rows, sets } = options;
  const across = random.integer(columns[0], columns[1]);
  const down = random.integer(rows[0], rows[1]);
  const shift = random.below(sets);
  // Neighbours always belong to different sets; here and there two rows begin with the same one
  const starts: number[] = [];
  for (let row = 0; row < down; row++) starts.push((row + shift + (random.chance(0.15) ? 1 : 0)) % sets);
  return {
    upright: lines(across - 1, width, height, options, random),
    lying: lines(down - 1, height, width, options, random),
    sets: (column, row) => (column + starts[row]!) % sets,
  };
}

/** `count` lines across `size` that don't cross within `span`: each is known by where it begins and where it ends. */
function lines(
  count: number,
  size: number,
  span: number,
  { lean, anchors, gap }: RevealOptions,
  random: Random,
): CutLine[] {
  const step = size / (count + 1);
  const ends = (): number[] => {
    const places: number[] = [];
    for (let i = 0; i < count; i++) places.push(i % anchors === 0 ? random.between(-0.3, 0.3) : 0);
    for (let i = 0; i < count; i++) {
      const before = Math.floor(i / anchors) * anchors;
      const after = Math.min(count - 1, before + anchors);
      const share = after > before ? (i - before) / (after - before) : 0;
      const filled = i === before ? places[i]! : places[before]! * (1 - share) + places[after]! * share;
      places[i] = i === before ? filled : filled + random.between(-0.12, 0.12);
    }
    return places.map((shift, i) => (i + 1 + shift) * step);
  };
  const begins = ends();
  const tilt = random.between(lean[0], lean[1]) * (random.chance() ? 1 : -1);
  const most = 0.2 * step;
  return begins.map((at, i) => {
    const own = Math.max(-most, Math.min(most, random.between(-1, 1) * most));
    const farther = tilt * (1 - Math.abs(i / Math.max(1, count - 1) - 0.5)) + own;
    return { at, lean: farther / span, gap: random.between(gap[0], gap[1]) };
  });
}

export function drawTriggers(types: readonly TriggerType[], random: Random): Trigger[] {
  return types.map((type, i) => {
    // Far from where the pointer starts, and from each other; on a knot, so that the sets really meet
    const steps = KNOTS.meeting - 1;
    const share = () => Math.round(((i + random.between(0.35, 0.85)) / types.length) * steps) / steps;
    if (type === 'vertical') return { type, x: share() };
    if (type === 'horizontal') return { type, y: share() };
    return { type, x: share(), y: share(), radius: POINT_RADIUS };
  });
}

/** Curves that are zero at the triggers; with none they never meet. */
export function drawSlides(options: RevealOptions, triggers: readonly Trigger[], random: Random): Slide[] {
  const xs = triggers.flatMap((trigger) => ('x' in trigger ? [trigger.x] : []));
  const ys = triggers.flatMap((trigger) => ('y' in trigger ? [trigger.y] : []));
  const flat: Curve = [
    [0, 0],
    [0, 0],
  ];
  return Array.from({ length: options.sets }, (_, set) => ({
    along: triggers.length > 0 && xs.length === 0 ? flat : curve(options, xs, set, random),
    down: triggers.length > 0 && ys.length === 0 ? flat : curve(options, ys, set, random),
  }));
}

function curve(
  { reach, sets }: RevealOptions,
  zeros: readonly number[],
  set: number,
  random: Random,
): [number, number][] {
  // The sets start apart from each other, and each turns its own way
  const from = set / sets + random.between(-0.1, 0.1);
  const turns = random.between(0.4, 1) * (random.chance() ? 1 : -1);
  const length = random.between(reach[0], reach[1]);
  const knots = zeros.length > 0 ? KNOTS.meeting : KNOTS.free;
  return Array.from({ length: knots }, (_, i) => {
    const share = i / (knots - 1);
    const fall = zeros.reduce((least, zero) => Math.min(least, Math.abs(share - zero) / FALL), 1);
    const angle = from + turns * share;
    return [
      Math.round(length * fall * cosTurns(angle)),
      Math.round(0.6 * length * fall * sinTurns(angle)),
    ] as [number, number];
  });
}

/** Where a set stands when the pointer is at these shares of the range, in whole pixels. */
export function offsetAt({ along, down }: Slide, x: number, y: number): [dx: number, dy: number] {
  const [ax, ay] = between(along, x);
  const [bx, by] = between(down, y);
  return [Math.round(ax + bx), Math.round(ay + by)];
}

function between(curve: Curve, share: number): [number, number] {
  const place = Math.max(0, Math.min(1, share)) * (curve.length - 1);
  const first = Math.min(curve.length - 2, Math.floor(place));
  const part = place - first;
  const [a, b] = [curve[first]!, curve[first + 1]!];
  return [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part];
}
