/**
 * `bitmap`: characters from one-bit cells of 10 × 10 side by side, black on white; BMP by default, byte for byte the classic
 * 24-bit file. Difficulty 1 draws it three times as large, 2 is the classic 40 × 10, 3 has six characters.
 */
import type { ChallengeSpec } from '../challenge.ts';
import { CELL, CELLS } from './cells.ts';
import { blindGuess, drawCharacters, NOTE, pictureOf, type TextPreset } from './preset.ts';

const LENGTH = { 1: 4, 2: 4, 3: 6 } as const;
const SCALE = { 1: 3, 2: 1, 3: 1 } as const;
const BLACK_ON_WHITE = Uint8Array.of(255, 255, 255, 0, 0, 0);

export const bitmap: TextPreset = {
  name: 'bitmap',
  formats: ['bmp', 'png'],
  alphabets: ['digits', 'letters', 'alphanumeric'],

  plan({ alphabet = 'digits', difficulty, format }: ChallengeSpec, random) {
    const length = LENGTH[difficulty];
    const scale = SCALE[difficulty];
    const text = drawCharacters(random, alphabet, length);
    return {
      text,
      set: alphabet,
      note: NOTE,
      length,
      guess: blindGuess(alphabet, length),
      draw(renderer) {
        const width = CELL * scale * length;
        const height = CELL * scale;
        const surface = renderer.ramp(width, height);
        [...text].forEach((character, i) => {
          CELLS.get(character)!.forEach((row, y) => {
            for (let x = row.indexOf('#'); x >= 0; x = row.indexOf('#', x + 1))
              surface.rect((i * CELL + x) * scale, y * scale, scale, scale);
          });
        });
        surface.stamp(1);
        return pictureOf(surface.encode(format, BLACK_ON_WHITE), format, width, height);
      },
    };
  },
};
