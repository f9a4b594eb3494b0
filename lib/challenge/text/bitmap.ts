/**
 * `bitmap`: characters from one-bit cells of 10 × 10 side by side, black on white; BMP by default, byte for byte the classic
 * 24-bit file. Difficulty 1 draws it three times as large, 2 is the classic 40 × 10, 3 has six characters. Chinese characters, which
 * no such cell can hold, are cut from a face in cells of 30 × 30.
 */
import type { RampSurface, Renderer } from '../../render/renderer.ts';
import { CELL, CELLS } from './cells.ts';
import { hexColor } from './contrast.ts';
import { HANZI_FACE } from './faces.ts';
import type { TextPreset } from './preset.ts';

const SCALE = { 1: 3, 2: 1, 3: 1 } as const;
/** Below this a Chinese character can't be told. */
const HANZI_SCALE = 3;
const WHITE_AND_BLACK = ['ffffff', '000000'] as const;

export const bitmap: TextPreset = {
  name: 'bitmap',
  formats: ['bmp', 'png'],
  alphabets: ['digits', 'letters', 'alphanumeric'],
  lengths: { 1: [4], 2: [4], 3: [6] },
  custom: 'multiples',
  size: (difficulty, glyphs) => ({
    width: CELL * SCALE[difficulty] * glyphs,
    height: CELL * SCALE[difficulty],
  }),

  plan({ shown, note }, { difficulty, text }) {
    const asked = text?.scale ?? SCALE[difficulty];
    const drawn = shown.every((character) => CELLS.has(character));
    const scale = drawn ? asked : Math.max(HANZI_SCALE, asked);
    const [ground, ink] = text?.ink === undefined ? WHITE_AND_BLACK : [text.ground!, text.ink];
    return {
      note,
      draw(renderer) {
        const surface = renderer.ramp(CELL * scale * shown.length, CELL * scale);
        shown.forEach((character, i) => {
          const cell = CELLS.get(character);
          if (cell) drawCell(surface, cell, i * CELL * scale, scale);
          else cutCell(renderer, surface, character, i * CELL * scale, CELL * scale);
        });
        surface.stamp(1);
        return { surface, palette: Uint8Array.of(...hexColor(ground), ...hexColor(ink)) };
      },
    };
  },
};

function drawCell(surface: RampSurface, rows: readonly string[], left: number, scale: number): void {
  rows.forEach((row, y) => {
    for (let x = row.indexOf('#'); x >= 0; x = row.indexOf('#', x + 1))
      surface.rect(left + x * scale, y * scale, scale, scale);
  });
}

/** The character as large as the cell allows, a tenth left free. */
function cutCell(
  renderer: Renderer,
  surface: RampSurface,
  character: string,
  left: number,
  side: number,
): void {
  const face = renderer.face(HANZI_FACE);
  const [l, t, r, b] = renderer.glyph(face, character).box;
  const scale = (0.9 * side) / Math.max(r - l, b - t);
  surface.glyph(face, character, [
    scale,
    0,
    0,
    scale,
    left + (side - (r + l) * scale) / 2,
    (side - (b + t) * scale) / 2,
  ]);
}
