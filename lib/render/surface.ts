/** What both surfaces share: collecting shapes and writing the file. */
import type { Engine } from './engine.ts';
import { drawPolyline } from './polyline.ts';
import type { Box, Lens, Matrix, Palette, PictureFormat, Ripple, Shapes, Wave } from './types.ts';
import type { Glyph } from './unpack.ts';

export abstract class Surface implements Shapes {
  readonly width: number;
  readonly height: number;
  readonly #engine: Engine;

  constructor(engine: Engine, width: number, height: number, ground: number) {
    if (!Number.isInteger(width) || !Number.isInteger(height) || !engine.kernel.begin(width, height, ground))
      throw new RangeError(
        `picture size: expected 1 … 1024 a side and at most 512 Ki pixels, got ${width}×${height}`,
      );
    this.#engine = engine;
    this.width = width;
    this.height = height;
    engine.lent = this;
    engine.kernel.forgetExtent();
  }

  /** The engine, as long as this is the surface it was last lent to. */
  protected get engine(): Engine {
    if (this.#engine.lent !== this) throw new Error('this surface has ended: another picture was begun');
    return this.#engine;
  }

  moveTo(x: number, y: number): void {
    this.engine.kernel.moveTo(x, y);
  }

  lineTo(x: number, y: number): void {
    this.engine.kernel.lineTo(x, y);
  }

  quadTo(cx: number, cy: number, x: number, y: number): void {
    this.engine.kernel.quadTo(cx, cy, x, y);
  }

  close(): void {
    this.engine.kernel.close();
  }

  rect(x: number, y: number, width: number, height: number, radius = 0): void {
    this.engine.kernel.rect(x, y, width, height, radius);
  }

  circle(x: number, y: number, radius: number): void {
    this.engine.kernel.circle(x, y, radius);
  }

  polyline(points: ArrayLike<number>, width: number): void {
    drawPolyline(this.engine.kernel, points, width);
  }

  stroke(x0: number, y0: number, cx: number, cy: number, x1: number, y1: number, width: number): void {
    this.engine.kernel.stroke(x0, y0, cx, cy, x1, y1, width);
  }

  glyph(face: number, character: string, matrix: Matrix): void {
    const { kernel } = this.engine;
    const { at } = this.glyphOf(face, character);
    kernel.contours(at, matrix[0], matrix[1], matrix[2], matrix[3], matrix[4], matrix[5]);
  }

  warp(waves: readonly Wave[]): void {
    const { kernel, waves: numbers } = this.engine;
    if (waves.length > 8) throw new RangeError(`warp: expected at most 8 waves, got ${waves.length}`);
    numbers.fill(0);
    waves.forEach((wave, i) => {
      const at = 20 * (i >> 2) + (i & 3);
      numbers[at] = wave.x;
      numbers[at + 4] = wave.y;
      numbers[at + 8] = wave.fx;
      numbers[at + 12] = wave.fy;
      numbers[at + 16] = wave.phase;
    });
    kernel.setWaves(waves.length);
  }

  lens(lens?: Lens): void {
    this.engine.kernel.setLens(lens?.x ?? 0, lens?.y ?? 0, lens?.radius ?? 1, lens?.strength ?? 0);
  }

  ripple(ripple?: Ripple): void {
    const { x, y, amplitude, frequency, phase } = ripple ?? {
      x: 0,
      y: 0,
      amplitude: 0,
      frequency: 0,
      phase: 0,
    };
    this.engine.kernel.setRipple(x, y, amplitude, frequency, phase);
  }

  extent(): Box | undefined {
    const { kernel } = this.engine;
    const [left, top, right, bottom] = [0, 1, 2, 3].map((side) => kernel.extent(side) / 256);
    kernel.forgetExtent();
    return right! < left! ? undefined : { left: left!, top: top!, right: right!, bottom: bottom! };
  }

  protected glyphOf(face: number, character: string): Glyph {
    const found = this.#engine.faces[face];
    if (!found) throw new RangeError(`face: expected 0 … ${this.#engine.faces.length - 1}, got ${face}`);
    const glyph = found.glyph(character);
    if (!glyph) throw new RangeError(`${found.name} has no ${JSON.stringify(character)}`);
    return glyph;
  }

  /** `highest`: the largest index in the picture. */
  protected write(format: PictureFormat, palette: Palette, highest: number): Uint8Array<ArrayBuffer> {
    const { kernel, bytes, shown, file } = this.engine;
    const colors = countColors(palette);
    if (highest >= colors)
      throw new RangeError(`palette: expected more than ${highest} colours for this picture, got ${colors}`);
    bytes.set(palette, shown);
    const length = format === 'png' ? kernel.png(colors) : kernel.bmp();
    return bytes.slice(file, file + length);
  }
}

export function countColors(palette: Palette): number {
  const colors = palette.length / 3;
  if (!Number.isInteger(colors) || colors < 1 || colors > 256)
    throw new RangeError(
      `palette: expected 3 bytes for each of 1 … 256 colours, got ${palette.length} bytes`,
    );
  return colors;
}
