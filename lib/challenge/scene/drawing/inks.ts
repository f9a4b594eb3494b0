/** Colours of what is drawn beside things: the entries of the scene palette that come nearest to what was wished for. */
import type { Hex } from '../colors.ts';
import { PALETTE } from '../icons.ts';

const entries = PALETTE.match(/.{6}/g)!;
const parts = (hex: string) => hex.match(/../g)!.map((pair) => Number.parseInt(pair, 16));

function nearest(wish: Hex): number {
  const [r, g, b] = parts(wish.slice(1)) as [number, number, number];
  const far = entries.map((entry) => {
    const [red, green, blue] = parts(entry) as [number, number, number];
    return 3 * (red - r) ** 2 + 6 * (green - g) ** 2 + 2 * (blue - b) ** 2;
  });
  return far.indexOf(Math.min(...far));
}

/** Dark lines and arrows. */
export const INK = nearest('#33414f');
export const SAND = nearest('#f3dca8');
export const SAND_EDGE = nearest('#a88a5c');
export const WOOD = nearest('#cf9150');
export const WOOD_EDGE = nearest('#6d4534');
