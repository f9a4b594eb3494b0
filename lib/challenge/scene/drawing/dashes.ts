/** Fields of little sticks: what swirl and contour are made of. */
import type { PaintSurface } from '../../../render/types.ts';
import { WHITE } from '../colors.ts';
import type { Item } from '../graph.ts';

export interface Dash {
  readonly x: number;
  readonly y: number;
  /** Its direction, of length 1. */
  readonly dx: number;
  readonly dy: number;
}

const DASH = { half: 5, width: 4.8 } as const;

export function paintDashes(surface: PaintSurface, dashes: readonly Dash[], color: number): void {
  for (const { x, y, dx, dy } of dashes) {
    const [along, down] = [dx * DASH.half, dy * DASH.half];
    surface.stick(x - along, y - down, x + along, y + down, DASH.width, color);
  }
}

/** Radius of the white disc that a thing in a field lies on. */
export const ISLAND = 33;

export function paintIslands(surface: PaintSurface, items: readonly Item[]): void {
  for (const { x, y } of items) surface.disc(x, y, ISLAND, WHITE);
}

/** How much two directions differ, without regard to which way they run: 0 in line, 1 across. */
export const across = (a: Dash, b: Dash): number => Math.abs(a.dx * b.dy - a.dy * b.dx);
