/** The drawing assets of a process with a file system: kernel, faces and icons, read from lib/render. */
import { existsSync, readFileSync } from 'node:fs';
import type { RendererOptions } from '../lib/render/renderer.ts';

const place = (name: string) => new URL(`../lib/render/${name}`, import.meta.url);
const read = (name: string) => readFileSync(place(name));

/** @example const renderer = createRenderer(loadRenderAssets()); */
export function loadRenderAssets(): RendererOptions {
  return {
    kernel: new WebAssembly.Module(read('kernel.wasm')),
    fonts: ['fonts.bin', 'scene-fonts.bin'].filter((name) => existsSync(place(name))).map(read),
    ...(existsSync(place('icons.bin')) && { icons: read('icons.bin') }),
  };
}

/** Photon, for jpeg and webp; loaded by the first that asks for one of them. */
export const loadEncoder = async () => (await import('../lib/render/photo.ts')).openPhotos();
