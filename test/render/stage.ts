/** What the tests of the engine share: an engine, a renderer over it, and the canaries between its planes. */
import { expect } from 'vitest';
import { loadRenderAssets } from '../../functions/assets.ts';
import { createEngine, type Engine } from '../../lib/render/engine.ts';
import { createRenderer, type Renderer, rendererOf } from '../../lib/render/renderer.ts';

const assets = loadRenderAssets();

export const newRenderer = (): Renderer => createRenderer(assets);

export function newStage(): { engine: Engine; renderer: Renderer } {
  const engine = createEngine(assets.kernel, [...assets.fonts, assets.icons!]);
  return { engine, renderer: rendererOf(engine) };
}

const GAP = 256;
const CANARY = 0xa5;

function gaps(engine: Engine): number[] {
  const found: number[] = [];
  for (let i = 0; engine.kernel.guard(i) !== 0; i++) found.push(engine.kernel.guard(i));
  return found;
}

export function setCanaries(engine: Engine): void {
  for (const at of gaps(engine)) engine.bytes.fill(CANARY, at, at + GAP);
}

export function expectCanaries(engine: Engine): void {
  for (const at of gaps(engine)) {
    const gap = engine.bytes.subarray(at, at + GAP);
    if (gap.some((byte) => byte !== CANARY))
      expect.fail(`something was written into the gap at ${at.toString(16)}`);
  }
}

const EMPTY = Buffer.alloc(0x120000);

/** The plane that must be empty between pictures. */
export function expectClean(engine: Engine): void {
  const cover = engine.bytes.subarray(0x18000, 0x18000 + EMPTY.length);
  if (!EMPTY.equals(cover))
    expect.fail(`coverage was left behind at ${cover.findIndex((byte) => byte !== 0)}`);
}

export const grey = (colors = 16): Uint8Array =>
  Uint8Array.from({ length: 3 * colors }, (_, i) =>
    Math.floor((255 * Math.floor(i / 3)) / Math.max(1, colors - 1)),
  );
