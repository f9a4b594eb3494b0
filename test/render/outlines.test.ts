import { expect, test } from 'vitest';
import { type Contour, fromCommands, type Point, packContours } from '../../infra/build/outlines.ts';

test('the bytes are as documented', () => {
  const curve: Contour = {
    start: [-1, 2],
    segments: [
      [
        [3, 4],
        [5, -6],
      ],
    ],
  };
  expect([...packContours([curve])]).toEqual([1, 0, 1, 0, 255, 255, 2, 0, 1, 3, 0, 4, 0, 5, 0, 250, 255]);
  expect(packContours([])).toEqual(Uint8Array.of(0, 0));
  expect(packContours([{ start: [1, 1], segments: [[[1, 1]]] }])).toEqual(Uint8Array.of(0, 0));
});

test('numbers that do not fit are refused', () => {
  expect(() => packContours([{ start: [0, 40000], segments: [[[0, 0]]] }])).toThrow(RangeError);
  expect(() => packContours([{ start: [0, Number.NaN], segments: [[[0, 0]]] }])).toThrow(RangeError);
});

test('a cubic becomes quadratics that stay within a unit of it', () => {
  const [p0, p1, p2, p3]: Point[] = [
    [0, 0],
    [900, -300],
    [-400, 700],
    [1000, 1000],
  ];
  const bytes = packContours([{ start: p0!, segments: [[p1!, p2!, p3!]] }]);
  const view = new DataView(bytes.buffer);
  const cubic = (t: number, i: 0 | 1) =>
    (1 - t) ** 3 * p0![i] + 3 * (1 - t) ** 2 * t * p1![i] + 3 * (1 - t) * t * t * p2![i] + t ** 3 * p3![i];
  const exact = Array.from({ length: 4001 }, (_, i) => [cubic(i / 4000, 0), cubic(i / 4000, 1)] as const);
  let from: Point = p0!;
  for (let k = 0, at = 8; k < view.getUint16(2, true); k++, at += 9) {
    const [cx, cy, x, y] = [1, 3, 5, 7].map((o) => view.getInt16(at + o, true)) as [
      number,
      number,
      number,
      number,
    ];
    for (let t = 0; t <= 1; t += 0.1) {
      const u = 1 - t;
      const px = u * u * from[0] + 2 * u * t * cx + t * t * x;
      const py = u * u * from[1] + 2 * u * t * cy + t * t * y;
      expect(Math.min(...exact.map(([ex, ey]) => Math.hypot(ex - px, ey - py)))).toBeLessThan(1.6);
    }
    from = [x, y];
  }
  expect(from).toEqual(p3);
});

test('commands of a font become contours', () => {
  const contours = fromCommands([
    { type: 'M', x: 0, y: 0 },
    { type: 'L', x: 1, y: 0 },
    { type: 'Q', x1: 2, y1: 0, x: 2, y: 1 },
    { type: 'C', x1: 2, y1: 2, x2: 1, y2: 2, x: 0, y: 2 },
    { type: 'Z' },
    { type: 'M', x: 9, y: 9 },
  ]);
  expect(contours).toEqual([
    {
      start: [0, 0],
      segments: [
        [[1, 0]],
        [
          [2, 0],
          [2, 1],
        ],
        [
          [2, 2],
          [1, 2],
          [0, 2],
        ],
      ],
    },
  ]);
});
