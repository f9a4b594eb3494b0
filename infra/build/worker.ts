/**
 * `npm run build:worker`: the Worker under dist/worker, as it is uploaded: the script, the kernels as WebAssembly modules and the packs as data
 * modules beside it, and what is only loaded when it is first wanted (Photon, voices) in files of its own. wrangler and SST take the
 * same folder. Prints what it weighs.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import { lightRouter, nodeCryptography } from './lambda-plugins.ts';

export interface WorkerModule {
  /** As the others import it, relative to the folder; the first module is the script. */
  readonly name: string;
  readonly contentType: 'application/javascript+module' | 'application/wasm' | 'application/octet-stream';
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Whether a start needs it; what is not is loaded when it is first wanted. */
  readonly atStart: boolean;
}

export interface WorkerBundle {
  readonly modules: readonly WorkerModule[];
  /** Source files of which something is in the script, relative to the repository. */
  readonly inputs: readonly string[];
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const SCRIPT = 'worker.js';
const TYPES = {
  '.js': 'application/javascript+module',
  '.wasm': 'application/wasm',
  '.bin': 'application/octet-stream',
} as const;

export async function bundleWorker(folder: string): Promise<WorkerBundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: { worker: 'functions/worker.ts' },
    outdir: folder,
    // Two kernels have one name.
    assetNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    loader: { '.wasm': 'copy', '.bin': 'copy' },
    external: ['cloudflare:*', 'node:*'],
    conditions: ['workerd', 'worker', 'browser'],
    mainFields: ['browser', 'module', 'main'],
    write: false,
    metafile: true,
    bundle: true,
    splitting: true,
    minify: true,
    legalComments: 'none',
    platform: 'browser',
    format: 'esm',
    target: 'es2024',
    // workerd brings Node's, behind nodejs_compat; and most isolates see few requests.
    plugins: [nodeCryptography, lightRouter],
    logLevel: 'warning',
  });
  rmSync(folder, { recursive: true, force: true });
  const started = atStart(metafile, relative(root, join(folder, SCRIPT)));
  const modules = outputFiles
    .map(({ path, contents }): WorkerModule => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, contents);
      const extension = /\.\w+$/.exec(path)![0] as keyof typeof TYPES;
      return {
        name: relative(folder, path),
        contentType: TYPES[extension],
        path,
        bytes: contents,
        atStart: started.has(relative(root, path)),
      };
    })
    .toSorted((a, b) => Number(b.name === SCRIPT) - Number(a.name === SCRIPT));
  const inputs = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => path),
  );
  return { modules, inputs: [...new Set(inputs)].toSorted() };
}

/** The script and all that it imports by statement, directly or not. */
function atStart({ outputs }: Metafile, script: string): ReadonlySet<string> {
  const found = new Set([script]);
  for (const path of found)
    for (const { path: imported, kind } of outputs[path]?.imports ?? [])
      if (kind === 'import-statement') found.add(imported);
  return found;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { modules } = await bundleWorker(join(root, 'dist/worker'));
  const kb = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`.padStart(11);
  console.log(`${''.padEnd(28)}${'raw'.padStart(11)}${'gzip'.padStart(11)}`);
  for (const [when, wanted] of [
    ['at start', true],
    ['when first wanted', false],
  ] as const) {
    const parts = modules
      .filter((module) => module.atStart === wanted)
      .map(({ name, bytes }) => ({ name, raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length }));
    const sum = (of: 'raw' | 'gzip') => parts.reduce((total, part) => total + part[of], 0);
    for (const { name, raw, gzip } of parts) console.log(`${name.padEnd(28)}${kb(raw)}${kb(gzip)}`);
    console.log(`${when.padEnd(28)}${kb(sum('raw'))}${kb(sum('gzip'))}\n`);
  }
}
