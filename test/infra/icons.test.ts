import { describe, expect, it } from 'vitest';
import type { Point } from '../../infra/build/outlines.ts';
import { flatten, perimeter, toQuadratics, winding } from '../../infra/build/quadratic.ts';
import { parseIcon, parsePath } from '../../infra/build/svg.ts';

const ends = (d: string) =>
  parsePath(d).map(({ start, segments }) => [start, ...segments.map((s) => s.at(-1)!)]);
const near = (a: Point, b: Point) => Math.hypot(a[0] - b[0], a[1] - b[1]);

describe('reading SVG', () => {
  it('follows absolute and relative commands, and repeats them', () => {
    expect(ends('M1 2L3 4 5 6z')).toEqual(ends('m1 2l2 2 2 2z'));
    expect(ends('M1 2 3 4')).toEqual([
      [
        [1, 2],
        [3, 4],
      ],
    ]);
    expect(ends('M0 0h5v5H0z')).toEqual([
      [
        [0, 0],
        [5, 0],
        [5, 5],
        [0, 5],
      ],
    ]);
    expect(ends('M0 0h1zl0 1')).toEqual([
      [
        [0, 0],
        [1, 0],
      ],
      [
        [0, 0],
        [0, 1],
      ],
    ]);
  });

  it('reads numbers that stand close together', () => {
    expect(ends('M.5.5-1-1')).toEqual([
      [
        [0.5, 0.5],
        [-1, -1],
      ],
    ]);
    expect(ends('M0 0l1e1-1E-1')).toEqual([
      [
        [0, 0],
        [10, -0.1],
      ],
    ]);
    expect(ends('M0 0a1 1 0 012 0')).toEqual(ends('M0 0 a 1 1 0 0 1 2 0'));
  });

  it('mirrors the control point for smooth curves', () => {
    expect(parsePath('M0 0C0 1 1 1 1 0s1-1 1 0')).toEqual(parsePath('M0 0C0 1 1 1 1 0C1-1 2-1 2 0'));
    expect(parsePath('M0 0Q1 1 2 0t2 0')).toEqual(parsePath('M0 0Q1 1 2 0Q3-1 4 0'));
    expect(parsePath('M0 0L1 0S2 1 3 0')).toEqual(parsePath('M0 0L1 0C1 0 2 1 3 0'));
  });

  it('turns arcs into curves that stay on the circle', () => {
    for (const d of ['M-5 0A5 5 0 1 1 5 0A5 5 0 1 1-5 0z', 'M0-5A5 5 0 0 1 3 4', 'M3 4A5 5 0 1 0-5 0']) {
      const [contour] = parsePath(d).map((one) => toQuadratics(one, 0.001));
      for (const point of flatten(contour!)) expect(near(point, [0, 0])).toBeCloseTo(5, 2);
    }
  });

  it('reads circles, ellipses and rectangles, and resolves short colours', () => {
    const body =
      '<g><circle cx="4" cy="4" r="3" fill="#abc"/><rect x="1" y="2" width="6" height="4" rx="1" fill="#ABCDEF"/></g>';
    const [circle, rect] = parseIcon('x', body);
    expect([circle!.fill, rect!.fill]).toEqual(['#aabbcc', '#abcdef']);
    for (const point of flatten(toQuadratics(circle!.contours[0]!, 0.001)))
      expect(near(point, [4, 4])).toBeCloseTo(3, 2);
    const corners = flatten(toQuadratics(rect!.contours[0]!, 0.001));
    expect(Math.min(...corners.map(([x]) => x))).toBe(1);
    expect(Math.max(...corners.map(([, y]) => y))).toBe(6);
  });

  it.each([
    '<path fill="url(#a)" d=""/>',
    '<path d="M0 0"/>',
    '<path fill="#fff" opacity=".5" d=""/>',
    '<defs/>',
  ])('refuses what it cannot draw as it is: %s', (body) => {
    expect(() => parseIcon('x', body)).toThrow();
  });
});

describe('outlines', () => {
  const [wave] = parsePath('M0 0C300 900 700-900 1000 0');

  it('stay as near to the curve as they have to', () => {
    const fine = flatten(toQuadratics(wave!, 0.001), 64);
    for (const tolerance of [0.1, 1, 10]) {
      const coarse = toQuadratics(wave!, tolerance);
      for (const point of flatten(coarse))
        expect(Math.min(...fine.map((other) => near(point, other)))).toBeLessThan(tolerance + 1);
    }
    expect(toQuadratics(wave!, 10).segments.length).toBeLessThan(toQuadratics(wave!, 0.1).segments.length);
  });

  it('are measured: winding and perimeter', () => {
    const square: Point[] = [
      [0, 0],
      [2, 0],
      [2, 2],
      [0, 2],
    ];
    expect(perimeter(square)).toBe(8);
    expect(winding(square, [1, 1])).toBe(1);
    expect(winding(square.toReversed(), [1, 1])).toBe(-1);
    expect(winding(square, [3, 1])).toBe(0);
  });
});
