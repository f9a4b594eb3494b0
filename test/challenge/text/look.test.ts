/** Each stage by itself: what it changes in the picture, and what it leaves alone. */
import { describe, expect, test } from 'vitest';
import { LOOKS } from '../../../lib/challenge/text/look/looks.ts';
import { presetFromLook, presetWhenWanted } from '../../../lib/challenge/text/look/preset.ts';
import type { TextPreset } from '../../../lib/challenge/text/preset.ts';
import { seededRandom } from '../../../lib/util/random.ts';
import { newStage } from '../../render/stage.ts';
import { type Seen, spyOn } from './geometry.ts';

const spy = spyOn(newStage());
const BARE = {
  width: 200,
  height: 70,
  lengths: [5],
  background: [{ stage: 'ground', color: '#ffffff' }],
  glyphs: { faces: ['Roboto Bold'], color: '#000000', size: 36 },
};

function presetOf(data: object): TextPreset {
  const preset = presetFromLook('test', data);
  if ('problem' in preset) throw new Error(preset.problem);
  return preset;
}

/** The picture of HELLO in that look, and its extents without what a glyph is not. */
function look(data: object, more: object = {}, seed = 'look'): Seen {
  const asked = { shown: [...'HELLO'], note: { en: '', 'zh-CN': '' }, pool: [] } as never;
  const spec = { seed, preset: 'test', difficulty: 2, lang: 'en', format: 'png', ...more } as const;
  const plan = presetOf({ ...BARE, ...data }).plan(asked, spec, seededRandom(seed, 'plan'));
  const { surface, palette } = plan.draw(spy.renderer, seededRandom(seed, 'draw'));
  surface.encode('png', palette);
  return spy.take();
}

const glyphsWith = (more: object) => ({ glyphs: { ...BARE.glyphs, ...more } });
const share = ({ indices }: Seen, is: (index: number) => boolean) =>
  indices.filter(is).length / indices.length;
const colorsOf = ({ palette, indices }: Seen) =>
  new Set([...indices].map((index) => palette.subarray(3 * index, 3 * index + 3).join()));
const bare = look({});

test('a bare look: one ink on its ground, straight, 4 bits', () => {
  expect(bare.palette).toHaveLength(48);
  expect([...bare.palette.subarray(0, 3), ...bare.palette.subarray(45)]).toEqual([255, 255, 255, 0, 0, 0]);
  expect(bare.glyphs.map(({ character }) => character).join('')).toBe('HELLO');
  for (const { matrix } of bare.glyphs) expect([matrix[1], matrix[2]]).toEqual([0, 0]);
  expect(new Set(bare.glyphs.map(({ matrix }) => matrix[5])).size).toBe(1);
});

describe('background', () => {
  test('specks are faint', () => {
    const seen = look({ background: [...BARE.background, { stage: 'specks', share: 0.2, strength: 4 }] });
    expect(share(seen, (index) => index > 0 && index <= 4)).toBeGreaterThan(0.12);
    expect(share(seen, (index) => index === 15)).toBeCloseTo(
      share(bare, (index) => index === 15),
      2,
    );
  });

  test('what lies below does not cover glyphs', () => {
    const lines = { stage: 'lines', count: 9, width: 3, color: '#ff0000' };
    const below = look({ background: [...BARE.background, lines] });
    const over = look({ interference: [lines] });
    const black = (seen: Seen) => share(seen, (index) => index < 16 && index >= 8);
    expect(black(below)).toBeCloseTo(
      share(bare, (index) => index >= 8),
      2,
    );
    expect(black(over)).toBeLessThan(black(below) - 0.005);
  });
});

