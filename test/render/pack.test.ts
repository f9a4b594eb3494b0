import { expect, test } from 'vitest';
import { loadRenderAssets } from '../../functions/assets.ts';
import { type Contour, type Point, packContours, type Segment } from '../../infra/build/outlines.ts';
import { packFile } from '../../infra/build/pack.ts';
import { createEngine } from '../../lib/render/engine.ts';
import { readPack } from '../../lib/render/pack.ts';

const assets = loadRenderAssets();

/** A pack in which every outline is the only layer of an icon. */
const asIcons = (outlines: readonly Uint8Array[]) =>
  packFile({ icons: outlines.map((_, i) => ({ name: `${i}`, layers: [i % 2 ? i : -1 - i] })) }, outlines);

test('the bytes are as documented', () => {
  const shape: Contour = {
    start: [10, 0],
    segments: [
      [[10, 5]], // vertical
      [[7, 5]], // horizontal
      [
        [6, 6], // smooth: (6 + 2) / 2, ⌊(6 + 7) / 2⌋ + 1
        [4, 7],
      ],
      [
        [2, 7],
        [0, 0],
      ],
      [[10, 0]], // closing
    ],
  };
  const file = packFile({ palette: ['ffffff'] }, [packContours([shape]), packContours([])]);
  const start = 8 + new DataView(file.buffer).getUint32(4, true);
  const low = [20, 0, 10, 5, 1, 2, 7, 2, 3, 13];
  expect(new TextDecoder().decode(file.subarray(0, 4))).toBe('GGP2');
  expect([...file.subarray(start)]).toEqual([1, 0, 1, 2, 5, 3, 8, ...low, ...low.map(() => 0)]);
  const { header, planes } = readPack(file);
  expect(planes).toEqual(file.subarray(start));
  expect(header).toEqual({
    palette: ['ffffff'],
    counts: { outlines: 2, segments: 5, values: 10, expanded: packContours([shape]).length + 2 },
  });
});

/** Outlines with every kind of segment next to every other, near and far, closed and open. */
function anyOutlines(count: number): Uint8Array[] {
  let state = 7;
  const below = (n: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const near = ([x, y]: Point, by: number): Point => [x + below(2 * by + 1) - by, y + below(2 * by + 1) - by];
  const contour = (): Contour => {
    const reach = [3, 40, 2000][below(3)]!;
    const start = near([0, 0], reach);
    const segments: Segment[] = [];
    let from = start;
    let control: Point | undefined;
    for (let left = 1 + below(12); left > 0; left--) {
      const closes = left === 1 && below(2) === 0;
      const end = closes ? start : near(from, reach);
      const straight: Point = below(2) ? [from[0], end[1]] : [end[0], from[1]];
      if (below(3) === 0) segments.push([closes || below(2) ? end : straight]);
      else {
        const via = near(from, reach);
        // Half of the curves begin where the one before, moved there, ends smoothly or almost
        if (control && segments.at(-1)?.length === 2 && below(2)) {
          const half = (i: 0 | 1) => Math.floor((control![i] + via[i]) / 2) + below(4) - 1;
          segments[segments.length - 1] = [control, [half(0), half(1)]];
        }
        segments.push([via, end]);
        control = via;
      }
      from = segments.at(-1)!.at(-1)!;
    }
    return { start, segments };
  };
  return Array.from({ length: count }, () => packContours(Array.from({ length: below(6) }, contour)));
}

test('every outline expands to the bytes it was packed from, in any order', () => {
  const all = anyOutlines(3000);
  const { icons, bytes } = createEngine(assets.kernel, [asIcons(all)]);
  const taken = all.map((_, i) => (i * 1009) % all.length);
  let end = 0;
  for (const i of taken) {
    const { at, color, rule } = icons[i]!.layers[0]!;
    expect([color, rule]).toEqual([i, i % 2 ? 0 : 1]);
    expect(at).toBeGreaterThanOrEqual(end);
    end = at + all[i]!.length;
    if (Buffer.compare(bytes.subarray(at, end), all[i]!) !== 0) expect.fail(`outline ${i} changed`);
  }
  expect(end).toBeLessThanOrEqual(bytes.length);
  // Asked again, they lie where they lay
  expect(icons.at(-1)!.layers).toBe(icons.at(-1)!.layers);
});

test('a glyph has its box, and the slack beyond it', () => {
  const square: Contour = { start: [3, -40], segments: [[[50, -40]], [[50, 7]], [[3, 7]]] };
  const face = {
    name: 'Two',
    family: 'Two',
    capHeight: 40,
    characters: ' □',
    advances: [20, 60],
    slack: '0b',
  };
  const { faces } = createEngine(assets.kernel, [
    packFile({ faces: [face] }, [packContours([]), packContours([square])]),
  ]);
  expect(faces[0]!.glyph('□')).toMatchObject({ advance: 60, box: [2, -41, 50, 8] });
  expect(faces[0]!.glyph(' ')).toMatchObject({ advance: 20, box: [0, 0, 0, 0] });
  expect(faces[0]!.glyph('□')).toBe(faces[0]!.glyph('□'));
  expect(faces[0]!.glyph('x')).toBeUndefined();
});

test('the packs are what the writer makes of their outlines', () => {
  for (const file of [...assets.fonts, assets.icons!]) {
    const { counts, ...header } = readPack(file).header;
    const { faces, icons, bytes } = createEngine(assets.kernel, [file]);
    for (const { characters, advances, slack } of header.faces ?? [])
      expect([advances.length, slack.length]).toEqual([[...characters].length, [...characters].length]);
    const begins = [
      ...faces.flatMap((face) => [...face.characters].map((character) => face.glyph(character)!.at)),
      ...icons.flatMap(({ layers }) => layers.map(({ at }) => at)),
    ];
    expect(begins.length).toBe(counts.outlines);
    const last = begins[0]! + counts.expanded + 8 * (counts.outlines - 1);
    const parts = begins.map((at, i) => bytes.slice(at, (begins[i + 1] ?? last + 8) - 8));
    expect(Buffer.compare(packFile(header, parts), file)).toBe(0);
  }
});

test('what does not fit is refused, and so is what is no pack', () => {
  const far: Contour = { start: [-30000, 0], segments: [[[30000, 5]]] };
  expect(() => packFile({}, [packContours([far])])).toThrow(/too far apart/);
  const many = Array.from({ length: 256 }, (): Contour => ({ start: [0, 0], segments: [[[1, 1]]] }));
  expect(() => packFile({}, [packContours(many)])).toThrow(/at most 255 contours, got 256/);
  expect(() => readPack(new Uint8Array(20))).toThrow(/GGP2/);
  expect(() => readPack(new Uint8Array(0))).toThrow(TypeError);
});
