/** What a Worker loads when it is first wanted: voices, and Photon for jpeg and webp. Modules of their own in the upload. */
import { createSpeech, type Speech } from '../../lib/audio/speech.ts';
import type { Photos } from '../../lib/render/photo.ts';

/** Spelt out: only a literal path becomes a module. */
const VOICES: Readonly<Record<string, () => Promise<{ default: ArrayBuffer }>>> = {
  en: () => import('../../lib/audio/voices-en.bin'),
  'zh-CN': () => import('../../lib/audio/voices-zh-CN.bin'),
};

export function speech(): Speech {
  return createSpeech({
    kernel: async () => (await import('../../lib/audio/kernel.wasm')).default,
    pack: async (lang) => new Uint8Array((await VOICES[lang]!()).default),
  });
}

export const loadEncoder = async (): Promise<Photos> =>
  (await import('../../lib/render/photo.ts')).openPhotos();
