/** What `strong` promises beyond any preset: lines that can be followed, glyphs of a size, styles that differ. */
import { expect, test } from 'vitest';
import { DIFFICULTIES } from '../../../lib/challenge/challenge.ts';
import { strongPreset } from '../../../lib/challenge/text/strong.ts';
import type { Spot } from '../../../lib/challenge/text/strong-layout.ts';
import type { Told } from '../../../lib/challenge/text/strong-picture.ts';
import { columnOf, isLeap, routesOf, rowOf } from '../../../lib/challenge/text/strong-route.ts';
import { noteOf, RULES, type Rule } from '../../../lib/challenge/text/strong-rules.ts';
import { LINES, styleOf } from '../../../lib/challenge/text/strong-style.ts';
import { createTextKind } from '../../../lib/challenge/text/text.ts';
import { seededRandom } from '../../../lib/util/random.ts';
import { decodePng } from '../../render/decode.ts';
import { newRenderer } from '../../render/stage.ts';
import { kind } from './cases.ts';

const renderer = newRenderer();
const spec = (seed: string, difficulty: 1 | 2 | 3, style?: string) =>
  ({ seed, preset: 'strong', difficulty, lang: 'en', format: 'png', ...(style && { style }) }) as const;

function staged(seed: string, difficulty: 1 | 2 | 3, generator: 'characters' | 'composed' = 'characters') {
  let heard: { rule: Rule; told: Told } | undefined;
  const preset = strongPreset({
    tell: (rule, told) => {
      heard = { rule, told };
    },
  });
  const own = createTextKind(renderer, { presets: [preset] });
  const puzzle = own.generate({ ...spec(seed, difficulty, seed), text: { generator } });
  puzzle.picture();
  return { answer: puzzle.answer, note: puzzle.note, ...heard! };
}

test.each(DIFFICULTIES)('%i: what the named line passes is the answer', (difficulty) => {
  const asked = new Set<Rule>();
  for (let i = 0; i < 300; i++) {
    const { answer, note, rule, told } = staged(`rule ${i}`, difficulty);
    expect(told.asked.map(({ character }) => character).join('')).toBe(answer);
    expect(told.other.length).toBeGreaterThanOrEqual(2);
    expect(told.otherRule).not.toBe(rule);
    expect(note).toBe(noteOf(rule).en);
    asked.add(rule);
  }
  expect(asked.size).toBe(RULES.length);
});

test('glyphs keep their size and stand upright however many there are', () => {
  for (const difficulty of DIFFICULTIES)
    for (const generator of ['characters', 'composed'] as const)
      for (let i = 0; i < 150; i++) {
        const { asked, other } = staged(`size ${i}`, difficulty, generator).told;
        for (const { face, character, matrix } of [...asked, ...other]) {
          const [a, b, c, d] = matrix;
          const tall = Math.hypot(c, d) * renderer.faces[face]!.capHeight;
          const [left, , right] = renderer.glyph(face, character).box;
          expect(tall).toBeGreaterThanOrEqual(16);
          expect(tall).toBeLessThanOrEqual(30);
          // Turned and leaning the same way, it would lie down
          expect(Math.abs(c / d)).toBeLessThanOrEqual(0.8);
          if (character !== 'I') expect(Math.hypot(a, b) * (right - left)).toBeGreaterThanOrEqual(5);
        }
      }
});

/** Between two boxes; below nothing where they overlap. */
const apart = (a: Spot, b: Spot) =>
  Math.max(
    Math.abs(a.x - b.x) - a.halfWidth - b.halfWidth,
    Math.abs(a.y - b.y) - a.halfHeight - b.halfHeight,
  );

test('between any two glyphs there is room for a line', () => {
  for (const difficulty of DIFFICULTIES)
    for (const generator of ['characters', 'composed'] as const)
      for (let i = 0; i < 150; i++) {
        const { told } = staged(`room ${i}`, difficulty, generator);
        const starts = [told.start, ...(told.otherStart ? [told.otherStart] : [])];
        const spots = [...starts, ...[...told.asked, ...told.other].map(({ spot }) => spot)];
        spots.forEach((spot, k) => {
          for (const before of spots.slice(0, k)) expect(apart(spot, before)).toBeGreaterThanOrEqual(5);
        });
      }
});

