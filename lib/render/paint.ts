/** The surface for scenes. */
import { cos, sin } from '../util/trig.ts';
import type { Engine } from './engine.ts';
import { countColors, Surface } from './surface.ts';
import type { Matrix, PaintSurface, Palette, PictureFormat, Rule, TextOptions } from './types.ts';

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
    const { kernel, bytes } = this.engine;
    const inside = (value: number, end: number) => Math.min(Math.max(Math.trunc(value) || 0, 0), end);
    const [left, right] = [inside(x, this.width), inside(x + width, this.width)];
    const [top, bottom] = [inside(y, this.height), inside(y + height, this.height)];
    if (right <= left) return;
    const stride: number = kernel.stride.value;
    let row = kernel.address(3) + top * stride;
    for (let i = top; i < bottom; i++, row += stride) bytes.fill(color, row + left, row + right);
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
    for (const character of content) {
      const glyph = this.glyphOf(face, character);
      this.engine.kernel.contours(glyph.at, a, b, -b, a, x + a * along, y + b * along);
      along += glyph.advance;
    }
    this.fill(color);
    return along * scale;
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
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
