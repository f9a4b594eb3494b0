import { createHash } from 'node:crypto';
import { PNG } from 'pngjs';
import { describe, expect, it, test } from 'vitest';
import { revealAnswers } from '../../../lib/challenge/reveal/check.ts';
import { offsetAt, type Slide } from '../../../lib/challenge/reveal/cuts.ts';
import { kinds } from '../../http/rig.ts';
import { puzzleOf, trailTo } from './kit.ts';

type Wire = { sprite: string; ground: string; sets: Slide[]; triggers?: { type: string; x: number }[] };

const wireOf = (puzzle: ReturnType<typeof puzzleOf>) => puzzle.fields!().reveal as Wire;
const layersOf = (puzzle: ReturnType<typeof puzzleOf>) =>
  PNG.sync.read(Buffer.from(wireOf(puzzle).sprite.split(',')[1]!, 'base64'));
const restored = (puzzle: ReturnType<typeof puzzleOf>) => {
  const seen = puzzle.reveal!(trailTo(...puzzle.point!));
  if (!('hit' in seen) || !seen.hit) throw new Error('expected a hit');
  return seen.picture();
};
const hash = (...parts: (Uint8Array | string)[]) =>
  parts
    .reduce((sum, part) => sum.update(part), createHash('sha256'))
    .digest('hex')
    .slice(0, 32);

test('everything is a function of the seed, for ever', () => {
  const seen = ['guarded', 'client'].map((mode) => {
    const all = Array.from({ length: 12 }, (_, i) => {
      const puzzle = puzzleOf(`golden ${i}`, mode as 'guarded', { difficulty: ((i % 3) + 1) as 1 });
      const again = puzzleOf(`golden ${i}`, mode as 'guarded', { difficulty: ((i % 3) + 1) as 1 });
      expect(again.fields!()).toEqual(puzzle.fields!());
      const whole = mode === 'guarded' ? restored(puzzle).bytes : '';
      return hash(
        puzzle.answer,
        puzzle.note,
        puzzle.picture().bytes,
        JSON.stringify(puzzle.fields!()),
        whole,
      );
    });
    return hash(...all);
  });
  expect(seen).toMatchInlineSnapshot(`
    [
      "2cbebe31e6a2eda25dbeabe1003d138f",
      "c120a691c146091e1e00ca316b0acf36",
    ]
  `);
});

describe('guarded', () => {
  it('gives the browser nothing that the code had a part in', () => {
    // Two seeds that share nothing but the code would prove little; the pieces are drawn before any code is known
    for (let i = 0; i < 20; i++) {
      const long = puzzleOf(`apart ${i}`, 'guarded', { options: { length: 6 } });
      const short = puzzleOf(`apart ${i}`, 'guarded', { options: { length: 3 } });
      expect(long.answer).not.toBe(short.answer);
      expect(long.picture().bytes).toEqual(short.picture().bytes);
      expect(long.fields!()).toEqual(short.fields!());
      expect(restored(long).bytes).not.toEqual(restored(short).bytes);
    }
  });

  it('tells neither the point nor what comes together there', () => {
    const puzzle = puzzleOf('wire');
    expect(Object.keys(wireOf(puzzle)).sort()).toEqual(
      ['discs', 'ground', 'mode', 'range', 'rest_ms', 'sets', 'sprite'].sort(),
    );
  });

  it('asks for each of the 33 symbols as often, wherever it stands', () => {
    const notes = new Map<string, number>();
    const places = new Map<number, number>();
    const n = 3300;
    for (let i = 0; i < n; i++) {
      const puzzle = puzzleOf(`even ${i}`);
      notes.set(puzzle.note, (notes.get(puzzle.note) ?? 0) + 1);
      const [x, y] = puzzle.point!;
      const place = Math.floor((x * 11) / 300) + 11 * Math.floor((y * 3) / 100);
      places.set(place, (places.get(place) ?? 0) + 1);
    }
    for (const counts of [notes, places]) {
      expect(counts.size).toBe(33);
      const chi = [...counts.values()].reduce((sum, count) => sum + (count - n / 33) ** 2 / (n / 33), 0);
      // 99.9 % quantile with 32 degrees of freedom
      expect(chi).toBeLessThan(62.5);
    }
  });

  it('meets within 11 pixels of the point and nowhere else', () => {
    for (let i = 0; i < 60; i++) {
      const puzzle = puzzleOf(`meet ${i}`);
      const [x, y] = puzzle.point!;
      for (const [far, hit] of [
        [10.9, true],
        [11.1, false],
      ] as const) {
        const place = [
          [x + far, y],
          [x - far, y],
          [x, y + far],
          [x, y - far],
        ].find(([u, v]) => u! >= 0 && u! <= 300 && v! >= 0 && v! <= 100)!;
        expect(puzzle.reveal!(trailTo(place[0]!, place[1]!))).toMatchObject({ hit });
      }
    }
  });

  it('says what to look for, in the language asked for', () => {
    const zh = new Set(
      Array.from({ length: 200 }, (_, i) => puzzleOf(`${i}`, 'guarded', { lang: 'zh-CN' }).note),
    );
    expect(zh.size).toBeGreaterThan(30);
    for (const note of zh) expect(note).toMatch(/^在图中找到.+，按住不动片刻/);
  });
});

