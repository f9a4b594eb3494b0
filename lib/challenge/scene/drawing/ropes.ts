/**
 * Ropes that run from left to right in lanes. In each column some neighbours change places, one above the other; others only
 * come near each other and turn back. Which rope ends where is read off the swaps.
 */
import type { PaintSurface } from '../../../render/types.ts';
import { cos, sin } from '../../../util/trig.ts';
import type { Theme } from '../colors.ts';
import type { Drawing, Item } from '../graph.ts';
import { THUMB_PLAN } from '../layout.ts';
import { INK } from './inks.ts';
import { paintDiscs } from './paths.ts';

export interface Swap {
  /** The upper of the two lanes. */
  readonly lane: number;
  /** Whether the rope that comes from the upper lane lies on top; undefined: they do not change places. */
  readonly over: boolean | undefined;
}

export interface Ropes {
  readonly lanes: number;
  /** Swaps of each column, no lane in two of one column. */
  readonly columns: readonly (readonly Swap[])[];
  /** How far each lane strays at the seams between columns, in pixels; [column][lane]. */
  readonly stray: readonly (readonly number[])[];
  /** The lane that is asked about, on the left. */
  readonly from: number;
}

const { scene } = THUMB_PLAN;
const SIDE = { left: scene.left + 34, right: scene.right - 34 } as const;
const [ROPE, HALO] = [7, 17];
/** How near two ropes come that do not cross, from middle to middle. */
const NEAR = 30;

/** The end of a lane. */
export function laneEnd(lanes: number, lane: number, side: 'left' | 'right'): [x: number, y: number] {
  return [SIDE[side], laneY(lanes, lane)];
}

const laneY = (lanes: number, lane: number) =>
  scene.top + ((lane + 0.5) * (scene.bottom - scene.top)) / lanes;

/** Where the rope of a lane ends. */
export function endOf({ columns }: Pick<Ropes, 'columns'>, from: number): number {
  let lane = from;
  for (const swaps of columns)
    for (const swap of swaps) {
      if (swap.over === undefined) continue;
      if (swap.lane === lane) {
        lane++;
        break;
      }
      if (swap.lane + 1 === lane) {
        lane--;
        break;
      }
    }
  return lane;
}

export function ropesDrawing(ropes: Ropes): Drawing {
  const [x, y] = laneEnd(ropes.lanes, endOf(ropes, ropes.from), 'right');
  return {
    holds: (item: Item) => Math.abs(item.x - x) < 2 && Math.abs(item.y - y) < 2,
    flaw: () =>
      ropes.columns.some((swaps) => swaps.some((a) => swaps.some((b) => b.lane === a.lane + 1)))
        ? 'a rope in two swaps at once'
        : undefined,
    paint(surface, _theme, items) {
      paintRopes(surface, _theme, ropes);
      paintDiscs(surface, items);
    },
  };
}

/** Tightest turn of a rope, in pixels. */
const TURN = 14;
/** Parts of an arc at which a point is set. */
const ARC = [0, 0.25, 0.5, 0.75, 1] as const;

type Point = readonly [x: number, y: number];

/**
 * How a rope runs from one height to another, level at both ends: an arc, a straight line, an arc the other way. The first half of
 * the points is the mirror image of the second.
 */
function run([x0, y0]: Point, [x1, y1]: Point): number[] {
  const [wide, high] = [x1 - x0, Math.abs(y1 - y0)];
  const side = y1 > y0 ? 1 : -1;
  // The angle at which the line leaves the arc: wide · sin + (2 · TURN − high) · cos = 2 · TURN
  let [low, steep] = [0, 1.5];
  for (let i = 0; i < 16; i++) {
    const angle = (low + steep) / 2;
    if (wide * sin(angle) + (2 * TURN - high) * cos(angle) < 2 * TURN) low = angle;
    else steep = angle;
  }
  const arc = ARC.map((part): Point => [TURN * sin(part * low), side * TURN * (1 - cos(part * low))]);
  const back = arc.toReversed().flatMap(([x, y]) => [x1 - x, y1 - y]);
  return [...arc.flatMap(([x, y]) => [x0 + x, y0 + y]), ...back];
}

function paintRopes(surface: PaintSurface, { ground }: Theme, ropes: Ropes): void {
  const { lanes, columns, stray } = ropes;
  const [from, to] = [SIDE.left + 29, SIDE.right - 29];
  const seam = (c: number, lane: number): Point => [
    from + (c * (to - from)) / columns.length,
    laneY(lanes, lane) + stray[c]![lane]!,
  ];
  const lines = Array.from({ length: lanes }, (_, lane) => [...laneEnd(lanes, lane, 'left')]);
  const tops: number[][] = [];
  let order = lines.map((_, rope) => rope);
  for (const [c, swaps] of columns.entries()) {
    order = order.map((lane, rope) => {
      const swap = swaps.find((one) => one.lane === lane || one.lane + 1 === lane);
      const upper = swap?.lane === lane;
      const crosses = swap?.over !== undefined;
      const goal = crosses ? lane + (upper ? 1 : -1) : lane;
      const [start, end] = [seam(c, lane), seam(c + 1, goal)];
      if (!swap) lines[rope]!.push(...start);
      else if (crosses) lines[rope]!.push(...run(start, end));
      else {
        const middle = (laneY(lanes, swap.lane) + laneY(lanes, swap.lane + 1) + (upper ? -NEAR : NEAR)) / 2;
        const turn: Point = [(start[0] + end[0]) / 2, middle];
        lines[rope]!.push(...run(start, turn), ...run(turn, end));
      }
      if (crosses && swap.over === upper) tops.push(lines[rope]!.slice(-2 * 2 * ARC.length).slice(8, -8));
      return goal;
    });
  }
  for (const [rope, line] of lines.entries()) {
    line.push(...seam(columns.length, order[rope]!), ...laneEnd(lanes, order[rope]!, 'right'));
    surface.polyline(line, ROPE);
  }
  surface.fill(INK);
  for (const [ax, ay, bx, by] of tops as [number, number, number, number][]) {
    const part = (t: number) => [ax + t * (bx - ax), ay + t * (by - ay)];
    surface.polyline([...part(0.28), ...part(0.72)], HALO);
    surface.fill(ground);
    surface.polyline([ax, ay, bx, by], ROPE);
    surface.fill(INK);
  }
}
