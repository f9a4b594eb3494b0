/**
 * Builds the widget for the browser: `api.js` (the element and the script interface), `widget/element.js` (the element alone), and the
 * parts that both load when they are wanted, named by the content of all of them. They are written as one module of text,
 * lib/widget/built.ts, which is checked in: every runtime can carry it without a build, as it carries the kernel and the fonts.
 * test/widget/built.test.ts compares.
 */
import { createHash } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { minify } from '@swc/core';
import { type BuildOptions, build } from 'esbuild';
import { en } from '../../lib/widget/languages/en.ts';
import { VIEW_KEYS } from '../../lib/widget/languages/strings.ts';

const ROOM = fileURLToPath(new URL('../../lib/widget/', import.meta.url));
const TARGET = ['chrome111', 'firefox113', 'safari16.4'];
const VIEWS = ['scene', 'audio', 'reveal'];

export interface Built {
  /** The texts of api.js and of element.js. */
  readonly script: string;
  readonly element: string;
  /** Part → text. */
  readonly texts: Readonly<Record<string, string>>;
  /** File name → text. */
  readonly files: Readonly<Record<string, string>>;
}

export async function buildWidget(): Promise<Built> {
  const texts: Record<string, string> = {};
  for (const view of VIEWS) texts[view] = await bundle(`views/${view}.ts`, { format: 'esm' });
  for (const name of languages()) {
    const words = (await import(`${ROOM}languages/${name}.ts`)).default as Record<string, string>;
    // What the script itself says, as a list in the order of its keys; what only views say, by name.
    const own = Object.keys(en).map((key) => words[key]);
    const ofViews = Object.fromEntries(VIEW_KEYS.map((key) => [key, words[key]]));
    texts[name] = `export default ${JSON.stringify([own, ofViews])}`;
  }
  // One hash for all parts: the script has to know it, and is small.
  const hash = createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 10);
  const define = { HASH: JSON.stringify(hash) };
  const script = await bundle('script.ts', { format: 'iife', define });
  const element = await bundle('tag.ts', { format: 'iife', define });
  const files = Object.fromEntries(Object.entries(texts).map(([name, text]) => [`${name}-${hash}.js`, text]));
  return { script, element, texts, files };
}

const NO_LANGUAGES = ['en', 'views', 'strings'];
/** Those that have a file of their own. */
export const languages = (): string[] =>
  readdirSync(`${ROOM}languages`)
    .map((name) => name.replace('.ts', ''))
    .filter((name) => !NO_LANGUAGES.includes(name))
    .sort();

async function bundle(entry: string, options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`${ROOM}${entry}`],
    bundle: true,
    minify: true,
    charset: 'utf8',
    target: TARGET,
    write: false,
    legalComments: 'none',
    ...options,
  });
  // What a second minifier finds is a thirtieth of what a visitor loads.
  const { code } = await minify(outputFiles![0]!.text, {
    module: options.format === 'esm',
    compress: { passes: 3, ecma: 2022 },
    mangle: true,
    format: { ecma: 2022 },
  });
  return code;
}

/** The module as it is checked in. */
export function moduleOf({ script, element, files }: Built): string {
  const etag = createHash('sha256')
    .update(script + element)
    .digest('hex')
    .slice(0, 16);
  const rows = Object.entries(files).map(
    ([name, text]) => `    ${JSON.stringify(name)}:\n      ${JSON.stringify(text)},\n`,
  );
  return `/** Made by \`npm run build:widget\`; do not edit. */
export const WIDGET = {
  etag: ${JSON.stringify(etag)},
  script:
    ${JSON.stringify(script)},
  element:
    ${JSON.stringify(element)},
  files: {
${rows.join('')}  },
};
`;
}

if (import.meta.main) {
  const built = await buildWidget();
  writeFileSync(`${ROOM}built.ts`, moduleOf(built));
  const { gzipSync } = await import('node:zlib');
  for (const [name, text] of Object.entries({
    'api.js': built.script,
    'element.js': built.element,
    ...built.files,
  }))
    console.log(`${name.padEnd(24)} ${text.length} bytes, ${gzipSync(text, { level: 9 }).length} gzip`);
}
