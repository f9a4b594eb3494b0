/** Every kind of challenge. Adding one: its folder, a line here and in answers.ts, its name in challenge.ts. */
import type { Renderer } from '../render/renderer.ts';
import type { ChallengeKind, KindName } from './challenge.ts';
import { createRevealKind } from './reveal/reveal.ts';
import { createSceneKind } from './scene/scene.ts';
import { createTextKind } from './text/text.ts';

export function createKinds(renderer: Renderer): Readonly<Record<KindName, ChallengeKind>> {
  return {
    text: createTextKind(renderer),
    scene: createSceneKind(renderer),
    reveal: createRevealKind(renderer),
  };
}
