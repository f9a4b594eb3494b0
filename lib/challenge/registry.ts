/** Every kind of challenge. Adding one: its folder, a line here and in answers.ts, its name in challenge.ts. */
import type { Renderer } from '../render/renderer.ts';
import { createAudioKind } from './audio/audio.ts';
import type { ChallengeKind, KindName } from './challenge.ts';
import { createRevealKind } from './reveal/reveal.ts';
import { createSceneKind } from './scene/scene.ts';
import { createTextKind, type TextKindOptions } from './text/text.ts';

export interface KindOptions {
  readonly text?: TextKindOptions;
}

export function createKinds(
  renderer: Renderer,
  options: KindOptions = {},
): Readonly<Record<KindName, ChallengeKind>> {
  return {
    text: createTextKind(renderer, options.text),
    scene: createSceneKind(renderer),
    reveal: createRevealKind(renderer, {}, options.text?.presets),
    audio: createAudioKind(renderer),
  };
}
