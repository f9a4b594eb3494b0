/** Where the glyphs of `strong` stand: two loose rows in which everything, bent as far as the waves can bend, stays inside. */
import type { GlyphInfo, Matrix } from '../../render/renderer.ts';
import type { Random } from '../../util/random.ts';
import { cosTurns, sinTurns } from '../../util/trig.ts';

export interface Stand {
  readonly face: number;
  readonly glyph: GlyphInfo;
  /** Height of the face's capitals in 1/1024 em. */
  readonly capHeight: number;
}

export interface Room {
  readonly width: number;
  readonly height: number;
  /** Free of glyphs on the left. */
  readonly left: number;
  /** How far ink may move or swell beyond its outline, per axis. */
  readonly marginX: number;
  readonly marginY: number;
  /** Pixels. */
  readonly cap: readonly [low: number, high: number];
  /** Turns to either side. */
  readonly rotation: number;
}

interface Placed {
  a: number;
  b: number;
  c: number;
  d: number;
  /** The bent-free box relative to the glyph's origin. */
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** A matrix for each glyph, in reading order: row by row, left to right. */
export function layOut(stands: readonly Stand[], room: Room, random: Random): Matrix[] {
  const n = stands.length;
  const most = Math.max(5, Math.ceil(n / 2));
  const first = random.integer(Math.max(2, n - most), Math.min(n - 2, most));
  const rows = [stands.slice(0, first), stands.slice(first)];
  return rows.flatMap((row, i) => layOutRow(row, room, room.height * (i === 0 ? 0.27 : 0.73), random));
}

function layOutRow(row: readonly Stand[], room: Room, middle: number, random: Random): Matrix[] {
  const left = room.left + room.marginX;
  const free = room.width - room.marginX - left;
  const drawn = row.map((stand) => pose(stand, room, random));
  const overlap = 0.94;
  const wide = drawn.reduce((sum, glyph) => sum + (glyph.right - glyph.left) * overlap, 0);
  const squeeze = Math.min(1, free / (wide * 1.04));
  const slack = free - wide * squeeze - 0.06 * squeeze * (drawn.at(-1)!.right - drawn.at(-1)!.left);
  const cuts = row.map(() => random.unit() * Math.max(0, slack)).sort((a, b) => a - b);
  let x = left;
  return drawn.map((glyph, i) => {
    const e = x + cuts[i]! - glyph.left * squeeze;
    x += (glyph.right - glyph.left) * squeeze * overlap;
    const tall = glyph.bottom - glyph.top;
    const top = clamp(
      middle + random.between(-2, 2) - tall / 2,
      room.marginY,
      room.height - room.marginY - tall,
    );
    return [glyph.a * squeeze, glyph.b, glyph.c * squeeze, glyph.d, e, top - glyph.top];
  });
}

/** Size, aspect, shear and rotation of one glyph. */
function pose(stand: Stand, room: Room, random: Random): Placed {
  const size = random.between(room.cap[0], room.cap[1]) / stand.capHeight;
  const aspect = size * random.between(0.88, 1.12);
  const shear = random.between(-0.12, 0.12);
  const turn = random.between(-room.rotation, room.rotation);
  const cos = cosTurns(turn);
  const sin = sinTurns(turn);
  const a = aspect * cos;
  const b = aspect * sin;
  const c = size * (shear * cos - sin);
  const d = size * (shear * sin + cos);
  const [l, t, r, m] = stand.glyph.box;
  const left = Math.min(a * l, a * r) + Math.min(c * t, c * m);
  const right = Math.max(a * l, a * r) + Math.max(c * t, c * m);
  const top = Math.min(b * l, b * r) + Math.min(d * t, d * m);
  const bottom = Math.max(b * l, b * r) + Math.max(d * t, d * m);
  return { a, b, c, d, left, right, top, bottom };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
