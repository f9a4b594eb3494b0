/**
 * `npm run build:bundles`: the Lambda artefacts. A folder a function under dist/lambda, with the code and the packed data that it reads,
 * and beside it the same as a zip, byte for byte the same from the same sources. Prints what each weighs.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import { type Zippable, zipSync } from 'fflate';
import { ConfigError } from '../../lib/errors.ts';
import { WIDGET } from '../../lib/widget/built.ts';
import type { OwnVariable } from '../settings.ts';
import {
  apart,
  laterName,
  lightRouter,
  nodeCryptography,
  nodeHashes,
  plainBuiltins,
  withoutModules,
} from './lambda-plugins.ts';
import { type Own, readOwn } from './own.ts';

export const LAMBDAS = ['generate', 'verify', 'health'] as const;
type LambdaName = (typeof LAMBDAS)[number];

export interface Artefact {
  readonly name: LambdaName;
  /** What Lambda calls the handler; SST wants it at the top of the folder. */
  readonly handler: string;
  readonly folder: string;
  readonly zip: string;
  /** Source files of which something is in the code that a cold start reads, relative to the repository. */
  readonly inputs: readonly string[];
  /** The same of what is read when it is wanted. */
  readonly lazyInputs: readonly string[];
  /** Code that a cold start reads, relative to the folder. */
  readonly eager: readonly string[];
  /** Bytes by file, relative to the folder. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const ASSETS = ['lib/render', 'lib/audio'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => /\.(wasm|bin)$/.test(name))
    .map((name) => `${folder}/${name}`),
);

/**
 * Loaded when it is first wanted, and built on its own: what it has in common with the rest is there twice, and the rest stays one file,
 * which takes a cold start less than two.
 */
const READING = ['lib/token/jwt-reading.ts'];
const DRAWING = [
  'lib/render/photo.ts',
  ...['scene', 'reveal', 'audio'].map((kind) => `lib/challenge/${kind}/${kind}.ts`),
];
/** What verify and health never reach. */
const DRAWN_ONLY = [
  ...['generate', 'audio', 'reveal', 'openapi'].map((name) => `lib/http/routes-${name}.ts`),
  ...['generate', 'listen', 'reveal'].map((name) => `lib/service/${name}.ts`),
  'lib/http/notice.ts',
  'lib/http/widget-routes.ts',
];

const SHARED = {
  absWorkingDir: root,
  chunkNames: '[name]-[hash]',
  outExtension: { '.js': '.mjs' },
  write: false,
  metafile: true,
  bundle: true,
  splitting: true,
  minify: true,
  legalComments: 'none',
  platform: 'node',
  format: 'esm',
  target: 'node22',
  mainFields: ['module', 'main'] as string[],
  logLevel: 'warning',
} as const;

/** `environment`: where files of the operator's own are named (own.ts). */
export async function bundleLambdas(
  out: string,
  environment: Readonly<Partial<Record<string, string>>> = {},
): Promise<Artefact[]> {
  const owned: Readonly<Partial<Record<LambdaName, Own>>> = {
    generate: await readOwn(environment, true),
    verify: await readOwn(environment, false),
  };
  return Promise.all(LAMBDAS.map((name) => bundleLambda(name, out, owned[name])));
}

async function bundleLambda(name: LambdaName, out: string, own: Own | undefined): Promise<Artefact> {
  const folder = join(out, name);
  const draws = name === 'generate';
  const later = draws ? [...READING, ...DRAWING] : READING;
  const owns = (what: string) => String(own?.variables[`GLYPHGATE_${what}` as OwnVariable] !== undefined);
  const code = await build({
    ...SHARED,
    // At the top, where the handler has to be: a file that only leads to another takes a cold start a millisecond.
    entryPoints: { index: `functions/${name}.ts` },
    outdir: folder,
    inject: ['functions/lambda/fetch-classes.ts', 'functions/lambda/globals.ts'],
    plugins: [
      plainBuiltins,
      apart(later),
      nodeCryptography,
      lightRouter,
      ...(draws ? [] : [nodeHashes, withoutModules(DRAWN_ONLY)]),
    ],
    // Assets are found where the sources find them: beside `functions`.
    define: {
      'import.meta.url': 'HERE',
      OWN: JSON.stringify(own?.variables ?? {}),
      ...Object.fromEntries(
        ['HOOKS', 'PRESETS', 'VOICES', 'QUESTIONS'].map((what) => [`OWN_${what}`, owns(what)]),
      ),
    },
    banner: { js: "const HERE = new URL('functions/index.mjs', import.meta.url).href;" },
  });
  const rest = await build({
    ...SHARED,
    entryPoints: Object.fromEntries(later.map((path) => [laterName(path), path])),
    outdir: join(folder, 'later'),
    plugins: [plainBuiltins],
  });
  const files = new Map<string, Uint8Array>(
    [...code.outputFiles, ...rest.outputFiles].map(({ path, contents }) => [
      relative(folder, path),
      contents,
    ]),
  );
  for (const [path, bytes] of [...(draws ? data() : []), ...(own?.files ?? [])]) files.set(path, bytes);
  rmSync(folder, { recursive: true, force: true });
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  const zip = `${folder}.zip`;
  writeFileSync(zip, zipped(files));
  const { eager, lazy } = split(code.metafile, `functions/${name}.ts`);
  return {
    name,
    handler: 'index.handler',
    folder,
    zip,
    inputs: inputsOf(code.metafile, eager),
    lazyInputs: [
      ...inputsOf(code.metafile, lazy),
      ...inputsOf(rest.metafile, Object.keys(rest.metafile.outputs)),
    ],
    eager: eager.map((path) => relative(folder, join(root, path))),
    files,
  };
}

