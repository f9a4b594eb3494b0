/**
 * The door of the picture engine. A `Renderer` holds one kernel instance; it lends one surface at a time, and asking for
 * the next one ends the last. Coordinates are pixels, y down, (0, 0) the top left corner; pictures are at most 1024 wide or
 * high and 512 Ki pixels. Shapes are collected into one coverage plane and then composed onto indices: there is no RGBA picture anywhere.
 */

/** x' = a·x + c·y + e,  y' = b·x + d·y + f */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** An RGB palette: 3 bytes an entry, 1 … 256 entries. */
export type Palette = Uint8Array;

export type PictureFormat = 'png' | 'bmp';

/** What both surfaces can do: collect shapes. Nothing shows before a composing call. */
interface Shapes {
  readonly width: number;
  readonly height: number;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  quadTo(cx: number, cy: number, x: number, y: number): void;
  close(): void;
  rect(x: number, y: number, width: number, height: number, radius?: number): void;
  circle(x: number, y: number, radius: number): void;
  /** An open line of the given width with round joins and caps. `points`: x, y, x, y, … */
  polyline(points: ArrayLike<number>, width: number): void;
  /** Adds a glyph's outline; the em is 1024 units, the baseline y = 0. Throws when the face lacks the character. */
  glyph(face: number, character: string, matrix: Matrix): void;
}

/** For scenes: paints any palette colour over any other, edges blended to the nearest palette colour. */
export interface PaintSurface extends Shapes {
  /** Paints what was collected since the last fill with a palette index, and forgets it. Winding: non-zero. */
  fill(color: number, opacity?: number): void;
  /** Draws all layers of an icon; its box is 1024 units. `recolor` maps a palette index of the icon to another. */
  icon(id: number, matrix: Matrix, recolor?: (color: number) => number): void;
  /** One line of text painted at once; x, y: the start of the baseline; rotation in radians about that point. Returns its width. */
  text(content: string, options: TextOptions): number;
  encode(format: PictureFormat, palette?: Palette): Uint8Array<ArrayBuffer>;
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
  /** Characters the pack holds for this face. */
  readonly characters: string;
}
