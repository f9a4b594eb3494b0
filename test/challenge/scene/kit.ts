/** What the tests of scenes share. */
import { loadRenderAssets } from '../../../functions/assets.ts';
import type { ChallengeSpec } from '../../../lib/challenge/challenge.ts';
import { createSceneKind } from '../../../lib/challenge/scene/scene.ts';
import { createRenderer } from '../../../lib/render/renderer.ts';

export const renderer = createRenderer(loadRenderAssets());
export const scenes = createSceneKind(renderer);

export const spec = (seed: string, more: Partial<ChallengeSpec> = {}): ChallengeSpec => ({
  seed,
  preset: 'flat',
  difficulty: 2,
  lang: 'en',
  format: 'png',
  ...more,
});
