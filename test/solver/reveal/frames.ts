/** What an attacker makes of a reply: its pictures as planes of ink, and every way of laying the sets over each other. */
import { PNG } from 'pngjs';
import { offsetAt, type Slide } from '../../../lib/challenge/reveal/cuts.ts';

export const WIDTH = 300;
export const HEIGHT = 100;
const WORDS = 10;

/** One bit a pixel: rows of WORDS words, the leftmost pixel the highest bit; 20 bits to spare at the end of each row. */
export type Plane = Uint32Array;

export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export const decode = (file: Uint8Array): Pixels => PNG.sync.read(Buffer.from(file));
export const fromDataUrl = (url: string): Pixels => decode(Buffer.from(url.split(',')[1]!, 'base64'));

function planeOf(inked: (x: number, y: number) => boolean): Plane {
  const plane = new Uint32Array(WORDS * HEIGHT);
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) if (inked(x, y)) plane[y * WORDS + (x >> 5)]! |= 1 << (31 - (x & 31));
  return plane;
}

export const at = (plane: Plane, x: number, y: number): number =>
  (plane[y * WORDS + (x >> 5)]! >>> (31 - (x & 31))) & 1;

/** The sets of a sprite, one plane each. */
export function layersOf(sprite: Pixels): Plane[] {
  return Array.from({ length: sprite.height / HEIGHT }, (_, set) =>
    planeOf((x, y) => sprite.data[4 * ((set * HEIGHT + y) * WIDTH + x) + 3]! > 0),
  );
}

/** Everything that is not the commonest colour, then each other colour by itself, the commonest first. */
export function planesByColor({ data }: Pixels): Plane[] {
  const colorAt = (x: number, y: number) => {
    const i = 4 * (y * WIDTH + x);
    return (data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!;
  };
  const counts = new Map<number, number>();
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) counts.set(colorAt(x, y), (counts.get(colorAt(x, y)) ?? 0) + 1);
  const [ground, ...colors] = [...counts].sort((a, b) => b[1] - a[1]).map(([color]) => color);
  const any = planeOf((x, y) => colorAt(x, y) !== ground);
  return [any, ...colors.slice(0, 3).map((color) => planeOf((x, y) => colorAt(x, y) === color))];
}

function moved(plane: Plane, dx: number): Plane {
  return planeOf((x, y) => at(plane, (x - dx + WIDTH) % WIDTH, y) === 1);
}

function bits(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return (((v + (v >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** Two layers where the second is moved by (dx, dy); two colours on one spot show as none. */
function overlay(one: Plane, two: Plane, dy: number): Plane {
  const both = new Uint32Array(one.length);
  for (let y = 0; y < HEIGHT; y++) {
    const from = ((y - dy + HEIGHT) % HEIGHT) * WORDS;
    for (let w = 0; w < WORDS; w++) both[y * WORDS + w] = one[y * WORDS + w]! ^ two[from + w]!;
  }
  return both;
}

function inkOf(one: Plane, two: Plane, dy: number, enough: number): number {
  let ink = 0;
  for (let y = 0; y < HEIGHT && ink < enough; y++) {
    const from = ((y - dy + HEIGHT) % HEIGHT) * WORDS;
    for (let w = 0; w < WORDS; w++) ink += bits(one[y * WORDS + w]! ^ two[from + w]!);
  }
  return ink;
}

/** The sharpest frame of all translations: the one where most cancels out. */
export function sharpestTranslation([one, two]: readonly Plane[]): Plane {
  let least = Number.POSITIVE_INFINITY;
  let best = one!;
  for (let dx = 0; dx < WIDTH; dx++) {
    const shifted = moved(two!, dx);
    for (let dy = 0; dy < HEIGHT; dy++) {
      const ink = inkOf(one!, shifted, dy, least);
      if (ink >= least) continue;
      least = ink;
      best = overlay(one!, shifted, dy);
    }
  }
  return best;
}

/** The sharpest of the frames that a pointer can bring about. */
export function sharpestOnCurves(layers: readonly Plane[], slides: readonly Slide[]): Plane {
  let least = Number.POSITIVE_INFINITY;
  let best = layers[0]!;
  const seen = new Set<string>();
  const movedBy = new Map<number, Plane>();
  for (let u = 0; u <= 64; u++)
    for (let v = 0; v <= 16; v++) {
      const [a, b] = [offsetAt(slides[0]!, u / 64, v / 16), offsetAt(slides[1]!, u / 64, v / 16)];
      const [dx, dy] = [(b[0] - a[0] + 3 * WIDTH) % WIDTH, (b[1] - a[1] + 9 * HEIGHT) % HEIGHT];
      if (seen.has(`${dx} ${dy}`)) continue;
      seen.add(`${dx} ${dy}`);
      const shifted = movedBy.get(dx) ?? moved(layers[1]!, dx);
      movedBy.set(dx, shifted);
      const ink = inkOf(layers[0]!, shifted, dy, least);
      if (ink >= least) continue;
      least = ink;
      best = overlay(layers[0]!, shifted, dy);
    }
  return best;
}

/**
 * The frame in which strokes go on best across the cuts. The attacker is told where the cuts are: for each piece's edge the
 * other set's ink on the far side of the gap is compared with its own.
 */
export function bestEdges(
  [one, two]: readonly Plane[],
  across: readonly (readonly [number, number, number, number])[],
): Plane {
  const flat = (plane: Plane) =>
    Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) => at(plane, i % WIDTH, Math.floor(i / WIDTH)));
  const other = flat(two!);
  const own = Uint8Array.from(across, ([x, y]) => at(one!, x, y));
  const row = Int32Array.from(across, ([, , , v]) => v);
  const column = Int32Array.from(across, ([, , u]) => u);
  let [most, bestX, bestY] = [-1, 0, 0];
  for (let dx = 0; dx < WIDTH; dx++)
    for (let dy = 0; dy < HEIGHT; dy++) {
      let agree = 0;
      for (let i = 0; i < own.length; i++) {
        const y = row[i]! - dy;
        const x = column[i]! - dx;
        if (own[i] === other[(y < 0 ? y + HEIGHT : y) * WIDTH + (x < 0 ? x + WIDTH : x)]) agree++;
      }
      if (agree <= most) continue;
      [most, bestX, bestY] = [agree, dx, dy];
    }
  return overlay(one!, moved(two!, bestX), bestY);
}