test('routes go from neighbour to neighbour, leap once at most, and share no place', () => {
  let leaps = 0;
  for (let asked = 1; asked <= 8; asked++)
    for (let other = 1; other <= 4; other++)
      for (let i = 0; i < 50; i++) {
        const routes = routesOf(asked, other, 0.3, seededRandom(`${i}`, `routes ${asked} ${other}`));
        const places = [...routes.asked, ...routes.other];
        expect([routes.asked.length, routes.other.length]).toEqual([asked, other]);
        expect(new Set(places).size).toBe(asked + other);
        expect(Math.max(...places.map(columnOf))).toBeLessThan(routes.columns);
        expect(columnOf(routes.asked[0]!)).toBe(0);
        let here = 0;
        for (const route of [routes.asked, routes.other])
          for (let k = 1; k < route.length; k++) {
            const [from, to] = [route[k - 1]!, route[k]!];
            if (isLeap(from, to)) {
              here++;
              expect(rowOf(from)).toBe(rowOf(to));
            } else expect(Math.abs(columnOf(from) - columnOf(to))).toBeLessThanOrEqual(1);
          }
        expect(here).toBeLessThanOrEqual(1);
        leaps += here;
      }
  expect(leaps).toBeGreaterThan(100);
});

test('a route gives little away: every place is passed by either line, in any order', () => {
  const first = new Map<string, number>();
  for (let i = 0; i < 2000; i++) {
    const { asked } = routesOf(5, 4, 0, seededRandom(`${i}`, 'routes'));
    const way = asked.join();
    first.set(way, (first.get(way) ?? 0) + 1);
  }
  expect(first.size).toBeGreaterThan(60);
  expect(Math.max(...first.values())).toBeLessThan(200);
});

/** How many pixels differ by half of the way from ground to ink. */
function differing(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) if (Math.abs(a[i]! - b[i]!) >= 8) count++;
  return count;
}

test('every way to draw a line shows', () => {
  const indices = (i: number, width: number, one: (typeof LINES)[number]) => {
    const style = { line: { kind: one, width, period: 6 } };
    const own = createTextKind(renderer, { presets: [strongPreset({ style })] });
    return decodePng(own.generate(spec(`line ${i}`, 2, 'x')).picture().bytes).indices;
  };
  for (const one of LINES)
    for (let i = 0; i < 30; i++)
      expect(differing(indices(i, 1.6, one), indices(i, 0.01, one)), `${one} ${i}`).toBeGreaterThan(60);
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
  expect(new Set(styles.map(({ line }) => line.kind)).size).toBe(LINES.length);
  expect(new Set(styles.map(({ fill }) => fill)).size).toBe(2);
  for (const { rules, faces, flips } of styles) {
    expect(new Set(rules).size).toBe(2);
    expect(new Set(faces.map(({ name }) => renderer.faces[renderer.face(name)]!.family)).size).toBe(9);
    expect(new Set(flips).size).toBe(2);
  }
  const bytes = (style: string) => kind.generate(spec('same seed', 2, style)).picture().bytes;
  expect(bytes('one')).toEqual(bytes('one'));
  expect(bytes('one')).not.toEqual(bytes('another'));
});

test('the note names the mark, in both languages, each mark in other words', () => {
  for (const lang of ['zh-CN', 'en'] as const)
    expect(new Set(RULES.map((rule) => noteOf(rule)[lang])).size).toBe(RULES.length);
  for (let i = 0; i < 20; i++)
    for (const lang of ['zh-CN', 'en'] as const) {
      const { note } = kind.generate({ ...spec(`note ${i}`, 2, `${i}`), lang });
      expect(RULES.map((rule) => noteOf(rule)[lang])).toContain(note);
    }
});
