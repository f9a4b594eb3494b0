/** Compiles the kernels: lib/render/kernel/*.ts → lib/render/kernel.wasm, and the same in lib/audio. `npm run build:kernel`. */
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

export const KERNEL = join(root, 'lib/render/kernel.wasm');
export const SOUND_KERNEL = join(root, 'lib/audio/kernel.wasm');

const options = (room: string, pages: string) => [
  `lib/${room}/kernel/index.ts`,
  ...['--baseDir', root, '--outFile', 'kernel.wasm'],
  // No allocator, no collector, no imports but the memory, which the host sizes once
  ...['--runtime', 'stub', '--use', 'abort=', '--importMemory', '--noExportMemory'],
  ...['--initialMemory', pages, '--maximumMemory', '1024'],
  ...['--enable', 'simd', '-O3', '--converge', '--noAssert'],
];

/** The drawing kernel's bytes, made from source. Throws with the compiler's words when it does not compile. */
export const compileKernel = () => compile(options('render', '86'));

/** The sound kernel's. */
export const compileSoundKernel = () => compile(options('audio', '46'));

async function compile(given: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
  let wasm: Uint8Array<ArrayBuffer> | undefined;
  const { error, stderr } = await asc.main([...given], {
    readFile: (name, base) => readFile(join(base, name), 'utf8').catch(() => null),
    writeFile: (name, contents) => {
      if (name.endsWith('.wasm')) wasm = new Uint8Array(contents as Uint8Array);
    },
    listFiles: () => [],
  });
  if (error || !wasm)
    throw new Error(`kernel does not compile: ${error?.message ?? ''}\n${stderr.toString()}`);
  return wasm;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [file, work] of [
    [KERNEL, compileKernel],
    [SOUND_KERNEL, compileSoundKernel],
  ] as const) {
    const wasm = await work();
    await writeFile(file, wasm);
    console.log(`${file.slice(root.length + 1)}: ${wasm.length} bytes`);
  }
