/**
 * `classic`: the look of the first servlet captchas. Four different characters (letters of both cases, or digits) with
 * spaces between, size 25, on 100 × 30: dark random ground, bright ink, lines of width 2, points on a tenth of the picture,
 * lines and points in any colour. That is difficulty 2; 1 has one line and fewer points, 3 five characters and more lines.
 */
import type { Renderer } from '../../render/renderer.ts';
import type { Random } from '../../util/random.ts';
import { faceFor } from './faces.ts';
import type { TextPreset } from './preset.ts';

const WIDTH = 100;
const HEIGHT = 30;
const SIZE = 25;
const MARGIN = 3;
const LOOKS = {
  1: { lines: 1, points: 0.04 },
  2: { lines: 2, points: 0.1 },
  3: { lines: 4, points: 0.13 },
} as const;
const FACES = ['Roboto Bold', 'Lato Black', 'Montserrat Bold', 'Merriweather Black', 'Roboto Slab ExtraBold'];
/** Indices: the ramp from ground to ink, then the lines' colours, then the points'. */
const RAMP = 16;
const LINES = 4;
const COLORS = 64;

export const classic: TextPreset = {
  name: 'classic',
  formats: ['png', 'bmp'],
  alphabets: ['letters', 'digits', 'alphanumeric'],

  lengths: { 1: [4], 2: [4], 3: [5] },
  distinct: true,
  size: () => ({ width: WIDTH, height: HEIGHT }),

  plan({ shown, note }, { difficulty }, random) {
    const look = LOOKS[difficulty];
    // The case is for the eye alone; a small L looks like anything
    const cased = shown.map((character) =>
      random.chance() && character !== 'L' ? character.toLowerCase() : character,
    );
    return {
      note,
      draw(renderer, drawing) {
        const surface = renderer.ramp(WIDTH, HEIGHT);
        const palette = paletteOf(drawing);
        writeCentred(renderer, surface, cased, renderer.face(drawing.pick(FACES)));
        for (let i = 0; i < look.lines; i++) {
          const [x0, y0] = [drawing.between(0, WIDTH), drawing.between(0, HEIGHT)];
          surface.polyline([x0, y0, drawing.between(0, WIDTH), drawing.between(0, HEIGHT)], 2);
          surface.stamp(RAMP + i);
        }
        surface.scatter({
          count: Math.round(WIDTH * HEIGHT * look.points),
          seed: drawing.uint32(),
          first: RAMP + LINES,
          range: COLORS - RAMP - LINES,
        });
        return { surface, palette };
      },
    };
  },
};

function writeCentred(
  renderer: Renderer,
  surface: ReturnType<Renderer['ramp']>,
  characters: readonly string[],
  face: number,
): void {
  const faces = characters.map((character) => faceFor(renderer, face, character));
  const glyphs = characters.map((character, i) => renderer.glyph(faces[i]!, character));
  const scale = SIZE / 1024;
  const space = 0.25 * 1024;
  const width = glyphs.reduce((sum, glyph) => sum + glyph.advance, space * (glyphs.length - 1)) * scale;
  const squeeze = Math.min(1, (WIDTH - 2 * MARGIN) / width);
  // The line stands in the middle by its capitals, higher only where something hangs below the picture
  const hangs = Math.max(...glyphs.map((glyph) => glyph.box[3])) * scale;
  const middle = (HEIGHT + renderer.faces[face]!.capHeight * scale) / 2;
  const baseline = Math.min(middle, HEIGHT - 1 - hangs);
  let x = (WIDTH - width * squeeze) / 2;
  characters.forEach((character, i) => {
    surface.glyph(faces[i]!, character, [scale * squeeze, 0, 0, scale, x, baseline]);
    x += (glyphs[i]!.advance + space) * scale * squeeze;
  });
  surface.unite();
}

function paletteOf(random: Random): Uint8Array {
  const color = (low: number, high: number) => [0, 0, 0].map(() => random.integer(low, high));
  const ground = color(0, 100);
  const ink = color(150, 255);
  const palette = new Uint8Array(3 * COLORS);
  for (let i = 0; i < RAMP; i++)
    for (let k = 0; k < 3; k++)
      palette[3 * i + k] = Math.round(ground[k]! + ((ink[k]! - ground[k]!) * i) / (RAMP - 1));
  for (let i = 3 * RAMP; i < palette.length; i += 3) {
    const bits = random.uint32();
    palette[i] = bits & 255;
    palette[i + 1] = (bits >>> 8) & 255;
    palette[i + 2] = (bits >>> 16) & 255;
  }
  return palette;
}
