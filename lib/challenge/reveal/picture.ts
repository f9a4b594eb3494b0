/**
 * Draws the kind `reveal`: the still, and the sprite with the sets of pieces. What comes to light is drawn by a look of the kind
 * `text`; here it gets its dots.
 *
 * The column of boxes is: the still, and a layer for each set. In the client mode a layer holds the code's pieces of its set; strokes that lie over all layers alike hide them and cancel out where the layers
 * meet, for two colours on one spot show as none. In the guarded mode the layers hold such strokes and nothing else: what the
 * browser is given has no part of the code in it.
 */
import type { Cuts, PieceSurface, Renderer } from '../../render/renderer.ts';
import type { Random } from '../../util/random.ts';
import { cosTurns, sinTurns } from '../../util/trig.ts';
import type { Picture } from '../challenge.ts';
import type { Drawn as Written } from '../text/preset.ts';
import { offsetAt, type Slide } from './cuts.ts';
import type { Mode } from './modes.ts';
import type { RevealOptions } from './options.ts';
import { spritePalette, stillPalette, type Tints } from './palette.ts';
import { drawSymbols, type Mark } from './symbols.ts';

const FACES = [
  'Roboto Bold',
  'Open Sans ExtraBold',
  'Lato Black',
  'Montserrat Bold',
  'Rubik Bold',
  'Work Sans ExtraBold',
  'Archivo Bold',
  'Roboto Slab ExtraBold',
  'Noto Serif ExtraBold',
  'Bitter ExtraBold',
] as const;
/** Height of the code's characters in shares of the box. */
const CAP = [0.5, 0.6] as const;
const STROKES = 'ACDEFHJKLMNOPRTUVWXY23456789';

export interface RevealPlan {
  readonly mode: Mode;
  readonly options: RevealOptions;
  readonly code: string;
  readonly cuts: Cuts;
  readonly slides: readonly Slide[];
  /** guarded only. */
  readonly symbols: readonly Mark[];
  readonly tints: Tints;
}

export interface Drawn {
  readonly still: Uint8Array<ArrayBuffer>;
  readonly sprite: Uint8Array<ArrayBuffer>;
}

export function drawPieces(renderer: Renderer, plan: RevealPlan, random: Random): Drawn {
  const { mode, options, cuts, slides, symbols, tints } = plan;
  const { width, height, sets } = options;
  const guarded = mode === 'guarded';
  const layers = Array.from({ length: sets }, (_, set) => 1 + set);
  const surface = renderer.pieces(width, height, 1 + sets);
  surface.cut(cuts);
  if (guarded) for (const layer of layers) clutter(renderer, surface, [layer], options.clutter, random);
  else {
    writeCode(renderer, surface, plan.code, layers, random);
    surface.stamp(1);
    for (const layer of layers) surface.keep(layer, layer - 1);
    // What lies over several layers lies over an even number of them, so that it cancels out
    for (const layer of layers.slice(1))
      clutter(renderer, surface, [1, layer], Math.round(1.5 * options.clutter), random);
  }
  for (const layer of layers) surface.dye(layer, layer);
  for (const layer of layers) {
    const [dx, dy] = offsetAt(slides[layer - 1]!, 0, 0);
    surface.combine(layer, 0, dx, dy);
  }
  // Before the symbols, whose points may reach a pixel below the still
  const sprite = surface.encode(spritePalette(tints, mode), 1, sets, true);
  if (guarded) drawSymbols(surface, symbols, sets + 1);
  return { still: surface.encode(stillPalette(tints, mode), 0, 1), sprite };
}

/** Parts of characters as large as the code's, every which way, in each of the boxes. */
function clutter(
  renderer: Renderer,
  surface: PieceSurface,
  boxes: readonly number[],
  count: number,
  random: Random,
): void {
  const { width, boxHeight: height } = surface;
  for (let i = 0; i < count; i++) {
    const face = renderer.face(random.pick(FACES));
    const character = random.pick([...STROKES]);
    const size = (height * random.between(0.55, 0.85)) / renderer.faces[face]!.capHeight;
    const turn = random.unit();
    const [a, b] = [size * cosTurns(turn), size * sinTurns(turn)];
    const [left, top, right, bottom] = renderer.glyph(face, character).box;
    const [midX, midY] = [(left + right) / 2, (top + bottom) / 2];
    const x = ((i + random.unit()) / count) * width - (a * midX - b * midY);
    const y = random.between(0.2, 0.8) * height - (b * midX + a * midY);
    for (const box of boxes) {
      surface.glyph(face, character, [a, b, -b, a, x, y + box * height]);
      surface.flip(box);
    }
  }
}

/** Collects the code's characters in each of the boxes. */
function writeCode(
  renderer: Renderer,
  surface: PieceSurface,
  code: string,
  boxes: readonly number[],
  random: Random,
): void {
  const { width, boxHeight } = surface;
  const cap = boxHeight * random.between(CAP[0], CAP[1]);
  const slot = (width * 0.9) / code.length;
  [...code].forEach((character, i) => {
    const face = renderer.face(random.pick(FACES));
    const size = (cap * random.between(0.94, 1.06)) / renderer.faces[face]!.capHeight;
    const turn = random.between(-0.025, 0.025);
    const { box } = renderer.glyph(face, character);
    const narrow = Math.min(1, (slot * 0.88) / ((box[2] - box[0]) * size));
    const [a, b] = [size * cosTurns(turn), size * sinTurns(turn)];
    const [midX, midY] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
    const x = width * 0.05 + (i + 0.5 + random.between(-0.06, 0.06)) * slot - (a * midX - b * midY) * narrow;
    const y = boxHeight * (0.5 + random.between(-0.07, 0.07)) - (b * midX + a * midY);
    for (const at of boxes)
      surface.glyph(face, character, [a * narrow, b, -b * narrow, a, x, y + at * boxHeight]);
  });
}

/** The code as it is when everything has come together, in a look of the kind `text`, with fresh dots. */
export function drawRestored(
  { surface, palette }: Written,
  { width, height, dots }: RevealOptions,
  random: Random,
): Picture {
  const colors = palette.length / 3;
  // In any of the picture's own colours, the ground's among them
  surface.scatter({
    count: Math.round(width * height * dots),
    seed: random.uint32(),
    first: 0,
    range: colors,
  });
  return pictureOf(surface.encode('png', palette), width, height);
}

export function pictureOf(bytes: Uint8Array<ArrayBuffer>, width: number, height: number): Picture {
  return { bytes, mediaType: 'image/png', width, height, usedHeight: height };
}
