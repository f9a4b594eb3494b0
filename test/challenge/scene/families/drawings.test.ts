import { describe, expect, it } from 'vitest';
import { arrowsDrawing } from '../../../../lib/challenge/scene/drawing/arrows.ts';
import { fenceDrawing, outlineOf, spotOn } from '../../../../lib/challenge/scene/drawing/fence.ts';
import {
  centerOf,
  gridOf,
  growTree,
  type Link,
  linkOf,
  scattered,
  trailsFrom,
  upright,
  wayBack,
} from '../../../../lib/challenge/scene/drawing/grid.ts';
import { pathsDrawing } from '../../../../lib/challenge/scene/drawing/paths.ts';
import { endOf } from '../../../../lib/challenge/scene/drawing/ropes.ts';
import { OBJECTS } from '../../../../lib/challenge/scene/objects.ts';
import { seededRandom } from '../../../../lib/util/random.ts';

const random = seededRandom('drawings', 'test');
const cat = OBJECTS.find(({ name }) => name === 'cat-face')!;
const grid = gridOf(5, 4);
const on = (cell: number) => upright(cat, centerOf(grid, cell), 42);

describe('a tree on a board', () => {
  it('joins all cells to the root without a circle, and trails lie in it whole', () => {
    for (let i = 0; i < 200; i++) {
      const [root, ...cells] = scattered(random, grid, 4) as [number, ...number[]];
      const trails = trailsFrom(random, grid, cells, [root], [2, 3]);
      const tree = trails && growTree(random, grid, root, trails);
      if (!tree) continue;
      for (let cell = 0; cell < 20; cell++) {
        const way = wayBack(tree, cell);
        expect(new Set(way).size).toBe(way.length);
        for (const one of way) expect(grid.beside[one]).toContain(linkOf(tree, one)[0]);
        expect(linkOf(tree, way.at(-1) ?? cell)[0]).toBe(cell === root ? -1 : root);
      }
      for (const trail of trails) expect(wayBack(tree, trail[0]!).slice(0, trail.length)).toEqual(trail);
      for (const [first] of trails) expect(tree.indexOf(first!)).toBe(-1);
    }
  });

  it('sets things down apart from each other, on every cell alike', () => {
    const counts = new Map<number, number>();
    for (let i = 0; i < 4000; i++) {
      const cells = scattered(random, gridOf(7, 5), 5);
      counts.set(cells[0]!, (counts.get(cells[0]!) ?? 0) + 1);
      counts.set(cells[4]!, (counts.get(cells[4]!) ?? 0) + 1);
    }
    expect(counts.size).toBe(35);
    // The first and the last are drawn alike: half of all each
    for (const count of counts.values()) expect(count).toBeGreaterThan(100);
  });
});

describe('paths', () => {
  const links: Link[] = [
    [0, 1],
    [1, 2],
  ];

  it('are walked over planks and not over cuts', () => {
    const whole = pathsDrawing({ grid, goal: 0, open: links, cut: [], planks: links });
    expect([1, 2, 3].map((cell) => whole.holds(on(cell)))).toEqual([true, true, false]);
    const cut = pathsDrawing({ grid, goal: 0, open: [links[0]!], cut: [links[1]!], planks: [] });
    expect([1, 2, 3].map((cell) => cut.holds(on(cell)))).toEqual([true, false, false]);
    expect(cut.flaw([on(0), on(0)])).toBe('two things in one cell');
    expect(cut.flaw([on(1)])).toBe('nothing at the goal');
  });
});

describe('ropes', () => {
  it('change lanes where they cross, not where they only meet', () => {
    const columns = [[{ lane: 0, over: true }], [{ lane: 1, over: undefined }], [{ lane: 1, over: false }]];
    expect([0, 1, 2].map((from) => endOf({ columns }, from))).toEqual([2, 0, 1]);
  });
});

describe('a fence', () => {
  it('goes once around a tree, through all corners of all cells', () => {
    for (let i = 0; i < 100; i++) {
      const whole = growTree(random, grid, 0, [])!;
      const tree = Array.from({ length: 19 }, (_, before) => linkOf(whole, before + 1));
      const loop = outlineOf(grid, tree);
      expect(new Set(loop.map(String)).size).toBe(80);
      const shut = fenceDrawing(
        loop.map(([column, row]) => spotOn(grid, column, row)),
        'shut',
      );
      for (let cell = 0; cell < 20; cell++)
        expect(shut.holds(upright(cat, spotOn(grid, cell % 5, Math.floor(cell / 5)), 42))).toBe(true);
      for (const [column, row] of [
        [0.5, 0.5],
        [3.5, 2.5],
      ] as const)
        expect(shut.holds(upright(cat, spotOn(grid, column, row), 42))).toBe(false);
      expect(shut.flaw([upright(cat, spotOn(grid, 0, 0), 42)])).toBe(undefined);
      expect(shut.flaw([upright(cat, spotOn(grid, -0.25, -0.25), 42)])).toBe('somebody stands on the fence');
    }
  });
});

describe('arrows', () => {
  const next = new Map([
    [0, 1],
    [1, 6],
  ]);

  it('are walked to their end', () => {
    const { holds } = arrowsDrawing({ grid, start: 0, next });
    expect([1, 6, 7].map((cell) => holds(on(cell)))).toEqual([false, true, false]);
  });

  it('that go round in a circle lead nowhere', () => {
    const circle = new Map([...next, [6, 5], [5, 0]]);
    const { holds } = arrowsDrawing({ grid, start: 0, next: circle });
    expect([0, 1, 5, 6, 7].some((cell) => holds(on(cell)))).toBe(false);
  });

  it('that lie under a thing or leave the board are refused', () => {
    const drawing = arrowsDrawing({ grid, start: 0, next });
    expect(drawing.flaw([on(6)])).toBe(undefined);
    expect(drawing.flaw([on(1)])).toBe('a thing lies on an arrow');
    expect(arrowsDrawing({ grid, start: 4, next: new Map([[4, 5]]) }).flaw([])).toBe(
      'an arrow points off the board',
    );
  });
});
