/**
 * The door of the picture engine. A `Renderer` holds one kernel instance; it lends one surface at a time, and asking for
 * the next one ends the last. Coordinates are pixels, y down, (0, 0) the top left corner, meaningful within ±4096; pictures
 * are at most 1024 wide or high and 512 Ki pixels. Shapes are collected into one coverage plane and then composed onto
 * palette indices: there is no RGBA picture anywhere. The same calls give the same bytes on every engine.
 */
import { createEngine, type Engine } from './engine.ts';
import { Paint } from './paint.ts';
import { Pieces } from './pieces.ts';
import { profiler } from './profile.ts';
import { Ramp } from './ramp.ts';
import type { Renderer } from './types.ts';
import type { Glyph } from './unpack.ts';

export { PROFILE } from './profile.ts';
export type * from './types.ts';

export interface RendererOptions {
  /** lib/render/kernel.wasm */
  readonly kernel: WebAssembly.Module;
  /** Packs of faces: lib/render/fonts.bin and others. */
  readonly fonts: readonly Uint8Array[];
  /** A pack of icons. */
  readonly icons?: Uint8Array;
}

/** @example const renderer = createRenderer(loadRenderAssets()); */
export function createRenderer({ kernel, fonts, icons }: RendererOptions): Renderer {
  return rendererOf(createEngine(kernel, icons ? [...fonts, icons] : fonts));
}

/** The door over an engine that is already there. */
export function rendererOf(engine: Engine): Renderer {
  const names = new Map(engine.faces.map((face, i) => [face.name, i]));
  const profile = profiler(engine);
  const glyph = (face: number, character: string): Glyph => {
    const found = engine.faces[face]?.glyph(character);
    if (!found) throw new RangeError(`face ${face} has no ${JSON.stringify(character)}`);
    return found;
  };
  return {
    faces: engine.faces,
    icons: engine.icons.map((icon) => icon.name),
    glyph,
    face(name) {
      const found = names.get(name);
      if (found === undefined) throw new RangeError(`no face is named ${JSON.stringify(name)}`);
      return found;
    },
    profile: (face, character) => profile(glyph(face, character).at),
    measure(content, face, size) {
      let width = 0;
      for (const character of content) width += glyph(face, character).advance;
      return (width * size) / 1024;
    },
    paint: (width, height, palette, ground = 0) => new Paint(engine, width, height, palette, ground),
    ramp: (width, height, ground = 0) => new Ramp(engine, width, height, ground),
    pieces: (width, boxHeight, boxes) => new Pieces(engine, width, boxHeight, boxes),
  };
}
