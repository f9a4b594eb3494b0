/** The voices of a process with a file system: kernel and packs, read from lib/audio when they are first wanted. */
import { readFileSync } from 'node:fs';
import type { Pack } from '../lib/audio/pack.ts';
import { createSpeech, type Speech } from '../lib/audio/speech.ts';

const read = (name: string) => readFileSync(new URL(`../lib/audio/${name}`, import.meta.url));

/** `own`: voices of the operator's own. */
export function loadSpeech(own?: Pack): Speech {
  return createSpeech({
    kernel: () => new WebAssembly.Module(read('kernel.wasm')),
    pack: (lang) => read(`voices-${lang}.bin`),
    own,
  });
}