describe('client', () => {
  const inked = (png: PNG, x: number, y: number) => png.data[4 * (y * png.width + x) + 3]! > 0;

  it('is whole at the trigger and nowhere far from it', () => {
    for (const triggers of [['vertical'], ['horizontal'], ['point'], ['vertical', 'horizontal']] as const) {
      const puzzle = puzzleOf('whole', 'client', { options: { triggers } });
      const [first] = wireOf(puzzle).triggers!;
      for (const set of wireOf(puzzle).sets) {
        const at = offsetAt(set, first!.x ?? 0, (first as unknown as { y?: number }).y ?? 0);
        if (triggers.length === 1) expect(at.map(Math.abs)).toEqual([0, 0]);
        const [dx, dy] = offsetAt(set, 0, 0);
        expect(Math.abs(dx) + Math.abs(dy)).toBeGreaterThan(5);
      }
    }
  });

  it('where the layers meet the strokes cancel out and the code is left, in pieces of two colours', () => {
    for (let i = 0; i < 10; i++) {
      const puzzle = puzzleOf(`cancel ${i}`, 'client');
      const png = layersOf(puzzle);
      let alone = 0;
      let layer = 0;
      for (let y = 0; y < 100; y++)
        for (let x = 0; x < 300; x++) {
          if (inked(png, x, y) !== inked(png, x, y + 100)) alone++;
          if (inked(png, x, y)) layer++;
        }
      // Four characters cover between a tenth and a quarter of the box
      expect(alone / 30_000).toBeGreaterThan(0.06);
      expect(alone / 30_000).toBeLessThan(0.3);
      expect(layer / 30_000).toBeGreaterThan(0.15);
    }
  });
});

it('stays within what a challenge may weigh', () => {
  for (const preset of ['guarded', 'client'] as const)
    for (const difficulty of [1, 2, 3] as const)
      for (let i = 0; i < 60; i++) {
        const puzzle = puzzleOf(`weight ${i}`, preset, { difficulty });
        const text = JSON.stringify({
          image: Buffer.from(puzzle.picture().bytes).toString('base64'),
          ...puzzle.fields!(),
        });
        expect(layersOf(puzzle).width).toBe(300);
        expect(text.length).toBeLessThan(12_288 - 450);
        if (preset === 'guarded') expect(restored(puzzle).bytes.length * (4 / 3)).toBeLessThan(6000);
      }
});

it('draws every combination of options, and refuses what it cannot draw', () => {
  for (const sets of [2, 3] as const)
    for (const size of [
      [200, 80],
      [480, 160],
    ] as const)
      for (const preset of ['guarded', 'client'] as const) {
        const options = {
          sets,
          width: size[0],
          height: size[1],
          columns: [3, 26],
          rows: [2, 12],
          gap: [0, 4],
        } as const;
        const puzzle = puzzleOf('odd', preset, { options });
        expect(PNG.sync.read(Buffer.from(puzzle.picture().bytes))).toMatchObject({
          width: size[0],
          height: size[1],
        });
        expect(layersOf(puzzle).height).toBe(size[1] * sets);
        expect(wireOf(puzzle).sets).toHaveLength(sets);
      }
  expect(() => puzzleOf('odd', 'guarded', { options: { length: 9 } })).toThrow(
    'reveal length: expected 3 … 6',
  );
  expect(() => puzzleOf('odd', 'guarded', { options: { triggers: [] } })).toThrow(RangeError);
  expect(() =>
    kinds.reveal.generate({ seed: '', preset: 'bare', difficulty: 1, lang: 'en', format: 'png' }),
  ).toThrow('bare');
});

it('takes the code as text is taken', () => {
  const { solution, answer } = puzzleOf('typed');
  expect(revealAnswers.check(solution, ` ${answer.toLowerCase()} `)).toBe(true);
  expect(revealAnswers.check(solution, `${answer}A`)).toBe(false);
  expect(revealAnswers.check(solution, '')).toBe(false);
});
