/** Points at random that keep their distance. */
import type { Random } from '../../../util/random.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const NOWHERE = -1e6;

/** Fills an area until there is hardly any room: no two points, and none to those `taken`, nearer than `apart`. */
export function scatter(random: Random, area: Area, apart: number, taken: readonly Point[] = []): Point[] {
  // A cell holds one point at most: its diagonal is `apart`
  const cell = apart * Math.SQRT1_2;
  const columns = Math.ceil((area.right - area.left) / cell) + 5;
  const rows = Math.ceil((area.bottom - area.top) / cell) + 5;
  const xs = new Float64Array(columns * rows).fill(NOWHERE);
  const ys = new Float64Array(columns * rows).fill(NOWHERE);
  const cellOf = (x: number, y: number) =>
    Math.floor((x - area.left) / cell) + 2 + columns * (Math.floor((y - area.top) / cell) + 2);
  const put = ({ x, y }: Point) => {
    const at = cellOf(x, y);
    xs[at] = x;
    ys[at] = y;
  };
  const isFree = ({ x, y }: Point) => {
    const first = cellOf(x, y) - 2 - 2 * columns;
    for (let row = 0; row < 5; row++)
      for (let at = first + row * columns, last = at + 5; at < last; at++) {
        const dx = xs[at]! - x;
        const dy = ys[at]! - y;
        if (dx * dx + dy * dy < apart * apart) return false;
      }
    return true;
  };
  for (const point of taken) put(point);
  const points: Point[] = [];
  // Four throws for each place there is
  const throws = (4 * (area.right - area.left) * (area.bottom - area.top)) / (apart * apart);
  for (let i = 0; i < throws; i++) {
    const point = { x: random.between(area.left, area.right), y: random.between(area.top, area.bottom) };
    if (!isFree(point)) continue;
    put(point);
    points.push(point);
  }
  return points;
}
