/** The surface for scenes. */
import { cos, sin } from '../util/trig.ts';
import type { Engine } from './engine.ts';
import { countColors, Surface } from './surface.ts';
import type { Reach } from './tiles.ts';
import type { Matrix, PaintSurface, Palette, PictureFormat, Rule, TextOptions } from './types.ts';
import type { Glyph } from './unpack.ts';

/** Letters up to this size are kept as tiles. */
const MOST_SIZE = 63;
/** How many directions a stick may have in half a right angle. */
const STEPS = 32;

export class Paint extends Surface implements PaintSurface {
  readonly #palette: Palette;
  readonly #colors: number;

  constructor(engine: Engine, width: number, height: number, palette: Palette, ground: number) {
    const colors = countColors(palette);
    checkColor(ground, colors);
    super(engine, width, height, ground);
    this.#palette = palette;
    this.#colors = colors;
    if (!same(engine.mixed, palette)) {
      engine.bytes.set(palette, engine.palette);
      engine.kernel.setPalette(colors);
      engine.mixed = palette.slice();
    }
  }

  fill(color: number, opacity = 1, rule: Rule = 'non-zero'): void {
    checkColor(color, this.#colors);
    this.engine.kernel.fill(color, Math.round(opacity * 16), rule === 'even-odd' ? 1 : 0);
  }

  block(x: number, y: number, width: number, height: number, color: number): void {
    checkColor(color, this.#colors);
    const inside = (value: number, end: number) => Math.min(Math.max(Math.trunc(value) || 0, 0), end);
    const [left, right] = [inside(x, this.width), inside(x + width, this.width)];
    const [top, bottom] = [inside(y, this.height), inside(y + height, this.height)];
    if (right > left) this.engine.kernel.block(left, top, right, bottom, color);
  }

  disc(x: number, y: number, radius: number, color: number): void {
    checkColor(color, this.#colors);
    const r = Math.round(radius);
    // Keys of discs end in 1, of sticks in 2, of letters in 3
    const key = r * 4 + 1;
    const [atX, atY] = [Math.round(x), Math.round(y)];
    if (this.#paintKept(key, atX, atY, color)) return;
    const reach = { left: -r, top: -r, right: r, bottom: r };
    this.#paintNew(key, reach, atX, atY, color, (toX, toY) => this.engine.kernel.circle(toX, toY, r));
  }

  slab(x: number, y: number, width: number, height: number, radius: number, color: number): void {
    const r = Math.round(radius);
    const [left, top] = [Math.round(x), Math.round(y)];
    const [right, bottom] = [Math.round(x + width), Math.round(y + height)];
    this.block(left + r, top, right - left - 2 * r, bottom - top, color);
    this.block(left, top + r, right - left, bottom - top - 2 * r, color);
    this.disc(left + r, top + r, r, color);
    this.disc(right - r, top + r, r, color);
    this.disc(left + r, bottom - r, r, color);
    this.disc(right - r, bottom - r, r, color);
  }

  stick(x0: number, y0: number, x1: number, y1: number, width: number, color: number): void {
    checkColor(color, this.#colors);
    const dx = x1 - x0;
    const dy = y1 - y0;
    const length = Math.round(Math.sqrt(dx * dx + dy * dy));
    const isFlat = Math.abs(dx) >= Math.abs(dy);
    // The side of a square that it points at, and where
    const turn = Math.round(STEPS * (isFlat ? dy / dx : dx / dy) || 0);
    const sixteenths = Math.round(width * 16);
    const shape = (length * 65536 + sixteenths) * 2 + (isFlat ? 0 : 1);
    // What is wider finds nothing
    const key = sixteenths < 65536 ? (shape * 256 + turn + STEPS) * 4 + 2 : Number.NaN;
    const x = Math.round((x0 + x1) / 2);
    const y = Math.round((y0 + y1) / 2);
    if (this.#paintKept(key, x, y, color)) return;
    const slope = turn / STEPS;
    const share = length / 2 / Math.sqrt(1 + slope * slope);
    const [halfX, halfY] = isFlat ? [share, share * slope] : [share * slope, share];
    const wide = sixteenths / 16;
    const [sideX, sideY] = [Math.abs(halfX) + wide / 2, Math.abs(halfY) + wide / 2];
    const reach = { left: -sideX, top: -sideY, right: sideX, bottom: sideY };
    this.#paintNew(key, reach, x, y, color, (atX, atY) =>
      this.engine.kernel.capsule(atX - halfX, atY - halfY, atX + halfX, atY + halfY, wide),
    );
  }

  /** Copies a tile to a place in whole pixels; false when that can't be. */
  #paintKept(key: number, x: number, y: number, color: number): boolean {
    const { kernel, tiles } = this.engine;
    const tile = tiles.find(key);
    // Further out a number would come round to the other side of the picture
    if (!tile || !(Math.abs(x) < 4096 && Math.abs(y) < 4096)) return false;
    return kernel.paintTile(tile.at, tile.width, tile.rows, x + tile.left, y + tile.top, color) !== 0;
  }

  /** Keeps a shape and copies it, or draws it where it shall be. */
  #paintNew(
    key: number,
    reach: Reach,
    x: number,
    y: number,
    color: number,
    draw: (x: number, y: number) => void,
  ): void {
    const { kernel, tiles } = this.engine;
    if (!tiles.find(key) && tiles.keep(key, reach, this, draw) && this.#paintKept(key, x, y, color)) return;
    draw(x, y);
    kernel.fill(color, 16, 0);
  }

  icon(id: number, matrix: Matrix, recolor?: (color: number) => number): void {
    const { kernel, icons } = this.engine;
    const icon = icons[id];
    if (!icon) throw new RangeError(`icon: expected 0 … ${icons.length - 1}, got ${id}`);
    const [a, b, c, d, e, f] = matrix;
    for (const { color, at, rule } of icon.layers) {
      const shown = recolor ? recolor(color) : color;
      checkColor(shown, this.#colors);
      kernel.contours(at, a, b, c, d, e, f);
      kernel.fill(shown, 16, rule);
    }
  }

  text(content: string, options: TextOptions): number {
    const { face, size, x, y, color, rotation = 0 } = options;
    const scale = size / 1024;
    const a = cos(rotation) * scale;
    const b = sin(rotation) * scale;
    let along = 0;
    if (rotation === 0 && Number.isInteger(size) && size <= MOST_SIZE) {
      checkColor(color, this.#colors);
      const base = Math.round(y);
      for (const character of content) {
        const glyph = this.glyphOf(face, character);
        this.#paintGlyph(glyph, size, x + a * along, base, color);
        along += glyph.advance;
      }
      return along * scale;
    }
    for (const character of content) {
      const glyph = this.glyphOf(face, character);
      this.engine.kernel.contours(glyph.at, a, b, -b, a, x + a * along, y + b * along);
      along += glyph.advance;
    }
    this.fill(color);
    return along * scale;
  }

  /** A letter that stands upright, to a quarter of a pixel along the line. */
  #paintGlyph({ at, box }: Glyph, size: number, x: number, y: number, color: number): void {
    const quarters = Math.round(x * 4);
    const phase = quarters & 3;
    const key = ((at * 64 + size) * 4 + phase) * 4 + 3;
    if (this.#paintKept(key, quarters >> 2, y, color)) return;
    const scale = size / 1024;
    const shift = phase / 4;
    const reach = {
      left: box[0] * scale + shift,
      top: box[1] * scale,
      right: box[2] * scale + shift,
      bottom: box[3] * scale,
    };
    this.#paintNew(key, reach, quarters >> 2, y, color, (atX, atY) =>
      this.engine.kernel.contours(at, scale, 0, 0, scale, atX + shift, atY),
    );
  }

  encode(format: PictureFormat, palette: Palette = this.#palette): Uint8Array<ArrayBuffer> {
    return this.write(format, palette, this.#colors - 1);
  }
}

function checkColor(color: number, colors: number): void {
  if (!(Number.isInteger(color) && color >= 0 && color < colors))
    throw new RangeError(`color: expected 0 … ${colors - 1}, got ${color}`);
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
