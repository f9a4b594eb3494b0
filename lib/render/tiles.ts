/**
 * Shapes that come up again and again, such as the letters of questions: drawn once, kept in the kernel's memory as levels, and
 * copied from then on, which takes a tenth of the time. When there is no more room, all are forgotten. Whether a shape is kept
 * or drawn anew shows in no picture.
 */

/** The kernel's part in it; see lib/render/kernel/tiles.ts. */
export interface TileMaker {
  startTile(): number;
  makeTile(at: number, width: number, rows: number): void;
}

export interface Tile {
  /** Address in the kernel's memory. */
  readonly at: number;
  readonly width: number;
  readonly rows: number;
  /** From where a shape is put to its tile's corner. */
  readonly left: number;
  readonly top: number;
}

/** How far a shape reaches from where it is put, in pixels. */
export interface Reach {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export class Tiles {
  readonly #kernel: TileMaker;
  readonly #base: number;
  readonly #end: number;
  readonly #known = new Map<number, Tile>();
  #free: number;

  constructor(kernel: TileMaker, base: number, room: number) {
    this.#kernel = kernel;
    this.#base = this.#free = base;
    this.#end = base + room;
  }

  find(key: number): Tile | undefined {
    return this.#known.get(key);
  }

  /**
   * Keeps a shape; `draw` puts it at (x, y). Undefined when it can't be kept: it is too large for the picture or for the room there is,
   * or something else is collected already.
   */
  keep(
    key: number,
    { left, top, right, bottom }: Reach,
    picture: { readonly width: number; readonly height: number },
    draw: (x: number, y: number) => void,
  ): Tile | undefined {
    const [x, y] = [Math.floor(left), Math.floor(top)];
    const width = Math.ceil(right) - x;
    const rows = Math.ceil(bottom) - y;
    // Its rows are whole sixteens
    const bytes = ((width + 15) & ~15) * rows;
    const fits = width > 0 && width + 15 <= picture.width && rows > 0 && rows <= picture.height;
    if (!fits || bytes > this.#end - this.#base || !this.#kernel.startTile()) return undefined;
    if (this.#free + bytes > this.#end) {
      this.#known.clear();
      this.#free = this.#base;
    }
    const tile: Tile = { at: this.#free, width, rows, left: x, top: y };
    this.#free += bytes;
    draw(-x, -y);
    this.#kernel.makeTile(tile.at, width, rows);
    this.#known.set(key, tile);
    return tile;
  }
}