/** What is read beside the code, where the sources have it. */
function data(): [path: string, bytes: Uint8Array][] {
  return [
    ...ASSETS.map((path): [string, Uint8Array] => [path, readFileSync(join(root, path))]),
    ['lib/http/openapi.json', readFileSync(join(root, 'lib/http/openapi.json'))],
    ['lib/widget/built.json', new TextEncoder().encode(JSON.stringify(WIDGET))],
  ];
}

/** The entry's file and what it imports at once, and all other files. */
function split({ outputs }: Metafile, entry: string): { eager: string[]; lazy: string[] } {
  const eager = new Set<string>();
  const visit = (path: string) => {
    if (eager.has(path)) return;
    eager.add(path);
    for (const each of outputs[path]!.imports)
      if (each.kind === 'import-statement' && !each.external) visit(each.path);
  };
  visit(Object.keys(outputs).find((path) => outputs[path]!.entryPoint === entry)!);
  return { eager: [...eager], lazy: Object.keys(outputs).filter((path) => !eager.has(path)) };
}

function inputsOf({ outputs }: Metafile, paths: readonly string[]): string[] {
  const used = paths.flatMap((path) =>
    Object.entries(outputs[path]!.inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([input]) => input),
  );
  return [...new Set(used)].toSorted();
}

/** The same bytes from the same files: sorted, with one date (the first that a zip knows, in whatever zone this is). */
function zipped(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const sorted = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const entry = (bytes: Uint8Array) =>
    [bytes, { mtime: new Date(1980, 0, 1), os: 3, attrs: 0o644 << 16 }] as Zippable[string];
  return zipSync(Object.fromEntries(sorted.map(([path, bytes]) => [path, entry(bytes)])), { level: 9 });
}

export interface Weight {
  readonly name: string;
  readonly raw: number;
  readonly gzip: number;
}

/** What a cold start reads, what is read when it is wanted, and data, apart. */
export function weights({ name, files, zip, eager }: Artefact): Weight[] {
  const weigh = (what: string, wanted: (path: string) => boolean): Weight => {
    const chosen = [...files].filter(([path]) => wanted(path)).map(([, bytes]) => bytes);
    return {
      name: `${name} ${what}`,
      raw: chosen.reduce((sum, bytes) => sum + bytes.length, 0),
      gzip: chosen.reduce((sum, bytes) => sum + gzipSync(bytes, { level: 9 }).length, 0),
    };
  };
  const isCode = (path: string) => path.endsWith('.mjs') && !path.startsWith('own/');
  const zipBytes = readFileSync(zip).length;
  return [
    weigh('code', (path) => eager.includes(path)),
    weigh('later', (path) => isCode(path) && !eager.includes(path)),
    ...(name === 'generate' ? [weigh('data', (path) => !isCode(path) && !path.startsWith('own/'))] : []),
    ...([...files.keys()].some((path) => path.startsWith('own/'))
      ? [weigh('own', (path) => path.startsWith('own/'))]
      : []),
    { name: `${name}.zip`, raw: zipBytes, gzip: zipBytes },
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const artefacts = await bundleLambdas(join(root, 'dist/lambda'), process.env).catch((error) => {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(1);
  });
  const kb = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`.padStart(10);
  console.log(`${''.padEnd(16)}${'raw'.padStart(10)}${'gzip'.padStart(10)}`);
  for (const { name, raw, gzip } of artefacts.flatMap(weights))
    console.log(`${name.padEnd(16)}${kb(raw)}${kb(gzip)}`);
}
