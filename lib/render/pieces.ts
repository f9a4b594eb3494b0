/** The surface for pictures in pieces: boxes of one size, one below the other, that share one way of being cut. */
import type { Engine } from './engine.ts';
import { countColors, Surface } from './surface.ts';
import type { Cuts, Palette, PieceSurface, Rule } from './types.ts';

const MOST_CUTS = 64;
const MOST_COLUMNS = 40;
const MOST_ROWS = 32;

export class Pieces extends Surface implements PieceSurface {
  readonly boxHeight: number;
  readonly #boxes: number;

  constructor(engine: Engine, width: number, boxHeight: number, boxes: number) {
    super(engine, width, boxHeight * boxes, 0);
    this.boxHeight = boxHeight;
    this.#boxes = boxes;
  }

  cut({ upright, lying, sets }: Cuts): void {
    const [columns, rows] = [upright.length + 1, lying.length + 1];
    if (columns > MOST_COLUMNS || rows > MOST_ROWS || columns + rows - 2 > MOST_CUTS)
      throw new RangeError(
        `cut: expected at most ${MOST_CUTS} lines, got ${upright.length} and ${lying.length}`,
      );
    const { kernel, cuts, sets: table } = this.engine;
    [...upright, ...lying].forEach(({ at, lean, gap }, i) => {
      cuts.set([at, lean, gap / 2], 4 * i);
    });
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) table[40 * row + column] = sets(column, row);
    kernel.cut(columns, rows, this.boxHeight);
  }

  flip(box: number): void {
    this.engine.kernel.flip(this.#topOf(box));
  }

  stamp(index: number): void {
    this.engine.kernel.stamp(index);
  }

  shade(first: number, rule: Rule = 'non-zero'): void {
    this.engine.kernel.ink(first, rule === 'even-odd' ? 1 : 0);
  }

  keep(box: number, set: number): void {
    this.engine.kernel.keep(this.#topOf(box), set);
  }

  dye(box: number, index: number): void {
    this.engine.kernel.dye(this.#topOf(box), index);
  }

  combine(from: number, to: number, dx: number, dy: number): void {
    this.engine.kernel.combine(this.#topOf(from), this.#topOf(to), dx, dy);
  }

  encode(palette: Palette, first: number, boxes: number, clear = false): Uint8Array<ArrayBuffer> {
    const { kernel, bytes, shown, file } = this.engine;
    const colors = countColors(palette);
    bytes.set(palette, shown);
    const rows = boxes * this.boxHeight;
    const length = kernel.pngRows(colors, this.#topOf(first), rows, clear ? 1 : 0);
    if (length === 0) throw new RangeError(`encode: expected boxes 0 … ${this.#boxes - 1}`);
    return bytes.slice(file, file + length);
  }

  #topOf(box: number): number {
    if (!(Number.isInteger(box) && box >= 0 && box < this.#boxes))
      throw new RangeError(`box: expected 0 … ${this.#boxes - 1}, got ${box}`);
    return box * this.boxHeight;
  }
}