describe('glyphs', () => {
  test('mix gives each a face of its own, colorful an ink', () => {
    const faces = ['Roboto Bold', 'Lato Black', 'Arvo Bold', 'Bitter ExtraBold'];
    const one = look(glyphsWith({ faces }));
    const many = look(glyphsWith({ faces, mix: true, colorful: true, color: { from: 0, to: 160 } }));
    expect(new Set(one.glyphs.map(({ face }) => face)).size).toBe(1);
    expect(new Set(many.glyphs.map(({ face }) => face)).size).toBeGreaterThan(1);
    expect(many.palette.length).toBe(3 * 16 * 5);
  });

  test('case, rotation, lean, stretch, bounce and outlines do what they say', () => {
    const lower = look(glyphsWith({ case: 'lower' }));
    expect(lower.glyphs.map(({ character }) => character).join('')).toBe('hello');
    const mixed = look(glyphsWith({ case: 'mixed' }));
    expect(mixed.glyphs.map(({ character }) => character).join('')).toMatch(/^[Hh][Ee]LL[Oo]$/);
    expect(look(glyphsWith({ rotation: 20 })).glyphs.some(({ matrix }) => matrix[1] !== 0)).toBe(true);
    const leant = look(glyphsWith({ lean: 0.3 })).glyphs;
    expect(leant.every(({ matrix }) => matrix[1] === 0)).toBe(true);
    expect(leant.some(({ matrix }) => matrix[2] !== 0)).toBe(true);
    expect(new Set(look(glyphsWith({ stretch: 0.3 })).glyphs.map(({ matrix }) => matrix[0])).size).toBe(5);
    expect(new Set(look(glyphsWith({ bounce: 5 })).glyphs.map(({ matrix }) => matrix[5])).size).toBe(5);
    const hollow = look(glyphsWith({ outlined: 1 }));
    expect(hollow.glyphs.every(({ outlined }) => outlined)).toBe(true);
    expect(share(hollow, (index) => index >= 8)).toBeLessThan(share(bare, (index) => index >= 8));
  });

  test('a gap below zero lets neighbours touch, a wide one keeps them apart', () => {
    const inked = (seen: Seen) => {
      const columns = Array.from({ length: seen.width }, (_, x) =>
        Array.from({ length: seen.height }, (_, y) => seen.indices[y * seen.width + x]!).some(
          (index) => index >= 8,
        ),
      );
      return columns.filter((column, x) => column && !columns[x - 1]).length;
    };
    expect(inked(look(glyphsWith({ gap: 0.3, size: 24 })))).toBe(5);
    expect(inked(look(glyphsWith({ gap: -0.1, size: 24 })))).toBeLessThan(3);
  });

  test('an ink too near to the ground is drawn again', () => {
    for (let i = 0; i < 50; i++) {
      const { palette } = look(glyphsWith({ color: { from: 0, to: 255 } }), {}, `ink ${i}`);
      expect(palette[45]! + palette[46]! + palette[47]!).toBeLessThan(560);
    }
  });
});

describe('deformation', () => {
  test.each([
    [{ stage: 'wave', amplitude: 6, length: 80 }, 'waves'],
    [{ stage: 'wave', amplitude: 6, length: 80, along: 'x' }, 'waves'],
    [{ stage: 'wave', amplitude: 6, length: 80, along: 'any' }, 'waves'],
    [{ stage: 'ripple', amplitude: 4, length: 40 }, 'ripple'],
    [{ stage: 'fisheye', strength: 0.6, radius: 60 }, 'lens'],
    [{ stage: 'pinch', strength: 0.6, radius: 60 }, 'lens'],
  ] as const)('%j bends every glyph, and only by itself', (stage, by) => {
    const { glyphs, indices } = look({ deformation: [stage] });
    expect(indices).not.toEqual(bare.indices);
    for (const glyph of glyphs) {
      expect(glyph.waves.length).toBe(by === 'waves' ? 1 : 0);
      expect(glyph.lens !== undefined).toBe(by === 'lens');
      expect(glyph.ripple !== undefined).toBe(by === 'ripple');
    }
  });

  test('a fish-eye swells what a pinch shrinks', () => {
    const ink = (stage: string) =>
      share(look({ deformation: [{ stage, strength: 0.5, radius: 80 }] }), (index) => index >= 8);
    expect(ink('fisheye')).toBeGreaterThan(ink('pinch') * 1.02);
  });

  test('shear leans all alike', () => {
    const { glyphs } = look({ deformation: [{ stage: 'shear', slope: 0.3 }] });
    for (const { matrix } of glyphs) expect(matrix[2] / matrix[3]).toBeCloseTo(-0.3, 1);
  });

  test('interference stays straight', () => {
    const lines = [{ stage: 'lines', count: 4, width: 2, color: '#ff0000' }];
    const red = (seen: Seen) => [...seen.indices.keys()].filter((at) => seen.indices[at]! >= 24);
    const far = { glyphs: { ...BARE.glyphs, size: 8 }, interference: lines };
    const bent = look({ ...far, deformation: [{ stage: 'wave', amplitude: 0.01, length: 80 }] });
    expect(red(bent).length).toBeGreaterThan(100);
  });
});

describe('interference', () => {
  const marks = {
    lines: { stage: 'lines', count: 6, width: 3 },
    arcs: { stage: 'arcs', count: 6, width: 3, length: 40 },
    strokes: { stage: 'strokes', count: 6, width: 3, size: 20 },
  };
  test.each(Object.entries(marks))('%s add ink, take it away, invert it, or bring a colour', (_, mark) => {
    const ink = (color: string) =>
      share(look({ interference: [{ ...mark, color }] }), (index) => (index & 15) >= 8);
    const before = share(bare, (index) => index >= 8);
    expect(ink('ink')).toBeGreaterThan(before);
    expect(ink('ground')).toBeLessThan(before);
    expect(look({ interference: [{ ...mark, color: 'invert' }] }).indices).not.toEqual(bare.indices);
    expect(colorsOf(look({ interference: [{ ...mark, color: '#00ff00' }] }))).toContain('0,255,0');
  });

  test('dots fall on a share of all pixels, in the colours that were given', () => {
    const seen = look({ interference: [{ stage: 'dots', share: 0.1, color: ['#00ff00', '#0000ff'] }] });
    const dots = [...seen.indices].filter((index) => index >= 16).length / seen.indices.length;
    expect(dots).toBeGreaterThan(0.08);
    expect(dots).toBeLessThan(0.1);
    expect([...colorsOf(seen)].filter((color) => color === '0,255,0' || color === '0,0,255')).toHaveLength(2);
  });
});

