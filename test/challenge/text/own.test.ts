/** Presets of an operator’s own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadPresets } from '../../../functions/presets.ts';
import { ownPresets } from '../../../lib/challenge/text/look/own.ts';
import { createTextKind } from '../../../lib/challenge/text/text.ts';
import { decodePng } from '../../render/decode.ts';
import { newRenderer } from '../../render/stage.ts';

const renderer = newRenderer();
const own = (data: unknown) => ownPresets(JSON.stringify(data), renderer);

test('a look from a base, one that replaces another, and one from nothing', () => {
  const presets = own({
    mine: {
      base: 'gmail',
      glyphs: { color: '#203040' },
      background: [{ stage: 'ground', color: '#fff0e0' }],
    },
    plain: { base: 'plain', width: 160 },
    wide: { base: 'mine', width: 300 },
  });
  const kind = createTextKind(renderer, { own: presets });
  expect(kind.presets.map(({ name }) => name)).toEqual([
    ...createTextKind(renderer).presets.map(({ name }) => name),
    'mine',
    'wide',
  ]);
  const pictureOf = (preset: string) =>
    kind.generate({ seed: 's', preset, difficulty: 2, lang: 'en', format: 'png' }).picture();
  expect(pictureOf('plain').width).toBe(160);
  expect(pictureOf('wide').width).toBe(300);
  const { rgb } = decodePng(pictureOf('mine').bytes);
  expect([...rgb.subarray(0, 3)]).toEqual([0xff, 0xf0, 0xe0]);
});

test.each([
  ['{', 'expected JSON'],
  ['[]', 'expected an object'],
  [{ strong: { base: 'plain' } }, 'strong: expected another name'],
  [{ 'No Name': { base: 'plain' } }, 'No Name: expected a name of 1 to 32'],
  [{ a: { base: 'none' } }, 'a.base: expected one of plain, classic, gmail'],
  [{ a: { base: 'plain', width: 9 } }, 'a.width: expected a whole number from 40 to 400; it is 9'],
  [{ a: { base: 'plain', glyphs: { size: 500 } } }, 'a.glyphs.size: expected a number from 8 to 120'],
  [{ a: { base: 'plain', glyphs: { faces: ['Comic'] } } }, 'a.glyphs.faces: expected some of Roboto Bold'],
  [{ a: {} }, 'a.width'],
  [{ a: null }, 'a.the look'],
])('%j is refused: %s', (data, problem) => {
  expect(() => ownPresets(typeof data === 'string' ? data : JSON.stringify(data), renderer)).toThrow(problem);
});

test('every problem is named, with the file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'presets-'));
  const file = join(folder, 'presets.json');
  writeFileSync(file, JSON.stringify({ a: { base: 'x' }, b: { base: 'y' }, c: { base: 'plain' } }));
  expect(() => loadPresets(file, renderer)).toThrow(
    /GLYPHGATE_PRESETS: .*presets\.json.*\n.*a\.base.*\n.*b\.base/,
  );
  expect(() => loadPresets(join(folder, 'none.json'), renderer)).toThrow('ENOENT');
  expect(loadPresets(undefined, renderer)).toEqual([]);
  rmSync(folder, { recursive: true });
});
