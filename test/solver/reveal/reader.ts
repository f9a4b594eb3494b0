/** Reads codes: ink is parted into characters, each compared with many that are known. Learns from restored pictures. */
import { at, HEIGHT, type Plane, WIDTH } from './frames.ts';

const GRID_X = 12;
const GRID_Y = 16;

interface Known {
  readonly character: string;
  readonly grid: Float32Array;
}

/** Where characters are looked for: in equal parts of the ink, or in the slots that the pieces' code stands in. */
export type Layout = 'ink' | 'slots';

export interface Reader {
  read(plane: Plane, length: number, layout?: Layout): string;
  readonly size: number;
}

export function train(samples: Iterable<readonly [plane: Plane, code: string]>): Reader {
  const known: Known[] = [];
  for (const [plane, code] of samples) {
    const grids = characters(plane, code.length);
    grids.forEach((grid, i) => {
      known.push({ character: code[i]!, grid });
    });
  }
  const nearest = (grid: Float32Array): string => {
    let best = '';
    let most = -2;
    for (const one of known) {
      let sum = 0;
      for (let i = 0; i < grid.length; i++) sum += one.grid[i]! * grid[i]!;
      if (sum > most) {
        most = sum;
        best = one.character;
      }
    }
    return best;
  };
  return {
    size: known.length,
    read: (plane, length, layout) => characters(plane, length, layout).map(nearest).join(''),
  };
}

/** The ink of each character in a grid of its own, of mean 0 and length 1. */
function characters(plane: Plane, length: number, layout: Layout = 'ink'): Float32Array[] {
  const clean = (x: number, y: number): number => {
    if (at(plane, x, y) === 0) return 0;
    let around = 0;
    for (let v = Math.max(0, y - 1); v <= Math.min(HEIGHT - 1, y + 1); v++)
      for (let u = Math.max(0, x - 1); u <= Math.min(WIDTH - 1, x + 1); u++) around += at(plane, u, v);
    return around > 4 ? 1 : 0;
  };
  const ink = Array.from({ length: HEIGHT }, (_, y) => Array.from({ length: WIDTH }, (_, x) => clean(x, y)));
  const columns = Array.from({ length: WIDTH }, (_, x) => ink.reduce((sum, row) => sum + row[x]!, 0));
  return cutsBetween(columns, length, layout).map(([left, right]) => normal(ink, left, right));
}

/** Cuts where the ink is thinnest near the places where characters would part if all were equally wide. */
function cutsBetween(columns: readonly number[], length: number, layout: Layout): [number, number][] {
  const first = columns.findIndex((ink) => ink > 1);
  const last = columns.findLastIndex((ink) => ink > 1);
  if (first < 0) return Array.from({ length }, () => [0, 1]);
  const [from, width] = layout === 'ink' ? [first, last + 1 - first] : [WIDTH * 0.05, WIDTH * 0.9];
  const slot = width / length;
  const cuts = [first];
  for (let i = 1; i < length; i++) {
    const middle = Math.round(from + i * slot);
    let best = middle;
    for (let x = Math.round(middle - slot * 0.3); x <= middle + slot * 0.3; x++)
      if (
        columns[x]! < columns[best]! ||
        (columns[x] === columns[best] && Math.abs(x - middle) < Math.abs(best - middle))
      )
        best = x;
    cuts.push(best);
  }
  cuts.push(last + 1);
  return cuts.slice(1).map((right, i) => [cuts[i]!, Math.max(right, cuts[i]! + 1)]);
}

function normal(ink: readonly (readonly number[])[], from: number, to: number): Float32Array {
  let [left, right, top, bottom] = [to, from, HEIGHT, 0];
  for (let y = 0; y < HEIGHT; y++)
    for (let x = from; x < to; x++)
      if (ink[y]![x]) {
        left = Math.min(left, x);
        right = Math.max(right, x + 1);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y + 1);
      }
  const grid = new Float32Array(GRID_X * GRID_Y);
  if (right <= left) return grid;
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) {
      const cell =
        Math.floor(((y - top) * GRID_Y) / (bottom - top)) * GRID_X +
        Math.floor(((x - left) * GRID_X) / (right - left));
      grid[cell]! += ink[y]![x]!;
    }
  const most = Math.max(...grid) || 1;
  const mean = grid.reduce((sum, value) => sum + value, 0) / grid.length / most;
  let square = 0;
  for (let i = 0; i < grid.length; i++) {
    grid[i] = grid[i]! / most - mean;
    square += grid[i]! ** 2;
  }
  const scale = 1 / (Math.sqrt(square) || 1);
  return grid.map((value) => value * scale);
}
