/** The words of the picture engine's door, renderer.ts. */

/** x' = a·x + c·y + e,  y' = b·x + d·y + f */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** An RGB palette: 3 bytes an entry, 1 … 256 entries. */
export type Palette = Uint8Array;

export type PictureFormat = 'png' | 'bmp';

/** Which points are inside where contours overlap. */
export type Rule = 'non-zero' | 'even-odd';

/** Moves a point by (x, y) · sin(2π (fx·px + fy·py + phase)): amplitudes in pixels, frequencies in turns a pixel. */
export interface Wave {
  readonly x: number;
  readonly y: number;
  readonly fx: number;
  readonly fy: number;
  readonly phase: number;
}

/** Distances from (x, y) grow by 1 + strength · (1 − d²/radius²)² within the radius; a negative strength, −0.9 at most, pinches. */
export interface Lens {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly strength: number;
}

/** Rings around (x, y) move to and fro by `amplitude` pixels, `frequency` rings a pixel. */
export interface Ripple {
  readonly x: number;
  readonly y: number;
  readonly amplitude: number;
  readonly frequency: number;
  readonly phase: number;
}

/** In pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What both surfaces can do: collect shapes. Nothing shows before a composing call. */
export interface Shapes {
  readonly width: number;
  readonly height: number;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  quadTo(cx: number, cy: number, x: number, y: number): void;
  /** Back to where the contour started; a new contour and every composing call do it too. */
  close(): void;
  rect(x: number, y: number, width: number, height: number, radius?: number): void;
  circle(x: number, y: number, radius: number): void;
  /** An open line of the given width with round joins and caps. `points`: x, y, x, y, … */
  polyline(points: ArrayLike<number>, width: number): void;
  /** A quadratic curve as a line of the given width with round ends. */
  stroke(x0: number, y0: number, cx: number, cy: number, x1: number, y1: number, width: number): void;
  /** Adds a glyph's outline; the em is 1024 units, the baseline y = 0. Throws when the face lacks the character. */
  glyph(face: number, character: string, matrix: Matrix): void;
  /** Bends everything collected from now on by the sum of at most 8 waves; none: draws straight. */
  warp(waves: readonly Wave[]): void;
  /** Bends by a lens as well, before the waves; none: without. */
  lens(lens?: Lens): void;
  /** Bends by a ripple as well, after the lens and before the waves; none: without. */
  ripple(ripple?: Ripple): void;
  /** The box around everything composed since the last call, in the picture or not; undefined: nothing. */
  extent(): Box | undefined;
}

/** For scenes: paints any palette colour over any other, edges blended to the nearest palette colour. */
export interface PaintSurface extends Shapes {
  /** Paints what was collected since the last fill with a palette index, and forgets it. `opacity` in steps of 1/16. */
  fill(color: number, opacity?: number, rule?: Rule): void;
  /** Paints whole pixels at once, whatever was collected stays collected: for large plain areas. Cut off at the picture's edge. */
  block(x: number, y: number, width: number, height: number, color: number): void;
  /**
   * Paints a disc at once, its middle and its radius rounded to whole pixels. This, `slab`, `stick` and upright text cost a fraction of what collecting and
   * filling does; where something is collected already, it is painted with them.
   */
  disc(x: number, y: number, radius: number, color: number): void;
  /** Paints a rectangle with round corners at once; its sides, and the radius, are rounded to whole pixels. */
  slab(x: number, y: number, width: number, height: number, radius: number, color: number): void;
  /**
   * Paints a short line with round ends at once; for many of them: its middle and its length are rounded to whole pixels, its direction to
   * less than a degree.
   */
  stick(x0: number, y0: number, x1: number, y1: number, width: number, color: number): void;
  /** Draws all layers of an icon; its box is 1024 units. `recolor` maps a palette index of the icon to another. */
  icon(id: number, matrix: Matrix, recolor?: (color: number) => number): void;
  /**
   * One line of text painted at once; x, y: the start of the baseline; rotation in radians about that point. Returns its width. Where it is
   * not turned, its baseline is rounded to whole pixels and each letter to a quarter.
   */
  text(content: string, options: TextOptions): number;
  /** `palette`: other colours to show for the same indices. At most 16 colours make a 4-bit file. */
  encode(format: PictureFormat, palette?: Palette): Uint8Array<ArrayBuffer>;
}

/**
 * For text: an index is 16 · ink + level, level 0 … 15, composed without looking at colours. Indices that mean something else (`stamp`,
 * `scatter`) come last: no other call knows them.
 */
