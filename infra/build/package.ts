/**
 * `npm run build:package`: what is published, in dist/package: JavaScript (Node strips no types in node_modules), declarations, the packed
 * data, and a manifest of its own. The manifest leaves out what serves this repository alone, the Node binaries among it, and asks for the
 * clients of stores only from those who use them (optional peers), so that an install stays small. Publish with `npm publish dist/package`.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What can be imported: subpath → source. */
export const ENTRIES: Readonly<Record<string, string>> = {
  '.': 'functions/handler.ts',
  './server': 'functions/node.ts',
  './client': 'lib/client/client.ts',
  './hono': 'lib/client/hono.ts',
  './express': 'lib/client/express.ts',
  './fastify': 'lib/client/fastify.ts',
  './widget': 'lib/widget/index.ts',
};
/** For a bundler and a browser. */
const WIDGET = 'lib/widget/index.ts';
const COMMAND = 'functions/cli.ts';
/** Read at run time, from where the sources have them. */
const DATA = ['lib/render', 'lib/http/demo', 'lib/audio'];
const DATA_FILES = /\.(wasm|bin|txt|html|css|js|svg|wav)$/;
const PAPERS = ['README.md', 'CHANGELOG.md', 'LICENSE', 'THIRD-PARTY-NOTICES.md', 'SECURITY.md'];
/** Loaded by those only who choose their store, a bank of photos, or a framework. */
const ON_DEMAND = ['@aws-sdk/client-dynamodb', '@upstash/redis', 'photon-wasm', 'redis'];
const FRAMEWORKS = { express: '^4.21.0 || ^5.0.0', fastify: '^4.28.0 || ^5.0.0' };

/** Writes the package into `out`, which is emptied first. */
export async function buildPackage(out: string): Promise<void> {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  await writeScripts(out);
  writeDeclarations(out);
  for (const folder of DATA) copyData(folder, out);
  for (const name of PAPERS) copyFileSync(join(root, name), join(out, name));
  cpSync(join(root, 'docs'), join(out, 'docs'), {
    recursive: true,
    filter: (path) => !/\.(png|jpg)$/.test(path),
  });
  writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
}

async function writeScripts(out: string): Promise<void> {
  const shared = {
    absWorkingDir: root,
    outdir: out,
    // Where the sources have it, so that the data is found where the sources find it.
    outbase: '.',
    bundle: true,
    splitting: true,
    format: 'esm',
    logLevel: 'warning',
  } as const;
  await build({
    ...shared,
    entryPoints: [...Object.values(ENTRIES).filter((source) => source !== WIDGET), COMMAND],
    chunkNames: 'functions/[name]-[hash]',
    packages: 'external',
    platform: 'node',
    target: 'node22',
  });
  await build({
    ...shared,
    entryPoints: [WIDGET],
    chunkNames: 'lib/widget/[name]-[hash]',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
  });
  const command = join(out, scriptOf(COMMAND));
  writeFileSync(command, readFileSync(command, 'utf8').replace(/^#!.*/, '#!/usr/bin/env node'));
  chmodSync(command, 0o755);
}

/** By tsc, for the entries and what their types come from. */
function writeDeclarations(out: string): void {
  const project = join(out, 'tsconfig.json');
  const settings = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rewriteRelativeImportExtensions: true,
      allowImportingTsExtensions: false,
      rootDir: root,
      outDir: out,
      typeRoots: [join(root, 'node_modules/@types')],
    },
    include: [],
    exclude: [],
    files: Object.values(ENTRIES)
      .filter(hasTypes)
      .map((source) => join(root, source)),
  };
  writeFileSync(project, JSON.stringify(settings));
  const tsc = join(root, 'node_modules/.bin/tsc');
  const { status, stdout } = spawnSync(tsc, ['-p', project], { cwd: root, encoding: 'utf8' });
  rmSync(project);
  if (status !== 0) throw new Error(`tsc could not write the declarations:\n${stdout}`);
  keepReachable(out);
  for (const source of Object.values(ENTRIES).filter((each) => !hasTypes(each)))
    writeFileSync(join(out, typesOf(source)), 'export {};\n');
}

/** The server is a program: importing it starts it, and it exports nothing. */
const hasTypes = (source: string) => source !== ENTRIES['./server'];
const typesOf = (source: string) => source.replace(/\.ts$/, '.d.ts');

/** Deletes declarations that no entry leads to, and makes the others name scripts, as the rest of the world does. */
function keepReachable(out: string): void {
  const reached = new Set<string>();
  const visit = (file: string) => {
    if (reached.has(file)) return;
    reached.add(file);
    const text = readFileSync(file, 'utf8').replace(/(from |import\()(['"])(\.[^'"]+)\.ts\2/g, '$1$2$3.js$2');
    writeFileSync(file, text);
    for (const [, path] of text.matchAll(/(?:from |import\()['"](\.[^'"]+)\.js['"]/g))
      visit(join(dirname(file), `${path}.d.ts`));
  };
  for (const source of Object.values(ENTRIES).filter(hasTypes)) visit(join(out, typesOf(source)));
  for (const file of readdirSync(out, { recursive: true, encoding: 'utf8' }))
    if (file.endsWith('.d.ts') && !reached.has(join(out, file))) rmSync(join(out, file));
}

function copyData(folder: string, out: string): void {
  if (!existsSync(join(root, folder))) return;
  for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
    if (!DATA_FILES.test(file)) continue;
    mkdirSync(dirname(join(out, folder, file)), { recursive: true });
    copyFileSync(join(root, folder, file), join(out, folder, file));
  }
}

const scriptOf = (source: string) => source.replace(/\.ts$/, '.js');

function manifest(): object {
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const shipped = Object.entries<string>(own.dependencies);
  const onDemand = shipped.filter(([name]) => ON_DEMAND.includes(name));
  const peers = { ...Object.fromEntries(onDemand), ...FRAMEWORKS };
  return {
    name: own.name,
    version: own.version,
    description: own.description,
    keywords: ['captcha', 'self-hosted', 'bot', 'siteverify', 'turnstile'],
    license: own.license,
    type: 'module',
    sideEffects: [ENTRIES['./server']!, COMMAND, WIDGET].map((source) => `./${scriptOf(source)}`),
    engines: own.engines,
    bin: { glyphgate: scriptOf(COMMAND) },
    exports: {
      ...Object.fromEntries(
        Object.entries(ENTRIES).map(([subpath, source]) => [
          subpath,
          {
            types: `./${typesOf(source)}`,
            default: `./${scriptOf(source)}`,
          },
        ]),
      ),
      './package.json': './package.json',
    },
    dependencies: Object.fromEntries(shipped.filter(([name]) => !ON_DEMAND.includes(name))),
    peerDependencies: peers,
    peerDependenciesMeta: Object.fromEntries(Object.keys(peers).map((name) => [name, { optional: true }])),
  };
}

if (import.meta.main) {
  const out = join(root, 'dist/package');
  await buildPackage(out);
  console.log(`Written to ${out}; look at what would be published with: npm pack --dry-run ./dist/package`);
}
