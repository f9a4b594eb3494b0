/** Eleven shapes that look like nothing but themselves when they are as large as a fingernail. Radius 1, y down. */
import { cosTurns, sinTurns } from '../../util/trig.ts';
import type { PictureLanguage } from '../challenge.ts';

type Point = readonly [x: number, y: number];

interface Shape {
  readonly words: Readonly<Record<PictureLanguage, string>>;
  readonly solid: readonly Point[];
  /** The two edges of a line along the shape's rim. */
  readonly outer: readonly Point[];
  readonly inner: readonly Point[];
}

/** Half the width of that line. */
const LINE = 0.14;

const around = (count: number, radius: (i: number) => number, start = -0.25): Point[] =>
  Array.from({ length: count }, (_, i) => {
    const turn = start + i / count;
    return [radius(i) * cosTurns(turn), radius(i) * sinTurns(turn)];
  });

/** Points of a quadratic curve, the first left out. */
const bow = ([x0, y0]: Point, [cx, cy]: Point, [x1, y1]: Point, pieces = 5): Point[] =>
  Array.from({ length: pieces }, (_, i) => {
    const t = (i + 1) / pieces;
    const u = 1 - t;
    return [u * u * x0 + 2 * u * t * cx + t * t * x1, u * u * y0 + 2 * u * t * cy + t * t * y1];
  });

const mirrored = (right: readonly Point[]): Point[] => [
  ...right,
  ...right
    .filter(([x]) => x !== 0)
    .reverse()
    .map(([x, y]): Point => [-x, y]),
];

const heart = mirrored([
  [0, -0.5],
  ...bow([0, -0.5], [0.2, -0.95], [0.6, -0.9]),
  ...bow([0.6, -0.9], [1.1, -0.8], [0.98, -0.25]),
  ...bow([0.98, -0.25], [0.85, 0.3], [0, 0.95]),
]);

const moon: Point[] = [
  [0.35, -0.95],
  ...bow([0.35, -0.95], [-0.75, -0.95], [-0.75, 0], 6),
  ...bow([-0.75, 0], [-0.75, 0.95], [0.35, 0.95], 6),
  ...bow([0.35, 0.95], [-0.2, 0.6], [-0.2, 0], 6),
  ...bow([-0.2, 0], [-0.2, -0.6], [0.35, -0.95], 5),
  [0.35, -0.95],
].slice(0, -1) as Point[];

const drop = mirrored([
  [0, -1],
  ...bow([0, -1], [0.65, -0.1], [0.68, 0.3]),
  ...bow([0.68, 0.3], [0.68, 0.95], [0, 0.95]),
]);

const DRAWN = {
  star: { words: { en: 'star', 'zh-CN': '星星' }, solid: around(10, (i) => (i % 2 === 0 ? 1.08 : 0.45)) },
  heart: { words: { en: 'heart', 'zh-CN': '爱心' }, solid: heart },
  moon: { words: { en: 'moon', 'zh-CN': '月牙' }, solid: moon },
  drop: { words: { en: 'drop', 'zh-CN': '水滴' }, solid: drop },
  triangle: { words: { en: 'triangle', 'zh-CN': '三角形' }, solid: around(3, () => 1.05) },
  square: { words: { en: 'square', 'zh-CN': '正方形' }, solid: around(4, () => 1.08, 0.125) },
  hexagon: { words: { en: 'hexagon', 'zh-CN': '六边形' }, solid: around(6, () => 1) },
  cross: {
    words: { en: 'plus sign', 'zh-CN': '加号' },
    solid: [
      ...([
        [0.33, -1],
        [0.33, -0.33],
        [1, -0.33],
        [1, 0.33],
        [0.33, 0.33],
        [0.33, 1],
      ] as Point[]),
      ...([
        [-0.33, 1],
        [-0.33, 0.33],
        [-1, 0.33],
        [-1, -0.33],
        [-0.33, -0.33],
        [-0.33, -1],
      ] as Point[]),
    ],
  },
  arrow: {
    words: { en: 'arrow', 'zh-CN': '箭头' },
    solid: [
      [0, -1],
      [0.85, -0.05],
      [0.33, -0.05],
      [0.33, 1],
      [-0.33, 1],
      [-0.33, -0.05],
      [-0.85, -0.05],
    ],
  },
  bolt: {
    words: { en: 'lightning bolt', 'zh-CN': '闪电' },
    solid: [
      [0.3, -1.1],
      [-0.7, 0.2],
      [-0.08, 0.2],
      [-0.35, 1.1],
      [0.7, -0.3],
      [0.05, -0.3],
    ],
  },
  hourglass: {
    words: { en: 'hourglass', 'zh-CN': '沙漏' },
    solid: [
      [-0.8, -0.95],
      [0.8, -0.95],
      [0.14, 0],
      [0.8, 0.95],
      [-0.8, 0.95],
      [-0.14, 0],
    ],
  },
} as const satisfies Record<string, Pick<Shape, 'words' | 'solid'>>;

export type ShapeName = keyof typeof DRAWN;

export const SHAPES = Object.fromEntries(
  Object.entries(DRAWN).map(([name, { words, solid }]): [string, Shape] => [
    name,
    { words, solid, outer: grown(solid, LINE), inner: grown(solid, -LINE) },
  ]),
) as Readonly<Record<ShapeName, Shape>>;

/** The polygon with every edge moved outwards by `by`; sharp corners are blunted. */
function grown(points: readonly Point[], by: number): Point[] {
  const n = points.length;
  const area = points.reduce((sum, [x, y], i) => {
    const [u, v] = points[(i + 1) % n]!;
    return sum + x * v - u * y;
  }, 0);
  const out = area > 0 ? by : -by;
  const normal = (from: Point, to: Point): Point => {
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const length = Math.sqrt(dx * dx + dy * dy) || 1;
    return [dy / length, -dx / length];
  };
  return points.map((here, i): Point => {
    const a = normal(points[(i + n - 1) % n]!, here);
    const b = normal(here, points[(i + 1) % n]!);
    const [sx, sy] = [a[0] + b[0], a[1] + b[1]];
    // At a corner the two normals' sum, made long enough to move both edges, but never more than 2.2 times
    const scale = Math.min(
      2 / Math.max(sx * sx + sy * sy, 0.01),
      2.2 / Math.max(Math.sqrt(sx * sx + sy * sy), 0.01),
    );
    return [here[0] + sx * scale * out, here[1] + sy * scale * out];
  });
}
