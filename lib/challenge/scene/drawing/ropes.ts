/**
 * Ropes that run from left to right in lanes. In each column some neighbours change places, one above the other; others only
 * come near each other and turn back. Which rope ends where is read off the swaps.
 */
import type { PaintSurface } from '../../../render/types.ts';
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
const NEAR = 26;

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

/** A smooth step, in pieces: how a rope runs from one height to another. */
const STEPS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map((t) => [t, t * t * (3 - 2 * t)] as const);

type Point = readonly [x: number, y: number];

const run = ([x0, y0]: Point, [x1, y1]: Point): number[] =>
  STEPS.flatMap(([t, s]) => [x0 + t * (x1 - x0), y0 + s * (y1 - y0)]);

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
      if (crosses && swap.over === upper) tops.push(run(start, end).slice(4, -2));
      return goal;
    });
  }
  for (const [rope, line] of lines.entries()) {
    line.push(...seam(columns.length, order[rope]!), ...laneEnd(lanes, order[rope]!, 'right'));
    surface.polyline(line, ROPE);
  }
  surface.fill(INK);
  for (const top of tops) {
    surface.polyline(top.slice(4, -4), HALO);
    surface.fill(ground);
    surface.polyline(top, ROPE);
    surface.fill(INK);
  }
}
