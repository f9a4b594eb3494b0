/** One kernel instance with its packs in memory. What the two surfaces draw through. */
import { type PackedFace, type PackedIcon, readPack } from './pack.ts';

/** The kernel's exports; see lib/render/kernel. Numbers become f32 or i32 on the way in. */
export interface Kernel {
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

export interface Glyph {
  /** Address in the kernel's memory. */
  readonly at: number;
  readonly advance: number;
  readonly box: readonly [left: number, top: number, right: number, bottom: number];
}

export interface Face extends Pick<PackedFace, 'name' | 'family' | 'capHeight' | 'characters'> {
  readonly glyphs: ReadonlyMap<string, Glyph>;
}

export interface Icon extends PackedIcon {
  /** Where its pack's outlines begin in the kernel's memory. */
  readonly base: number;
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
  /** The surface that may draw now. */
  lent: unknown;
  /** The colours that blends are kept for. */
  mixed: Uint8Array;
}

const PAGE = 65536;
/** Where packs begin; the kernel's memory.ts has the same number, and a test compares. */
const DATA = 0x560000;

export function createEngine(module: WebAssembly.Module, packs: readonly Uint8Array[]): Engine {
  const read = packs.map(readPack);
  const size = read.reduce((sum, pack) => sum + pack.outlines.length, DATA);
  const pages = Math.ceil((size + 64) / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  const kernel = instance.exports as unknown as Kernel;
  kernel.init();
  const bytes = new Uint8Array(memory.buffer as ArrayBuffer);
  const faces: Face[] = [];
  const icons: Icon[] = [];
  let base = kernel.address(5);
  for (const { header, outlines } of read) {
    bytes.set(outlines, base);
    for (const face of header.faces ?? []) faces.push(unpackFace(face, base));
    for (const icon of header.icons ?? []) icons.push({ ...icon, base });
    base += outlines.length;
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
    lent: undefined,
    mixed: new Uint8Array(0),
  };
}

/** Its glyphs are looked up when one is asked for: a cold start draws with a few faces out of many. */
function unpackFace(face: PackedFace, base: number): Face {
  const { name, family, capHeight, characters } = face;
  let glyphs: ReadonlyMap<string, Glyph> | undefined;
  return {
    name,
    family,
    capHeight,
    characters,
    get glyphs() {
      glyphs ??= glyphsOf(face, base);
      return glyphs;
    },
  };
}

function glyphsOf({ characters, offsets, advances, bounds }: PackedFace, base: number): Map<string, Glyph> {
  const glyphs = new Map<string, Glyph>();
  let i = 0;
  for (const character of characters) {
    const [left, top, right, bottom] = bounds.slice(4 * i, 4 * i + 4);
    glyphs.set(character, {
      at: base + offsets[i]!,
      advance: advances[i]!,
      box: [left!, top!, right!, bottom!],
    });
    i++;
  }
  return glyphs;
}
