/** What `strong` promises beyond any preset: marks that can be seen, glyphs of a size, styles that differ. */
import { expect, test } from 'vitest';
import { DIFFICULTIES } from '../../../lib/challenge/challenge.ts';
import { strongPreset } from '../../../lib/challenge/text/strong.ts';
import type { Standing } from '../../../lib/challenge/text/strong-marks.ts';
import { drawStrong } from '../../../lib/challenge/text/strong-picture.ts';
import { type Fill, meets, noteOf, RULES, type Rule } from '../../../lib/challenge/text/strong-rules.ts';
import { styleOf } from '../../../lib/challenge/text/strong-style.ts';
import { createTextKind } from '../../../lib/challenge/text/text.ts';
import { seededRandom } from '../../../lib/util/random.ts';
import { decodePng } from '../../render/decode.ts';
import { newRenderer } from '../../render/stage.ts';
import { kind } from './cases.ts';

const renderer = newRenderer();
const spec = (seed: string, difficulty: 1 | 2 | 3, style?: string) =>
  ({ seed, preset: 'strong', difficulty, lang: 'en', format: 'png', ...(style && { style }) }) as const;

function staged(seed: string, difficulty: 1 | 2 | 3) {
  let told: { rule: Rule; standing: readonly Standing[] } | undefined;
  const preset = strongPreset({
    tell: (rule, standing) => {
      told = { rule, standing };
    },
  });
  const puzzle = createTextKind(renderer, { presets: [preset] }).generate(spec(seed, difficulty, seed));
  puzzle.picture();
  return { answer: puzzle.answer, ...told! };
}

test.each(DIFFICULTIES)('%i: what meets the rule is the answer, and nothing else meets it', (difficulty) => {
  const asked = new Set<Rule>();
  for (let i = 0; i < 300; i++) {
    const { answer, rule, standing } = staged(`rule ${i}`, difficulty);
    const met = standing.filter(({ marks }) => meets(marks, rule));
    expect(met.map(({ character }) => character).join('')).toBe(answer);
    expect(standing.length).toBeGreaterThan(answer.length);
    asked.add(rule);
  }
  expect(asked.size).toBe(RULES.length);
});

test('glyphs keep their size however many share a row', () => {
  for (const difficulty of DIFFICULTIES)
    for (let i = 0; i < 300; i++)
      for (const { face, character, matrix } of staged(`size ${i}`, difficulty).standing) {
        const [a, b, c, d] = matrix;
        const tall = Math.hypot(c, d) * renderer.faces[face]!.capHeight;
        const [left, , right] = renderer.glyph(face, character).box;
        expect(tall).toBeGreaterThanOrEqual(15);
        expect(tall).toBeLessThanOrEqual(30);
        expect(Math.hypot(a, b) * (right - left)).toBeGreaterThanOrEqual(5);
      }
});

test('reading order is row by row, left to right', () => {
  for (let i = 0; i < 300; i++) {
    const { standing } = staged(`order ${i}`, 2);
    const middles = standing.map(({ face, character, matrix: [a, b, c, d, e, f] }) => {
      const [l, t, r, m] = renderer.glyph(face, character).box;
      return { x: (a * (l + r) + c * (t + m)) / 2 + e, y: (b * (l + r) + d * (t + m)) / 2 + f };
    });
    const second = middles.findIndex(({ x }, k) => k > 0 && x < middles[k - 1]!.x);
    const [top, bottom] = [middles.slice(0, second), middles.slice(second)];
    expect(bottom.every(({ x }, k) => k === 0 || x > bottom[k - 1]!.x)).toBe(true);
    expect(Math.max(...top.map(({ y }) => y))).toBeLessThan(Math.min(...bottom.map(({ y }) => y)));
  }
});

/** Difficulty 3's, but for the strokes. */
const LOOK = {
  cap: [21, 26],
  framedCap: [17, 20],
  turn: 0.035,
  lean: 0.15,
  stretch: 0.2,
  bend: 2.5,
  warp: 1.8,
  flips: 2,
  strokes: [1, 1],
  framedStrokes: [1, 1],
  strokeWidth: 2.6,
} as const;

/** The indices of a picture in which the fourth of seven glyphs is marked so, the others hollow. */
function drawn(seed: string, rule: Rule, fill: Fill, framed: boolean) {
  const plan = {
    characters: [...'CDEHTKL'],
    marks: Array.from({ length: 7 }, (_, i) =>
      i === 3 ? { fill, framed } : { fill: 'hollow' as const, framed: false },
    ),
    rule,
    look: LOOK,
    style: styleOf(seed),
  };
  const { surface, palette } = drawStrong(plan, renderer, seededRandom(seed, 'drawn'));
  return decodePng(surface.encode('png', palette)).indices;
}

const differing = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  let count = 0;
  for (let i = 0; i < a.length; i++) if (Math.abs(a[i]! - b[i]!) >= 8) count++;
  return count;
};

test('each mark changes what is seen', () => {
  for (let i = 0; i < 100; i++) {
    const seed = `mark ${i}`;
    const [bare, framed] = [false, true].map((one) => drawn(seed, 'framed', 'hollow', one));
    expect(differing(bare!, framed!), `frame ${seed}`).toBeGreaterThan(40);
    const hollow = drawn(seed, 'hollow', 'hollow', false);
    expect(differing(hollow, drawn(seed, 'hollow', 'solid', false)), `solid ${seed}`).toBeGreaterThan(20);
  }
});

test('ink and ground stand apart', () => {
  for (let i = 0; i < 200; i++) {
    const { indices, rgb } = decodePng(kind.generate(spec(`contrast ${i}`, 2)).picture().bytes);
    const grey = (index: number) => {
      const k = 3 * indices.indexOf(index);
      return 0.299 * rgb[k]! + 0.587 * rgb[k + 1]! + 0.114 * rgb[k + 2]!;
    };
    expect(Math.abs(grey(15) - grey(0))).toBeGreaterThan(130);
  }
});

test('a style is decided by its name; another name gives another', () => {
  const styles = Array.from({ length: 50 }, (_, i) => styleOf(`style ${i}`));
  expect(new Set(styles.map((style) => JSON.stringify(style))).size).toBe(50);
  expect(styleOf('style 0')).toEqual(styles[0]);
  for (const { rules, faces, flips } of styles) {
    expect(new Set(rules).size).toBe(2);
    expect(new Set(faces.map(({ name }) => renderer.faces[renderer.face(name)]!.family)).size).toBe(12);
    expect(new Set(flips).size).toBe(2);
  }
  const bytes = (style: string) => kind.generate(spec('same seed', 2, style)).picture().bytes;
  expect(bytes('one')).toEqual(bytes('one'));
  expect(bytes('one')).not.toEqual(bytes('another'));
});

test('the note says the rule, in both languages, each rule in other words', () => {
  for (const lang of ['zh-CN', 'en'] as const)
    expect(new Set(RULES.map((rule) => noteOf(rule)[lang])).size).toBe(RULES.length);
  for (let i = 0; i < 20; i++)
    for (const lang of ['zh-CN', 'en'] as const) {
      const { note } = kind.generate({ ...spec(`note ${i}`, 2, `${i}`), lang });
      expect(RULES.map((rule) => noteOf(rule)[lang])).toContain(note);
    }
});
