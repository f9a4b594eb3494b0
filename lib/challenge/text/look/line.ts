/**
 * Sets glyphs in one line by their outlines: each as close to the one before it as the gap says, wherever the two come closest. What
 * does not fit is made narrower, then smaller. Everything, bent as far as it can bend, stays inside.
 */
import { type Matrix, PROFILE, type Renderer } from '../../../render/renderer.ts';
import type { Random } from '../../../util/random.ts';
import { cosTurns, sinTurns } from '../../../util/trig.ts';
import { faceFor } from '../faces.ts';
import type { Size } from '../preset.ts';
import type { Glyphs } from './stages.ts';
import { between } from './values.ts';

export interface Placed {
  readonly face: number;
  readonly character: string;
  readonly matrix: Matrix;
}

export interface Room extends Size {
  /** How far ink may move or swell beyond its outline, per axis. */
  readonly marginX: number;
  readonly marginY: number;
  /** Pixels to one of the look's own. */
  readonly scale: number;
  /** Slope that all glyphs have. */
  readonly shear: number;
}

/** A glyph turned and leant, its baseline moved against the line's. */
interface Turned {
  readonly face: number;
  readonly character: string;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly drop: number;
}

interface Pose extends Turned {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Reach to either side by rows of the picture. */
  readonly rows: Rows | undefined;
}

interface Rows {
  readonly left: Float64Array;
  readonly right: Float64Array;
}

/** Rows that outlines are compared in: an eighth of a capital, one capital below the baseline to two above. */
const ROWS = 24;
const ROWS_A_CAPITAL = 8;
const BASELINE_ROW = 16;
/** A glyph may reach under its neighbour's arm by this share of the narrower one. */
const TUCK = 0.3;
/** Glyphs this far apart, in capitals, need no comparing: boxes will do. */
const WIDE = 0.1;
/** Narrower than this looks squeezed: then everything is made smaller. */
const NARROWEST = 0.8;
/** The square that a Chinese character stands in, in capitals. */
const SQUARE = 1.35;

export function setLine(
  characters: readonly string[],
  faces: readonly number[],
  style: Glyphs,
  room: Room,
  renderer: Renderer,
  random: Random,
): Placed[] {
  const capital = room.scale * between(random, style.size);
  const gap = between(random, style.gap);
  const close = gap < WIDE;
  const poses = characters.map((character, i) => {
    const face = faceFor(renderer, faces[i]!, character);
    return pose(face, character, { capital, style, room, renderer, random, at: i, close });
  });
  const xs: number[] = [];
  poses.forEach((one, i) => {
    xs.push(i === 0 ? -one.left : xs[i - 1]! + distance(poses[i - 1]!, one, capital) + gap * capital);
  });
  const wide = Math.max(...poses.map((one, i) => xs[i]! + one.right));
  const first = Math.min(...poses.map((one, i) => xs[i]! + one.left));
  const free = room.width - 2 * room.marginX;
  const fit = Math.min(1, free / (wide - first));
  const narrow = Math.max(fit, NARROWEST);
  const small = fit / narrow;
  const slack = free - (wide - first) * fit;
  const start = room.marginX + slack * random.between(0.3, 0.7) - first * fit;
  return poses.map((one, i) => place(one, start + xs[i]! * fit, narrow * small, small, capital, room));
}

interface Posing {
  readonly capital: number;
  readonly style: Glyphs;
  readonly room: Room;
  readonly renderer: Renderer;
  readonly random: Random;
  /** Place in the line. */
  readonly at: number;
  /** Whether outlines have to be compared. */
  readonly close: boolean;
}

