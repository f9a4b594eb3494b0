/** Compiles the drawing kernel: lib/render/kernel/*.ts → lib/render/kernel.wasm. `npm run build:kernel`. */
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const KERNEL = join(root, 'lib/render/kernel.wasm');

const OPTIONS = [
  'lib/render/kernel/index.ts',
  ...['--baseDir', root, '--outFile', 'kernel.wasm'],
  // No allocator, no collector, no imports but the memory, which the host sizes once
  ...['--runtime', 'stub', '--use', 'abort=', '--importMemory', '--noExportMemory'],
  ...['--initialMemory', '86', '--maximumMemory', '1024'],
  ...['--enable', 'simd', '-O3', '--converge', '--noAssert'],
];

/** The module's bytes, made from source. Throws with the compiler's words when it does not compile. */
export async function compileKernel(): Promise<Uint8Array<ArrayBuffer>> {
  let wasm: Uint8Array<ArrayBuffer> | undefined;
  const { error, stderr } = await asc.main(OPTIONS, {
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wasm = await compileKernel();
  await writeFile(KERNEL, wasm);
  console.log(`lib/render/kernel.wasm: ${wasm.length} bytes`);
}
