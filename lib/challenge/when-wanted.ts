/**
 * Every kind, loaded when a challenge of it is first wanted; `text` at once, for it is what is wanted most. For functions that are woken
 * to give one challenge: a process that stays takes registry.ts.
 */
import type { Renderer } from '../render/renderer.ts';
import type { ChallengeKind, KindName, PresetInfo } from './challenge.ts';
import { AUDIO_PRESETS, REVEAL_PRESETS, SCENE_PRESETS } from './presets.ts';
import type { KindOptions } from './registry.ts';
import { createTextKind } from './text/text.ts';

export interface KindsWhenWanted {
  readonly kinds: Readonly<Record<KindName, ChallengeKind>>;
  /** For whoever judges all of them before one is asked for. */
  loadAll(): Promise<void>;
}

export function createKindsWhenWanted(renderer: Renderer, options: KindOptions = {}): KindsWhenWanted {
  const scene = whenWanted('scene', SCENE_PRESETS, async () =>
    (await import('./scene/scene.ts')).createSceneKind(renderer),
  );
  const reveal = whenWanted('reveal', REVEAL_PRESETS, async () =>
    (await import('./reveal/reveal.ts')).createRevealKind(renderer, {}, options.text?.presets),
  );
  const audio = whenWanted('audio', AUDIO_PRESETS, async () =>
    (await import('./audio/audio.ts')).createAudioKind(renderer),
  );
  return {
    kinds: { text: createTextKind(renderer, options.text), scene, reveal, audio },
    async loadAll() {
      for (const kind of [scene, reveal, audio]) await kind.ready();
    },
  };
}

function whenWanted(name: KindName, presets: readonly PresetInfo[], load: () => Promise<ChallengeKind>) {
  let kind: ChallengeKind | undefined;
  return {
    name,
    presets,
    async ready() {
      kind ??= await load();
    },
    generate(spec) {
      if (!kind) throw new Error(`kind ${name}: expected ready() to be awaited first`);
      return kind.generate(spec);
    },
  } satisfies ChallengeKind;
}
