/**
 * `npm run build:icons`: the objects' icons, from the source set (@iconify-json/fluent-emoji-flat, MIT) to the kernel's outlines.
 *
 * Every icon is centred and scaled, so that objects of one size look equally large, and every colour becomes an entry of one palette:
 * the scene's fixed colours, the icons' own, and blends of neighbours for the edges. Written are lib/render/icons.bin (a pack, see
 * pack.ts) and lib/challenge/scene/icons.ts, what a scene has to know without a renderer; the same input gives the same bytes.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { FIXED, type Hex, SHADE_OF } from '../../lib/challenge/scene/colors.ts';
import * as tables from '../../lib/challenge/scene/objects/tables.ts';
import type { PackedIcon } from '../../lib/render/pack.ts';
import { blends } from './blends.ts';
import { type Contour, type Point, packContours } from './outlines.ts';
import { packFile } from './pack.ts';
import { flatten, perimeter, toQuadratics, winding } from './quadratic.ts';
import { type Layer, parseIcon } from './svg.ts';

const BOX = 1024;
/** Share of the box that an icon's ink should fill; thin icons are drawn as large as the box allows, solid ones smaller. */
const EVEN_INK = 0.45;
const SMALLEST = 0.86;
/** How far a curve may stray, in units of the box: a fifth of a pixel at 80 pixels. */
const TOLERANCE = 2.5;

interface Icon {
  readonly name: string;
  readonly layers: readonly Layer[];
  /** Of the circle around the middle of the box that holds all ink. */
  readonly radius: number;
  /** Length of all outlines of all layers. */
  readonly outline: number;
}

function compile(name: string, body: string): Icon {
  const parsed = parseIcon(name, body);
  const raw = parsed.map((layer) => mapLayer(layer, (contour) => toQuadratics(contour, 0.02)));
  const points = raw.flatMap((layer) => layer.contours.flatMap((contour) => flatten(contour)));
  const [left, right] = span(points.map((point) => point[0]));
  const [top, bottom] = span(points.map((point) => point[1]));
  const side = Math.max(right - left, bottom - top);
  const share = inkShare(raw, [(left + right) / 2, (top + bottom) / 2], side);
  const scale = (Math.min(1, Math.max(SMALLEST, Math.sqrt(EVEN_INK / share))) * BOX) / side;
  const place = ([x, y]: Point): Point => [
    Math.round((x - (left + right) / 2) * scale + BOX / 2),
    Math.round((y - (top + bottom) / 2) * scale + BOX / 2),
  ];
  const layers = parsed.map((layer) =>
    mapLayer(layer, (contour) => moved(toQuadratics(contour, TOLERANCE / scale), place)),
  );
  const reach = points.map(place).map(([x, y]) => Math.hypot(x - BOX / 2, y - BOX / 2));
  const lengths = layers.flatMap((layer) => layer.contours.map((contour) => perimeter(flatten(contour))));
  const outline = Math.round(lengths.reduce((sum, length) => sum + length, 0));
  return { name, layers, radius: Math.ceil(Math.max(...reach)), outline };
}

const span = (values: readonly number[]) => [Math.min(...values), Math.max(...values)] as const;

const mapLayer = (layer: Layer, change: (contour: Contour) => Contour): Layer => ({
  ...layer,
  contours: layer.contours.map(change),
});

function moved(contour: Contour, place: (point: Point) => Point): Contour {
  return { start: place(contour.start), segments: contour.segments.map((points) => points.map(place)) };
}

/** Part of the square of `side` around `middle` that any layer covers, from 64 × 64 samples. */
function inkShare(layers: readonly Layer[], middle: Point, side: number): number {
  const polygons = layers.map((layer) => layer.contours.map((contour) => flatten(contour)));
  let hits = 0;
  for (let i = 0; i < 4096; i++) {
    const x = middle[0] + (((i % 64) + 0.5) / 64 - 0.5) * side;
    const y = middle[1] + ((Math.floor(i / 64) + 0.5) / 64 - 0.5) * side;
    const turns = polygons.map((layer) => layer.map((polygon) => winding(polygon, [x, y])));
    const inside = (of: readonly number[], i: number) => {
      const sum = of.reduce((a, b) => a + b, 0);
      return layers[i]!.evenOdd ? sum % 2 !== 0 : sum !== 0;
    };
    if (turns.some(inside)) hits++;
  }
  return hits / 4096;
}

function pack(icons: readonly Icon[], palette: readonly string[]): Uint8Array {
  const packed = icons.map(
    ({ name, layers }): PackedIcon => ({
      name,
      layers: layers.map(({ fill, evenOdd, contours }) => {
        const color = palette.indexOf(fill);
        return evenOdd && contours.length > 1 ? -1 - color : color;
      }),
    }),
  );
  const outlines = icons.flatMap(({ layers }) => layers.map(({ contours }) => packContours(contours)));
  return packFile({ icons: packed, palette: palette.map((hex) => hex.slice(1)) }, outlines);
}

function facts(icons: readonly Icon[], palette: readonly string[]): string {
  const rows = icons.map((icon) => `  ['${icon.name}', [${icon.radius}, ${icon.outline}]],`);
  const shades = palette.flatMap((hex, i) => {
    const shade = SHADE_OF[hex as Hex];
    return shade === undefined ? [] : [`  [${i}, ${shade}],`];
  });
  const lines = Array.from({ length: palette.length / 16 }, (_, i) =>
    palette.slice(i * 16, i * 16 + 16).map((hex) => hex.slice(1)),
  );
  return `// Written by \`npm run build:icons\`; do not edit.

/** Icon → radius of the circle around the middle of its box (1024 units) that holds all its ink, length of all its outlines. */
export const ICON_SHAPE: ReadonlyMap<string, readonly [radius: number, outline: number]> = new Map([
${rows.join('\n')}
]);

/** Palette index → which shade of a coat it is. */
export const SHADES: readonly (readonly [index: number, shade: number])[] = [
${shades.join('\n')}
];

/** The palette of every scene: 256 colours, 6 hexadecimal digits each. */
export const PALETTE =
${lines.map((line) => `  '${line.join('')}'`).join(' +\n')};
`;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const source = createRequire(import.meta.url)('@iconify-json/fluent-emoji-flat/icons.json') as {
  icons: Record<string, { body: string } | undefined>;
};
const names = Object.values(tables).flatMap((rows) => rows.map(([name]) => name));
const icons = names.map((name) => {
  const found = source.icons[name];
  if (!found) throw new Error(`${name}: no such icon`);
  return compile(name, found.body);
});
const own = [
  ...new Set<string>([...FIXED, ...icons.flatMap((icon) => icon.layers.map((layer) => layer.fill))]),
];
const palette = [
  ...own,
  ...blends(
    own,
    icons.map((icon) => icon.layers.map((layer) => layer.fill)),
    256 - own.length,
  ),
];
const bytes = pack(icons, palette);
writeFileSync(here('../../lib/render/icons.bin'), bytes);
writeFileSync(here('../../lib/challenge/scene/icons.ts'), facts(icons, palette));
console.log(
  `${icons.length} icons, ${own.length} + ${palette.length - own.length} colours, ${bytes.length} bytes`,
);