function pose(
  face: number,
  character: string,
  { capital, style, room, renderer, random, at, close }: Posing,
): Pose {
  const glyph = renderer.glyph(face, character);
  const { capHeight } = renderer.faces[face]!;
  const square = character > '\u2fff';
  const size = square ? (capital * SQUARE) / 1024 : capital / capHeight;
  const either = (most: number) => (most === 0 ? 0 : random.between(-most, most));
  const turn = either(between(random, style.rotation)) / 360;
  const slope = either(between(random, style.lean)) - room.shear;
  const wide = size * (1 + either(between(random, style.stretch)));
  const [cos, sin] = turn === 0 ? [1, 0] : [cosTurns(turn), sinTurns(turn)];
  const a = wide * cos;
  const b = wide * sin;
  const c = size * (slope * cos - sin);
  const d = size * (slope * sin + cos);
  // A square's middle is higher than a capital's
  const middle = square ? -(glyph.box[1] + glyph.box[3]) / 2 - capital / size / 2 : 0;
  const drop = either(room.scale * between(random, style.bounce)) + middle * size;
  const rows = close ? rowsOf(renderer, { face, character, a, b, c, d, drop }, capital, at) : undefined;
  const [l, t, r, m] = glyph.box;
  return {
    face,
    character,
    a,
    b,
    c,
    d,
    drop,
    left: Math.min(a * l, a * r) + Math.min(c * t, c * m),
    right: Math.max(a * l, a * r) + Math.max(c * t, c * m),
    top: Math.min(b * l, b * r) + Math.min(d * t, d * m),
    bottom: Math.max(b * l, b * r) + Math.max(d * t, d * m),
    rows,
  };
}

/** Rows of the glyphs of one line, made once: a picture is drawn in microseconds, and what it throws away costs as much. */
const spare: Rows[] = [];

function emptyRows(at: number): Rows {
  const rows = spare[at] ?? { left: new Float64Array(ROWS), right: new Float64Array(ROWS) };
  spare[at] = rows;
  rows.left.fill(Number.POSITIVE_INFINITY);
  rows.right.fill(Number.NEGATIVE_INFINITY);
  return rows;
}

/** The glyph's profile, turned and leant, in the rows of the picture. */
function rowsOf(renderer: Renderer, turned: Turned, capital: number, at: number): Rows {
  const rows = emptyRows(at);
  const { face, character, a, b, c, d, drop } = turned;
  const profile = renderer.profile(face, character);
  const perRow = ROWS_A_CAPITAL / capital;
  const reach = (d * PROFILE.band * perRow) / 2;
  for (let band = 0; band < PROFILE.bands; band++) {
    const from = profile.left[band]!;
    if (from === Number.POSITIVE_INFINITY) continue;
    const to = profile.right[band]!;
    const y = PROFILE.top + (band + 0.5) * PROFILE.band;
    const row = BASELINE_ROW + (d * y + drop) * perRow;
    mark(rows, a * from + c * y, row + b * from * perRow, reach);
    mark(rows, a * to + c * y, row + b * to * perRow, reach);
  }
  return rows;
}

/** Counts a point in, in every row that its band reaches into. */
function mark({ left, right }: Rows, x: number, middle: number, reach: number): void {
  const last = Math.min(Math.floor(middle + reach), ROWS - 1);
  for (let row = Math.max(Math.floor(middle - reach), 0); row <= last; row++) {
    if (x < left[row]!) left[row] = x;
    if (x > right[row]!) right[row] = x;
  }
}

/** From origin to origin, so that the outlines just touch. */
function distance(before: Pose, after: Pose, capital: number): number {
  const side = before.right - after.left;
  if (!before.rows || !after.rows) return side;
  let touching = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < ROWS; row++) {
    const apart = before.rows.right[row]! - after.rows.left[row]!;
    if (apart > touching) touching = apart;
  }
  const tuck = TUCK * Math.min(before.right - before.left, after.right - after.left, capital);
  return Math.max(touching, side - tuck);
}

function place(one: Pose, x: number, wide: number, high: number, capital: number, room: Room): Placed {
  const tall = (one.bottom - one.top) * high;
  const free = room.height - 2 * room.marginY;
  const shrink = Math.min(1, free / tall);
  const [across, down] = [wide * shrink, high * shrink];
  const baseline = (room.height + capital * high) / 2 + one.drop * high;
  const low = room.marginY - one.top * down;
  const high2 = room.height - room.marginY - one.bottom * down;
  const y = Math.max(low, Math.min(baseline, Math.max(low, high2)));
  return {
    face: one.face,
    character: one.character,
    matrix: [one.a * across, one.b * down, one.c * across, one.d * down, x, y],
  };
}
