/**
 * Looks at how the glyphs of a picture lie. A renderer notes every glyph and how it was bent; each is then drawn again by itself, on
 * another engine, and compared with its neighbours and with what the picture shows where it lies.
 */

import { contrast } from '../../../lib/challenge/text/contrast.ts';
import type { Engine } from '../../../lib/render/engine.ts';
import type { Box, Lens, Matrix, RampSurface, Renderer, Ripple, Wave } from '../../../lib/render/types.ts';
import { newStage } from '../../render/stage.ts';

interface Bent {
  readonly waves: readonly Wave[];
  readonly lens: Lens | undefined;
  readonly ripple: Ripple | undefined;
}

interface Noted extends Bent {
  readonly face: number;
  readonly character: string;
  readonly matrix: Matrix;
  outlined: boolean;
}

export interface Seen {
  readonly width: number;
  readonly height: number;
  readonly glyphs: readonly Noted[];
  /** Boxes of all that was united, glyphs or not. */
  readonly united: readonly Box[];
  readonly palette: Uint8Array;
  /** The picture's indices, row by row. */
  readonly indices: Uint8Array;
}

export interface Spy {
  readonly renderer: Renderer;
  /** What the last picture shows. */
  take(): Seen;
}

export function spyOn({ renderer, engine }: ReturnType<typeof newStage>): Spy {
  let width = 0;
  let height = 0;
  let glyphs: Noted[] = [];
  let united: Box[] = [];
  let palette = new Uint8Array();
  const watch = (surface: RampSurface): RampSurface => {
    [width, height] = [surface.width, surface.height];
    glyphs = [];
    united = [];
    let bent: Bent = { waves: [], lens: undefined, ripple: undefined };
    let fresh: Noted[] = [];
    const note = (swell: number) => {
      const box = surface.extent();
      if (!box) return;
      const { left, top, right, bottom } = box;
      united.push({ left: left - swell, top: top - swell, right: right + swell, bottom: bottom + swell });
    };
    const watched: Partial<RampSurface> = {
      warp: (waves) => {
        bent = { ...bent, waves: [...waves] };
        surface.warp(waves);
      },
      lens: (lens) => {
        bent = { ...bent, lens };
        surface.lens(lens);
      },
      ripple: (ripple) => {
        bent = { ...bent, ripple };
        surface.ripple(ripple);
      },
      glyph: (face, character, matrix) => {
        const noted = { ...bent, face, character, matrix, outlined: false };
        glyphs.push(noted);
        fresh.push(noted);
        surface.glyph(face, character, matrix);
      },
      outline: () => {
        for (const glyph of fresh) glyph.outlined = true;
        fresh = [];
        surface.outline();
        note(1);
      },
      hatch: (stripes) => {
        for (const glyph of fresh) glyph.outlined = true;
        fresh = [];
        surface.hatch(stripes);
        note(1);
      },
      unite: (rule) => {
        surface.unite(rule);
        note(0);
      },
      // Lines, flips and points may cross the border
      invert: (rule) => {
        // Letters that only invert are there for nobody to read
        glyphs = glyphs.filter((glyph) => !fresh.includes(glyph));
        fresh = [];
        surface.invert(rule);
        surface.extent();
      },
      stamp: (index) => {
        surface.stamp(index);
        surface.extent();
      },
      encode: (format, colors) => {
        palette = colors.slice();
        return surface.encode(format, colors);
      },
    };
    return new Proxy(surface, {
      get(target, key) {
        if (key === 'unite' || key === 'lay') fresh = [];
        const own = watched[key as 'warp'];
        if (own) return own;
        const value = Reflect.get(target, key, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  };
  return {
    renderer: { ...renderer, ramp: (...args) => watch(renderer.ramp(...args)) },
    take: () => ({ width, height, glyphs, united, palette, indices: indicesOf(engine, width, height) }),
  };
}

function indicesOf({ kernel, bytes }: Engine, width: number, height: number): Uint8Array {
  const stride: number = kernel.stride.value;
  const indices = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = kernel.address(3) + y * stride;
    indices.set(bytes.subarray(row, row + width), y * width);
  }
  return indices;
}

const alone = newStage();

/** The pixels that a glyph covers by half or more, and the box of its outline. */
function drawAlone({ width, height }: Seen, glyph: Noted): { box: Box; mask: number[] } {
  const surface = alone.renderer.ramp(width, height);
  surface.warp(glyph.waves);
  surface.lens(glyph.lens);
  surface.ripple(glyph.ripple);
  surface.glyph(glyph.face, glyph.character, glyph.matrix);
  surface.unite();
  const box = surface.extent()!;
  const mask: number[] = [];
  for (const [at, level] of indicesOf(alone.engine, width, height).entries()) if (level >= 8) mask.push(at);
  return { box, mask };
}

/** Signs and the thinnest digits are small by nature. */
const SMALL = '+−×=-1IilJj';

export interface Limits {
  /** Pixels that a glyph is high at least. */
  readonly height: number;
  /** Share of a glyph that its neighbour may cover. */
  readonly shared: number;
  /** Share of a glyph that still has to show as ink. */
  readonly shown: number;
  /** Whether all that is united, marks and icons too, has to stay inside. */
  readonly whole?: boolean;
}

/** What is wrong with a picture. */
export function geometryProblems(seen: Seen, limits: Limits): string[] {
  const problems: string[] = [];
  const drawn = seen.glyphs.map((glyph) => ({ ...glyph, ...drawAlone(seen, glyph) }));
  const { width, height, palette, indices } = seen;
  drawn.forEach(({ character, box, mask, outlined }, i) => {
    const swell = outlined ? 1 : 0;
    if (
      box.left - swell < 0 ||
      box.top - swell < 0 ||
      box.right + swell > width ||
      box.bottom + swell > height
    )
      problems.push(`${character} leaves the picture: ${JSON.stringify(box)} of ${width}×${height}`);
    const tall = box.bottom - box.top;
    if (!SMALL.includes(character) && tall < limits.height)
      problems.push(
        `${character} is ${tall.toFixed(1)} pixels high, at least ${limits.height} were expected`,
      );
    const next = drawn[i + 1];
    if (next) {
      const others = new Set(next.mask);
      const shared = mask.filter((at) => others.has(at)).length / Math.min(mask.length, next.mask.length);
      if (shared > limits.shared)
        problems.push(`${character} and ${next.character} share ${shared.toFixed(2)}`);
    }
    const visible = mask.filter((at) => (indices[at]! & 15) >= 8).length / mask.length;
    // A sign is a bar or two: less of it is enough
    const enough = SMALL.includes(character) ? 0.6 * limits.shown : limits.shown;
    if (visible < enough) problems.push(`of ${character} only ${visible.toFixed(2)} shows`);
  });
  if (limits.whole)
    for (const box of seen.united)
      if (box.left < 0 || box.top < 0 || box.right > width || box.bottom > height)
        problems.push(`a mark leaves the picture: ${JSON.stringify(box)} of ${width}×${height}`);
  const ground = palette.subarray(0, 3);
  for (let ink = 0; 3 * (16 * ink + 16) <= palette.length && ink < seen.glyphs.length; ink++) {
    const shades = palette.subarray(3 * 16 * ink, 3 * 16 * (ink + 1));
    // Only ramps, which begin with the ground, are inks of glyphs
    if (!ground.every((channel, k) => channel === shades[k])) break;
    const ratio = contrast(ground, shades.subarray(45, 48));
    if (ink === 0 && ratio < 2.99) problems.push(`ink and ground have a contrast of ${ratio.toFixed(2)}`);
  }
  return problems;
}
