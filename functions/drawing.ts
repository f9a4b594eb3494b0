/** Everything that draws and speaks, and the operator's bank. Loaded only where challenges are given: a verifier holds none of it. */
import { createKinds } from '../lib/challenge/registry.ts';
import type { Config } from '../lib/config.ts';
import { createRenderer } from '../lib/render/renderer.ts';
import { loadEncoder, loadRenderAssets } from './assets.ts';
import { loadPresets } from './presets.ts';
import { loadSpeech } from './speech.ts';

/** Throws `ConfigError` when the bank or the voices have problems. */
export async function openDrawing(config: Config) {
  const { questions } = config;
  const renderer = createRenderer(loadRenderAssets());
  const drawn = createKinds(renderer, {
    text: { own: loadPresets(config.presets, renderer), loadEncoder },
  });
  const mixed =
    questions && (await (await import('./questions.ts')).mixPhotosIn(drawn.scene, renderer, questions));
  return {
    renderer,
    speech: loadSpeech(await ownVoices(config)),
    kinds: mixed ? { ...drawn, scene: mixed.scene } : drawn,
    ownQuestions: mixed?.ownQuestions,
  };
}

async function ownVoices({ voices }: Config) {
  return voices === undefined ? undefined : (await import('./own-voices.ts')).loadOwnVoices(voices);
}
