import { expect, test } from 'vitest';
import { CELLS } from '../../../lib/challenge/text/cells.ts';
import { kind } from './cases.ts';

const HEADER =
  '424DE6040000 00000000 36000000 28000000 28000000 0A000000 0100 1800 00000000 B0040000 120B0000 120B0000 00000000 00000000';

test('the classic file, byte for byte', () => {
  const puzzle = kind.generate({ seed: 's', preset: 'bitmap', difficulty: 2, lang: 'en', format: 'bmp' });
  const file = Buffer.from(puzzle.picture().bytes);
  expect(file.length).toBe(1254);
  expect(file.toString('hex', 0, 54).toUpperCase()).toBe(HEADER.replaceAll(' ', ''));
  for (let y = 0; y < 10; y++) {
    const row = [...puzzle.answer].map((character) => CELLS.get(character)![y]!).join('');
    const at = 54 + (9 - y) * 120;
    for (let x = 0; x < 40; x++) expect(file.readUIntLE(at + 3 * x, 3)).toBe(row[x] === '#' ? 0 : 0xffffff);
  }
});

test.each([
  ['0', '1110000111 1101111011×2 1101001011×4 1101111011×2 1110000111'],
  ['1', '1111011111 1100011111 1111011111×7 1100000111'],
  ['A', '1111011111×2 1110101111×4 1100000111 1101110111×2 1000100011'],
])('the known cell of %s', (character, rows) => {
  const expected = rows.split(' ').flatMap((row) => {
    const [bits, times = '1'] = row.split('×');
    return Array<string>(Number(times)).fill(bits!.replaceAll('0', '#').replaceAll('1', '.'));
  });
  expect(CELLS.get(character)).toEqual(expected);
});

test('41 cells, all different by four pixels or more', () => {
  const cells = [...CELLS].map(([, rows]) => rows.join(''));
  expect(cells).toHaveLength(41);
  for (const a of cells) {
    expect(a).toMatch(/^[.#]{100}$/);
    for (const b of cells)
      if (a !== b) expect([...a].filter((pixel, i) => pixel !== b[i]).length).toBeGreaterThanOrEqual(4);
  }
});
