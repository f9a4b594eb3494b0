/** The voices of a process with a file system: kernel and packs, read from lib/audio when they are first wanted. */
import { readFileSync } from 'node:fs';
import { createSpeech, type Speech } from '../lib/audio/speech.ts';

const read = (name: string) => readFileSync(new URL(`../lib/audio/${name}`, import.meta.url));

export function loadSpeech(): Speech {
  return createSpeech({
    kernel: () => new WebAssembly.Module(read('kernel.wasm')),
    pack: (lang) => read(`voices-${lang}.bin`),
  });
}
