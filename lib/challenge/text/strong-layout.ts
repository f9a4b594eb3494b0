/** Where the glyphs of `strong` stand: two loose rows of places in which everything, bent as far as the waves can bend, stays inside. */
import type { GlyphInfo, Matrix } from '../../render/renderer.ts';
import type { Random } from '../../util/random.ts';
import { cosTurns, sinTurns } from '../../util/trig.ts';
import { columnOf, type Place, rowOf } from './strong-route.ts';
import type { Range } from './strong-style.ts';

export const WIDTH = 200;
export const HEIGHT = 70;
/** The column of the marks at which the lines begin, which is left to them alone. */
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
  /** How far a glyph may stand from the middle of its place, in pixels, and how far the rows lean. */
  readonly loose: number;
  readonly tilt: number;
}

/** A glyph's middle and half of the box around it, in pixels, before the waves. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly halfWidth: number;
  readonly halfHeight: number;
}

export interface Laid {
  readonly matrix: Matrix;
  readonly spot: Spot;
}

/** How far a glyph leans at most, shear and rotation together, in heights: what leans further lies down. */
const MOST_LEAN = 0.6;

/** What a line needs between two glyphs at least, side by side and one above the other. */
const GAP_X = 11;
const GAP_Y = 9;

/** A matrix and a spot for each glyph. */
export function layOut(
  stands: readonly Stand[],
  places: readonly Place[],
  columns: number,
  room: Room,
  random: Random,
): Laid[] {
  const right = WIDTH - room.marginX;
  const pitch = (right - LEFT) / columns;
  const tilt = room.tilt * random.between(-1, 1);
  return stands.map((stand, i) => {
    const drawn = pose(stand, room, pitch - GAP_X, (HEIGHT - GAP_Y) / 2 - room.marginY, random);
    const halfWidth = (drawn.right - drawn.left) / 2;
    const halfHeight = (drawn.bottom - drawn.top) / 2;
    const free = Math.min(room.loose, (pitch - GAP_X) / 2 - halfWidth + 2);
    const middle = LEFT + pitch * (columnOf(places[i]!) + 0.5);
    const x = Math.min(right - halfWidth, middle + Math.max(0, free) * random.between(-1, 1));
    const slope = tilt * ((2 * (x - LEFT)) / (WIDTH - LEFT) - 1);
    const low = room.marginY + halfHeight;
    const wished =
      HEIGHT / 4 + slope * (rowOf(places[i]!) === 0 ? 1 : -1) + room.loose * random.between(-1, 1);
    const down = Math.max(low, Math.min(wished, (HEIGHT - GAP_Y) / 2 - halfHeight));
    const y = rowOf(places[i]!) === 0 ? down : HEIGHT - down;
    const { a, b, c, d } = drawn;
    const [e, f] = [x - (drawn.left + drawn.right) / 2, y - (drawn.top + drawn.bottom) / 2];
    return { matrix: [a, b, c, d, e, f], spot: { x, y, halfWidth, halfHeight } };
  });
}

interface Posed {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  /** The box relative to the glyph's origin. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Size, aspect, shear and rotation of one glyph; what would be wider or taller than its place is drawn narrower or smaller. */
function pose(stand: Stand, room: Room, widest: number, tallest: number, random: Random): Posed {
  const size = random.between(...room.cap) / stand.capHeight;
  const aspect = size * random.between(...room.stretch) * stand.stretch;
  const lean = random.between(...room.lean) + stand.lean;
  const turn = random.between(...room.turn);
  const cos = cosTurns(turn);
  const sin = sinTurns(turn);
  const shear = Math.max((sin - MOST_LEAN) / cos, Math.min(lean, (sin + MOST_LEAN) / cos));
  const [l, t, r, m] = stand.box;
  const c = size * (shear * cos - sin);
  const d = size * (shear * sin + cos);
  const leaning = Math.abs(c) * (m - t);
  const a = Math.min(aspect * cos, Math.max(widest - leaning, widest / 2) / (r - l));
  const b = (a / cos) * sin;
  const left = a * l + Math.min(c * t, c * m);
  const right = a * r + Math.max(c * t, c * m);
  const top = Math.min(b * l, b * r) + d * t;
  const bottom = Math.max(b * l, b * r) + d * m;
  const fit = Math.min(1, tallest / (bottom - top));
  return {
    a: a * fit,
    b: b * fit,
    c: c * fit,
    d: d * fit,
    left: left * fit,
    right: right * fit,
    top: top * fit,
    bottom: bottom * fit,
  };
}
