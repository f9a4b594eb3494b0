/** Everything that draws and speaks, and what the operator put into the zip of it. What was not put there is not in the code either. */
import { createKindsWhenWanted } from '../../lib/challenge/when-wanted.ts';
import type { Config } from '../../lib/config.ts';
import { createRenderer } from '../../lib/render/renderer.ts';
import { loadEncoder, loadRenderAssets } from '../assets.ts';
import { loadSpeech } from '../speech.ts';

/** Written in by the build. */
declare const OWN_PRESETS: boolean;
declare const OWN_VOICES: boolean;
declare const OWN_QUESTIONS: boolean;

/** Throws `ConfigError` when something of the operator's has problems. */
export async function openDrawing({ presets, voices, questions, sites }: Config) {
  const renderer = createRenderer(loadRenderAssets());
  const own = OWN_PRESETS ? (await import('../presets.ts')).loadPresets(presets, renderer) : [];
  const { kinds, loadAll } = createKindsWhenWanted(renderer, { text: { own, loadEncoder } });
  // Policies of the operator's own are measured on the kinds themselves.
  if (sites.length > 0) await loadAll();
  const mixed =
    OWN_QUESTIONS && questions
      ? await (await import('../questions.ts')).mixPhotosIn(kinds.scene, renderer, questions)
      : undefined;
  const said = OWN_VOICES && voices ? (await import('../own-voices.ts')).loadOwnVoices(voices) : undefined;
  return {
    renderer,
    speech: loadSpeech(said),
    kinds: mixed ? { ...kinds, scene: mixed.scene } : kinds,
    ownQuestions: mixed?.ownQuestions,
  };
}
