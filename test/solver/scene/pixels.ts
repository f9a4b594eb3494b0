/** A picture as an attacker has it: the palette colour of every pixel, and blobs of them. */
import { PNG } from 'pngjs';
import { THEMES, WHITE } from '../../../lib/challenge/scene/colors.ts';
import { PALETTE } from '../../../lib/challenge/scene/icons.ts';
import { HEADER, HEIGHT, THUMB_PLAN, WIDTH } from '../../../lib/challenge/scene/layout.ts';

export interface Spot {
  readonly x: number;
  readonly y: number;
}

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Palette entry at a pixel; 0 (white) outside. */
  at(x: number, y: number): number;
  readonly theme: (typeof THEMES)[number];
}

const entryOf = new Map(PALETTE.match(/.{6}/g)!.map((hex, i) => [Number.parseInt(hex, 16), i]));

export function pixelsOf(png: Uint8Array): Pixels {
  const { width, height, data } = PNG.sync.read(Buffer.from(png));
  const entries = new Uint8Array(width * height);
  for (let i = 0; i < entries.length; i++)
    entries[i] = entryOf.get((data[i * 4]! << 16) | (data[i * 4 + 1]! << 8) | data[i * 4 + 2]!) ?? 0;
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? WHITE : entries[Math.round(y) * width + Math.round(x)]!;
  return { width, height, at, theme: THEMES.find(({ hue }) => hue === at(2, 2)) ?? THEMES[0]! };
}

const rgb = (hex: string) => hex.match(/[0-9a-f]{2}/gi)!.map((pair) => Number.parseInt(pair, 16));
const colors = PALETTE.match(/.{6}/g)!.map(rgb);

/** Palette entries that look like one of the given, within a distance of channel values. */
export function alike(entries: readonly number[], within: number): ReadonlySet<number> {
  return new Set(
    colors.flatMap((color, i) => {
      const near = entries.some(
        (entry) => Math.hypot(...color.map((part, k) => part - colors[entry]![k]!)) <= within,
      );
      return near ? [i] : [];
    }),
  );
}

export const SCENE = { left: 0, top: HEADER.height, right: WIDTH, bottom: THUMB_PLAN.barTop };

/** Pixels by their keys. */
export interface Area {
  readonly keys: readonly number[];
  has(key: number): boolean;
}

/** All pixels of the scene that can be walked to from some of them. */
export function flood(from: readonly Spot[], open: (x: number, y: number) => boolean): Area {
  const reached = new Uint8Array(WIDTH * HEIGHT);
  const keys: number[] = [];
  const queue = [...from];
  for (let spot = queue.pop(); spot; spot = queue.pop()) {
    const [x, y] = [Math.round(spot.x), Math.round(spot.y)];
    const key = y * WIDTH + x;
    if (x < SCENE.left || x >= SCENE.right || y < SCENE.top || y >= SCENE.bottom) continue;
    if (reached[key] || !open(x, y)) continue;
    reached[key] = 1;
    keys.push(key);
    queue.push({ x: x + 1, y }, { x: x - 1, y }, { x, y: y + 1 }, { x, y: y - 1 });
  }
  return { keys, has: (key) => reached[key] === 1 };
}

export const keyOf = ({ x, y }: Spot): number => Math.round(y) * WIDTH + Math.round(x);

/** Middles of the boxes around connected pixels that are wanted; `from` to `to` pixels wide and high. */
export function blobs(wanted: (x: number, y: number) => boolean, from: number, to: number): Spot[] {
  const seen = new Set<number>();
  const found: Spot[] = [];
  for (let y = SCENE.top; y < SCENE.bottom; y += 3)
    for (let x = SCENE.left; x < SCENE.right; x += 3) {
      if (seen.has(keyOf({ x, y })) || !wanted(x, y)) continue;
      const { keys } = flood([{ x, y }], wanted);
      const [xs, ys] = [keys.map((key) => key % WIDTH), keys.map((key) => Math.floor(key / WIDTH))];
      for (const key of keys) seen.add(key);
      const [left, right] = [xs.reduce((a, b) => Math.min(a, b)), xs.reduce((a, b) => Math.max(a, b))];
      const [top, bottom] = [ys.reduce((a, b) => Math.min(a, b)), ys.reduce((a, b) => Math.max(a, b))];
      const sides = [right - left + 1, bottom - top + 1];
      if (sides.every((side) => side >= from && side <= to))
        found.push({ x: (left + right) / 2, y: (top + bottom) / 2 });
    }
  return found;
}

export { WHITE };
