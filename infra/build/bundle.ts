/**
 * `npm run build:bundles`: the Lambda artefacts. A folder a function under dist/lambda, with the code and the packed data that it reads,
 * and beside it the same as a zip, byte for byte the same from the same sources. Prints what each weighs.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Metafile, type Plugin } from 'esbuild';
import { type Zippable, zipSync } from 'fflate';

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

export async function bundleLambdas(out: string): Promise<Artefact[]> {
  return Promise.all(LAMBDAS.map((name) => bundleLambda(name, out)));
}

async function bundleLambda(name: LambdaName, out: string): Promise<Artefact> {
  const folder = join(out, name);
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    // Where the sources have it, so that the assets are found where the sources find them.
    entryPoints: { [`functions/${name}`]: `functions/${name}.ts` },
    outdir: folder,
    chunkNames: 'functions/[name]-[hash]',
    outExtension: { '.js': '.mjs' },
    write: false,
    metafile: true,
    bundle: true,
    // What is loaded when it is wanted stays a file of its own, which nobody has to read before.
    splitting: true,
    minify: true,
    legalComments: 'none',
    platform: 'node',
    format: 'esm',
    target: 'node22',
    mainFields: ['module', 'main'],
    inject: ['functions/lambda/fetch-classes.ts'],
    plugins: [plainBuiltins, nodeCryptography],
    logLevel: 'warning',
  });
  const files = new Map<string, Uint8Array>(
    outputFiles.map(({ path, contents }) => [relative(folder, path), contents]),
  );
  files.set('index.mjs', new TextEncoder().encode(`export { handler } from './functions/${name}.mjs';\n`));
  if (name === 'generate') for (const asset of ASSETS) files.set(asset, readFileSync(join(root, asset)));
  rmSync(folder, { recursive: true, force: true });
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  const zip = `${folder}.zip`;
  writeFileSync(zip, zipped(files));
  const { eager, lazy } = split(metafile, `functions/${name}.ts`);
  return {
    name,
    handler: 'index.handler',
    folder,
    zip,
    inputs: inputsOf(metafile, eager),
    lazyInputs: inputsOf(metafile, lazy),
    eager: ['index.mjs', ...eager.map((path) => relative(folder, join(root, path)))],
    files,
  };
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

/**
 * An import of node:http makes a namespace of all that it exports, WebSocket and with it undici among them: 30 ms of a
 * cold start. Asked for as a plain object it does not.
 */
const plainBuiltins: Plugin = {
  name: 'plain-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?(https?|crypto)$/ }, ({ path }) => ({ path, namespace: 'builtin' }));
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
    }));
  },
};

/**
 * Portable cryptography makes its tables while it is imported and derives keys by code that nobody has compiled yet; Node has both ready. The
 * bytes are the same, or nothing that another instance sealed could be opened.
 */
const nodeCryptography: Plugin = {
  name: 'node-cryptography',
  setup({ onResolve }) {
    onResolve({ filter: /^@noble\/hashes\/hkdf\.js$/ }, () => ({
      path: join(root, 'functions/lambda/hkdf.ts'),
    }));
    onResolve({ filter: /^\.\.?\/(token\/)?primitives\.ts$/ }, () => ({
      path: join(root, 'functions/lambda/primitives.ts'),
    }));
  },
};

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
  const isCode = (path: string) => path.endsWith('.mjs');
  const zipBytes = readFileSync(zip).length;
  return [
    weigh('code', (path) => eager.includes(path)),
    weigh('later', (path) => isCode(path) && !eager.includes(path)),
    ...(name === 'generate' ? [weigh('data', (path) => !isCode(path))] : []),
    { name: `${name}.zip`, raw: zipBytes, gzip: zipBytes },
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const artefacts = await bundleLambdas(join(root, 'dist/lambda'));
  const kb = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`.padStart(10);
  console.log(`${''.padEnd(16)}${'raw'.padStart(10)}${'gzip'.padStart(10)}`);
  for (const { name, raw, gzip } of artefacts.flatMap(weights))
    console.log(`${name.padEnd(16)}${kb(raw)}${kb(gzip)}`);
}
