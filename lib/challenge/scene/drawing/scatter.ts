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
  // From the middle outwards: most throws fail, and there
  const around = [0, -1, 1, -2, 2].flatMap((row) =>
    [0, -1, 1, -2, 2].map((column) => row * columns + column),
  );
  const isFree = (x: number, y: number) => {
    const middle = cellOf(x, y);
    for (let i = 0; i < around.length; i++) {
      const at = middle + around[i]!;
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
    const x = random.between(area.left, area.right);
    const y = random.between(area.top, area.bottom);
    if (!isFree(x, y)) continue;
    const point = { x, y };
    put(point);
    points.push(point);
  }
  return points;
}