export interface RampSurface extends Shapes {
  /** The stronger of the picture and what was collected, in the ink that is there. */
  unite(rule?: Rule): void;
  /** Takes away what is under what was collected. */
  erase(rule?: Rule): void;
  /** Blurs what is united, laid or erased from now on, so many times by 1 2 1; 0 … 8. */
  soften(times: number): void;
  /** Inverts the levels under what was collected, edges included. */
  invert(rule?: Rule): void;
  /** Unites with a line of about two pixels along the edge of what was collected. */
  outline(): void;
  /** Unites with the outline of what was collected, and with stripes inside it. */
  hatch(stripes: Stripes): void;
  /** Index base + level, wherever what was collected is at least as strong as what is there. `base`: 16 times the ink. */
  lay(base: number): void;
  /** Replaces the picture by one index, hard-edged. */
  stamp(index: number): void;
  /** Random pixels become indices of a range, or are combined with them by exclusive or. */
  scatter(options: Scatter): void;
  /** Moves rows sideways and columns up or down by whole pixels along a wave; index 0 moves in. */
  rerender(wave: { amplitude: number; frequency: number; phaseX: number; phaseY: number }): void;
  encode(format: PictureFormat, palette: Palette): Uint8Array<ArrayBuffer>;
}

export interface Stripes {
  /** Turns a pixel across the stripes; a turn is a stripe and a gap. */
  readonly fx: number;
  readonly fy: number;
  /** In turns. */
  readonly phase: number;
  /** How much of a turn is ink, 0 … 1. */
  readonly share: number;
}

/**
 * For pictures in pieces. The picture is a column of boxes of one size; shapes in box n are drawn boxHeight·n further down.
 * Palette index 0 is the ground.
 */
export interface PieceSurface extends Shapes {
  readonly boxHeight: number;
  /** How every box is cut from now on; holds until the first `encode`. */
  cut(cuts: Cuts): void;
  /** Where anything was collected in a box, index 0 and index 1 change places; what lies outside is forgotten. */
  flip(box: number): void;
  /** What was collected becomes one index, hard-edged. */
  stamp(index: number): void;
  /** What was collected becomes the four indices from `first` on, the faintest first. */
  shade(first: number, rule?: Rule): void;
  /** Leaves only the pieces of one set in a box. */
  keep(box: number, set: number): void;
  /** Gives everything in a box one index, and clears what lies on a cut. */
  dye(box: number, index: number): void;
  /** Lays a box over another, moved by (dx, dy), wrapping round; where both have a colour, neither shows. */
  combine(from: number, to: number, dx: number, dy: number): void;
  /** A run of boxes as a PNG; `clear`: index 0 is transparent. At most 16 colours make a 4-bit file. */
  encode(palette: Palette, first: number, boxes: number, clear?: boolean): Uint8Array<ArrayBuffer>;
}

/** Lines that cut a box; those of one direction are in order and don't cross inside it. */
export interface Cuts {
  /** x = at + lean·y */
  readonly upright: readonly CutLine[];
  /** y = at + lean·x */
  readonly lying: readonly CutLine[];
  /** Which set the piece belongs to, 0 … 254. */
  sets(column: number, row: number): number;
}

export interface CutLine {
  readonly at: number;
  readonly lean: number;
  /** Pixels that belong to no piece, across. */
  readonly gap: number;
}

export interface Scatter {
  readonly count: number;
  /** 32 bits; must be used for nothing else, for the pixels give it away. */
  readonly seed: number;
  readonly first: number;
  readonly range: number;
  readonly combine?: boolean;
}

export interface TextOptions {
  readonly face: number;
  /** em in pixels */
  readonly size: number;
  readonly x: number;
  readonly y: number;
  readonly color: number;
  readonly rotation?: number;
}

export interface FaceInfo {
  readonly name: string;
  readonly family: string;
  /** Height of a capital, in 1/1024 em. */
  readonly capHeight: number;
  /** Characters the pack holds for this face. */
  readonly characters: string;
}

/** A glyph's measures in 1/1024 em; the box is that of its outline, y down, baseline 0. */
export interface GlyphInfo {
  readonly advance: number;
  readonly box: readonly [left: number, top: number, right: number, bottom: number];
}

/**
 * How far a glyph reaches to the left and the right in each of `PROFILE.bands` bands, the first of which begins at `PROFILE.top`; in
 * 1/1024 em. A band without ink: left is +Infinity, right −Infinity.
 */
export interface Profile {
  readonly left: readonly number[];
  readonly right: readonly number[];
}

export interface Renderer {
  /** All faces of all packs; a face is named by its place here. */
  readonly faces: readonly FaceInfo[];
  /** Names of the icons; an icon is named by its place here. */
  readonly icons: readonly string[];
  /** The place of the face of that name; throws when there is none. */
  face(name: string): number;
  /** Throws when the face lacks the character. */
  glyph(face: number, character: string): GlyphInfo;
  /** Ends the surface that is lent, if the glyph is asked about for the first time. */
  profile(face: number, character: string): Profile;
  /** Width of a line of text in pixels at `size` pixels to the em. */
  measure(content: string, face: number, size: number): number;
  /** Begins a picture filled with palette entry `ground`. Blends are kept while successive pictures share a palette. */
  paint(width: number, height: number, palette: Palette, ground?: number): PaintSurface;
  /** Begins a picture filled with index `ground`. */
  ramp(width: number, height: number, ground?: number): RampSurface;
  /** Begins a column of `boxes` boxes. */
  pieces(width: number, boxHeight: number, boxes: number): PieceSurface;
}