describe('finish', () => {
  const grey = (seen: Seen) => share(seen, (index) => index > 0 && index < 15);

  test('a blur softens edges, the more the more often', () => {
    const [once, thrice] = [1, 3].map((times) => grey(look({ finish: [{ stage: 'blur', times }] })));
    expect(once).toBeGreaterThan(grey(bare) * 1.5);
    expect(thrice).toBeGreaterThan(once! * 1.3);
  });

  test('a border lies on all four sides, over everything', () => {
    const { indices, width, height } = look({
      interference: [{ stage: 'dots', share: 0.3, color: '#00ff00' }],
      finish: [{ stage: 'border', width: 2, color: '#ff0000' }],
    });
    const red = indices[0]!;
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const rim = x < 2 || y < 2 || x >= width - 2 || y >= height - 2;
        expect(indices[y * width + x] === red).toBe(rim);
      }
  });

  test('a re-rendering moves rows and columns and loses no ink', () => {
    const seen = look({ finish: [{ stage: 'rerender', amplitude: 3, length: 40 }] });
    const still = look({ finish: [{ stage: 'rerender', amplitude: 0, length: 40 }] });
    expect(seen.indices).not.toEqual(still.indices);
    expect(share(seen, (index) => index >= 8)).toBeCloseTo(
      share(still, (index) => index >= 8),
      2,
    );
  });
});

describe('size and colours of a request', () => {
  test('lengths grow with the picture', () => {
    const twice = look({}, { text: { scale: 2 } });
    expect([twice.width, twice.height]).toEqual([400, 140]);
    expect(share(twice, (index) => index >= 8)).toBeCloseTo(
      share(bare, (index) => index >= 8),
      1,
    );
    expect(
      [look({}, { text: { width: 120, height: 40 } })].map(({ width, height }) => [width, height]),
    ).toEqual([[120, 40]]);
  });

  test('ink, ground and font are the ones that were asked for', () => {
    const seen = look({}, { text: { ink: '102030', ground: 'f0e0d0', font: 'Arvo' } });
    expect([...seen.palette.subarray(0, 3), ...seen.palette.subarray(45, 48)]).toEqual([
      240, 224, 208, 16, 32, 48,
    ]);
    expect(seen.glyphs.every(({ face }) => spy.renderer.faces[face]!.family === 'Arvo')).toBe(true);
  });
});

describe('a look that is wrong names the field and what was expected', () => {
  test.each([
    [{ ...BARE, width: 900 }, 'width: expected a whole number from 40 to 400; it is 900'],
    [{ ...BARE, lengths: [3] }, 'lengths.0: expected a whole number from 4 to 8'],
    [{ ...BARE, background: [] }, 'background: expected exactly one stage ground'],
    [
      { ...BARE, glyphs: { ...BARE.glyphs, size: [30, 20] } },
      'glyphs.size: expected a number from 8 to 120, or two',
    ],
    [{ ...BARE, glyphs: { ...BARE.glyphs, size: { 1: 20, 2: 20, 3: 999 } } }, '(difficulty 3)'],
    [{ ...BARE, glyphs: { ...BARE.glyphs, color: 'red' } }, 'glyphs.color: expected "#rrggbb"'],
    [{ ...BARE, glyphs: { ...BARE.glyphs, wobble: 1 } }, 'glyphs.wobble'],
    [{ ...BARE, deformation: [{ stage: 'melt' }] }, 'one of wave, ripple, shear, fisheye, pinch'],
    [
      { ...BARE, interference: [{ stage: 'lines', count: 1.5, width: 1, color: 'ink' }] },
      'interference.0.count: expected a whole number',
    ],
    [{ ...BARE, finish: [{ stage: 'blur', times: 9 }] }, 'finish.0.times'],
    [
      { ...BARE, deformation: [{ stage: 'fisheye', strength: 0.6, radius: 200 }] },
      'deformation: expected to move a point by at most 17 pixels up or down',
    ],
    [{ ...BARE, extra: 1 }, 'extra'],
    [[], 'a look'],
    [null, 'a look'],
  ])('%#', (data, problem) => {
    const result = presetFromLook('wrong', data);
    expect('problem' in result && result.problem).toContain(problem);
  });

  test('the looks that come with it are right', () => {
    for (const [name, data] of Object.entries(LOOKS)) {
      const judged = presetFromLook(name, data);
      expect(judged).not.toHaveProperty('problem');
      // What is told of it before it is made is what it then is.
      const { alphabets, formats, distinct, lengths, custom } = presetWhenWanted(name, data);
      expect(judged).toMatchObject({ alphabets, formats, distinct, lengths, custom });
    }
  });
});
