/** One kernel instance with its packs. What the two surfaces draw through. */
import { type Expander, placing, roomFor } from './outlines.ts';
import { readPack } from './pack.ts';
import { type TileMaker, Tiles } from './tiles.ts';
import { type Face, type Icon, unpackFaces, unpackIcons } from './unpack.ts';

/** The kernel's exports; see lib/render/kernel. Numbers become f32 or i32 on the way in. */
export interface Kernel extends Expander, TileMaker {
  init(): void;
  address(what: number): number;
  guard(i: number): number;
  stride: WebAssembly.Global;
  begin(width: number, height: number, ground: number): number;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  quadTo(cx: number, cy: number, x: number, y: number): void;
  close(): void;
  rect(x: number, y: number, width: number, height: number, radius: number): void;
  circle(x: number, y: number, radius: number): void;
  capsule(x0: number, y0: number, x1: number, y1: number, width: number): void;
  stroke(x0: number, y0: number, cx: number, cy: number, x1: number, y1: number, width: number): void;
  contours(at: number, a: number, b: number, c: number, d: number, e: number, f: number): number;
  setWaves(count: number): void;
  setLens(x: number, y: number, radius: number, strength: number): void;
  setRipple(x: number, y: number, amplitude: number, frequency: number, phase: number): void;
  soften(times: number): void;
  erase(rule: number): void;
  rerender(amplitude: number, frequency: number, phaseX: number, phaseY: number): number;
  extent(side: number): number;
  forgetExtent(): void;
  unite(rule: number): void;
  invert(rule: number): void;
  outline(): void;
  hatch(fx: number, fy: number, phase: number, share: number): void;
  lay(base: number): void;
  stamp(index: number): void;
  scatter(count: number, seed: number, base: number, range: number, combine: number): void;
  setPalette(count: number): void;
  fill(color: number, opacity: number, rule: number): void;
  block(left: number, top: number, right: number, bottom: number, color: number): void;
  paintTile(at: number, width: number, rows: number, x: number, y: number, color: number): number;
  cut(columns: number, rows: number, height: number): void;
  keep(top: number, set: number): void;
  dye(top: number, index: number): void;
  flip(top: number): void;
  ink(base: number, rule: number): void;
  combine(from: number, to: number, dx: number, dy: number): void;
  png(colors: number): number;
  pngRows(colors: number, first: number, rows: number, clear: number): number;
  bmp(): number;
}

export interface Engine {
  readonly kernel: Kernel;
  readonly memory: WebAssembly.Memory;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly palette: number;
  readonly shown: number;
  readonly waves: Float32Array;
  readonly file: number;
  /** Cuts, 64 of four numbers, and the sets of the pieces, 32 rows of 40. */
  readonly cuts: Float32Array;
  readonly sets: Uint8Array;
  readonly faces: readonly Face[];
  readonly icons: readonly Icon[];
  readonly tiles: Tiles;
  /** The surface that may draw now. */
  lent: unknown;
  /** The colours that blends are kept for. */
  mixed: Uint8Array;
}

const PAGE = 65536;
/** Where packs begin; the kernel's memory.ts has the same number, and a test compares. */
const DATA = 0x563000;
/** Bytes for tiles. */
const TILES = 1 << 20;

export function createEngine(module: WebAssembly.Module, packs: readonly Uint8Array[]): Engine {
  const read = packs.map(readPack);
  const size = read.reduce((sum, pack) => sum + roomFor(pack), DATA);
  // Only what draws scenes has icons, and only scenes are made of tiles
  const room = read.some(({ header }) => header.icons) ? TILES : 0;
  const pages = Math.ceil((size + 64 + room) / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  const kernel = instance.exports as unknown as Kernel;
  kernel.init();
  const bytes = new Uint8Array(memory.buffer as ArrayBuffer);
  const faces: Face[] = [];
  const icons: Icon[] = [];
  let base = kernel.address(5);
  for (const pack of read) {
    const place = placing(kernel, bytes, pack, base);
    faces.push(...unpackFaces(pack.header.faces ?? [], place));
    icons.push(...unpackIcons(pack.header.icons ?? [], place));
    base += roomFor(pack);
  }
  return {
    kernel,
    memory,
    bytes,
    palette: kernel.address(0),
    shown: kernel.address(1),
    waves: new Float32Array(memory.buffer, kernel.address(2), 40),
    file: kernel.address(4),
    cuts: new Float32Array(memory.buffer, kernel.address(6), 256),
    sets: new Uint8Array(memory.buffer as ArrayBuffer, kernel.address(7), 1280),
    faces,
    icons,
    // A tile is read in whole vectors
    tiles: new Tiles(kernel, (base + 63) & ~63, room),
    lent: undefined,
    mixed: new Uint8Array(0),
  };
}
