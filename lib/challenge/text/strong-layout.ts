/** Where the glyphs of `strong` stand: two loose rows on a curve, in which everything, bent as far as the waves can bend, stays inside. */
import type { GlyphInfo, Matrix } from '../../render/renderer.ts';
import type { Random } from '../../util/random.ts';
import { cosTurns, sinTurns } from '../../util/trig.ts';
import type { Range } from './strong-style.ts';

export const WIDTH = 200;
export const HEIGHT = 70;
/** The icon's column, which is left to it alone. */
export const LEFT = 20;

export interface Stand {
  readonly face: number;
  readonly box: GlyphInfo['box'];
  /** Height of the face's capitals in 1/1024 em. */
  readonly capHeight: number;
  /** What the deployment's style adds to this face. */
  readonly lean: number;
  readonly stretch: number;
}

export interface Room {
  /** How far ink may move or swell beyond its outline, per axis. */
  readonly marginX: number;
  readonly marginY: number;
  /** Pixels. */
  readonly cap: Range;
  /** Turns. */
  readonly turn: Range;
  readonly lean: Range;
  readonly stretch: Range;
  /** How far the rows' curve leaves the straight line, in pixels. */
  readonly bend: number;
  /** Room for the frame around a glyph, in pixels. */
  readonly around: number;
}

interface Placed {
  a: number;
  b: number;
  c: number;
  d: number;
  /** The bent-free box relative to the glyph's origin, marks included. */
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
  const bend = room.bend * random.between(-1, 1);
  const tilt = room.bend * random.between(-1, 1);
  // Both rows follow it: a parabola and a slope, at most `bend` away from the middle at either end
  const curve = (x: number) => {
    const u = (2 * (x - LEFT)) / (WIDTH - LEFT) - 1;
    return bend * (u * u - 0.5) + tilt * 0.5 * u;
  };
  return rows.flatMap((row, i) => layOutRow(row, room, HEIGHT * (i === 0 ? 0.27 : 0.73), curve, random));
}

function layOutRow(
  row: readonly Stand[],
  room: Room,
  middle: number,
  curve: (x: number) => number,
  random: Random,
): Matrix[] {
  const left = LEFT + room.marginX;
  const free = WIDTH - room.marginX - left;
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
    const center = e + ((glyph.left + glyph.right) / 2) * squeeze;
    const top = clamp(
      middle + curve(center) + random.between(-2, 2) - tall / 2,
      room.marginY,
      HEIGHT - room.marginY - tall,
    );
    return [glyph.a * squeeze, glyph.b, glyph.c * squeeze, glyph.d, e, top - glyph.top];
  });
}

/** Size, aspect, shear and rotation of one glyph. */
function pose(stand: Stand, room: Room, random: Random): Placed {
  const size = random.between(...room.cap) / stand.capHeight;
  const aspect = size * random.between(...room.stretch) * stand.stretch;
  const shear = random.between(...room.lean) + stand.lean;
  const turn = random.between(...room.turn);
  const cos = cosTurns(turn);
  const sin = sinTurns(turn);
  const a = aspect * cos;
  const b = aspect * sin;
  const c = size * (shear * cos - sin);
  const d = size * (shear * sin + cos);
  const [l, t, r, m] = withFrame(stand.box, room.around, size, aspect);
  const left = Math.min(a * l, a * r) + Math.min(c * t, c * m);
  const right = Math.max(a * l, a * r) + Math.max(c * t, c * m);
  const top = Math.min(b * l, b * r) + Math.min(d * t, d * m);
  const bottom = Math.max(b * l, b * r) + Math.max(d * t, d * m);
  return { a, b, c, d, left, right, top, bottom };
}

/** A glyph's box with its frame, in units of the glyph. */
function withFrame(
  [l, t, r, m]: GlyphInfo['box'],
  around: number,
  size: number,
  aspect: number,
): GlyphInfo['box'] {
  return [l - around / aspect, t - around / size, r + around / aspect, m + around / size];
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
