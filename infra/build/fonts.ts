/**
 * `npm run build:fonts`: packs faces of openly licensed fonts, exactly the characters that fonts.json names, for the kernel.
 *
 * fonts.json: pack → faces. A face: `name` (how the code asks for it), `family`, `package` and `files` (fonts of an npm package, with
 * one `*` at most; the first that has a character gives it), `characters` (literally, or a set of `SETS`) and
 * `charactersFrom` (files of this repository whose Chinese characters and punctuation are packed). The licence of each family is
 * copied to lib/render/licenses. The same input gives the same bytes.
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PackedFace } from '../../lib/render/pack.ts';
import { type Contour, fromCommands, type PathCommand, packContours } from './outlines.ts';
import { packFile } from './pack.ts';
import { unwrapWoff } from './woff.ts';

interface FaceSource {
  readonly name: string;
  readonly family: string;
  readonly package: string;
  readonly files: readonly string[];
  readonly characters?: string;
  readonly charactersFrom?: readonly string[];
}

/** What is used of opentype.js, which is installed for this script only. */
interface Font {
  readonly unitsPerEm: number;
  charToGlyph(character: string): { index: number; advanceWidth: number; getPath: GetPath };
}
type GetPath = (x: number, y: number, size: number) => { commands: PathCommand[] };

const EM = 1024;
const DIGITS = '0123456789';
const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const SETS: Readonly<Record<string, string>> = {
  '@capitals': DIGITS + CAPITALS,
  '@letters': DIGITS + CAPITALS + CAPITALS.toLowerCase(),
  // What sums are written with besides
  '@ascii-signs': `${Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('')}×−`,
  '@ascii': Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join(''),
};
const CHINESE = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/gu;

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const opentype = createRequire(import.meta.url)('opentype.js') as { parse(file: ArrayBuffer): Font };

function fontsOf(source: FaceSource): Font[] {
  const folder = join(here, 'node_modules', source.package, 'files');
  const names = source.files.flatMap((pattern) => {
    const [before, after] = pattern.split('*');
    if (after === undefined) return [pattern];
    return readdirSync(folder)
      .filter((name) => name.startsWith(before!) && name.endsWith(after))
      .sort();
  });
  return names.map((name) => opentype.parse(unwrapWoff(readFileSync(join(folder, name))).buffer));
}

function charactersOf({ characters = '', charactersFrom = [] }: FaceSource): string[] {
  const found = charactersFrom.flatMap((file) => readFileSync(join(root, file), 'utf8').match(CHINESE) ?? []);
  return [...new Set([...(SETS[characters] ?? characters), ...found])].sort();
}

/** The box of an outline, outwards to whole units. */
function boundsOf(contours: readonly Contour[]): number[] {
  return around(contours).map((edge, i) => (i < 2 ? Math.floor(edge) : Math.ceil(edge)));
}

function around(contours: readonly Contour[]): number[] {
  const points = contours.flatMap(({ start, segments }) => [start, ...segments.flat()]);
  if (points.length === 0) return [0, 0, 0, 0];
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** What `PackedFace.slack` says of a glyph. */
function slackOf(bounds: readonly number[], contours: readonly Contour[]): string {
  const beyond = around(contours).map((edge, i) => (bounds[i]! - Math.round(edge)) * (i < 2 ? -1 : 1));
  if (beyond.some((units) => units !== 0 && units !== 1))
    throw new RangeError(`bounds: expected at most one unit beyond the points, got ${beyond}`);
  return beyond.reduce((sum, units, i) => sum + (units << i), 0).toString(16);
}

function packFace(source: FaceSource, outlines: Uint8Array[]): PackedFace {
  const fonts = fontsOf(source);
  const characters = charactersOf(source);
  const capital = { height: 0 };
  const columns = characters.map((character) => {
    const font = fonts.find((one) => one.charToGlyph(character).index !== 0);
    if (!font) throw new Error(`${source.name} has no ${JSON.stringify(character)}`);
    const glyph = font.charToGlyph(character);
    const contours = fromCommands(glyph.getPath(0, 0, EM).commands);
    const bounds = boundsOf(contours);
    if (character === 'H') capital.height = -bounds[1]!;
    outlines.push(packContours(contours));
    return {
      advance: Math.round((glyph.advanceWidth * EM) / font.unitsPerEm),
      slack: slackOf(bounds, contours),
    };
  });
  return {
    name: source.name,
    family: source.family,
    capHeight: capital.height,
    characters: characters.join(''),
    advances: columns.map((column) => column.advance),
    slack: columns.map((column) => column.slack).join(''),
  };
}

const manifest = JSON.parse(readFileSync(join(here, 'fonts.json'), 'utf8')) as Record<string, FaceSource[]>;
const licenses = join(root, 'lib/render/licenses');
mkdirSync(licenses, { recursive: true });
for (const [pack, sources] of Object.entries(manifest)) {
  const outlines: Uint8Array[] = [];
  const faces = sources.map((source) => packFace(source, outlines));
  const file = packFile({ faces }, outlines);
  writeFileSync(join(root, 'lib/render', pack), file);
  console.log(`lib/render/${pack}: ${faces.length} faces, ${file.length} bytes`);
  for (const { family, package: name } of sources)
    copyFileSync(
      join(here, 'node_modules', name, 'LICENSE'),
      join(licenses, `${family.replaceAll(' ', '')}.txt`),
    );
}
