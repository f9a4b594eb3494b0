/** The presets of the kinds that draw by no other table, apart from what draws them: a function that is woken reads only this at once. */
import type { PresetInfo } from './challenge.ts';
import { MODES } from './reveal/modes.ts';

export const SCENE_PRESETS: readonly PresetInfo[] = [
  { name: 'flat', formats: ['png', 'bmp'], alphabets: [] },
];
export const REVEAL_PRESETS: readonly PresetInfo[] = MODES.map((name) => ({
  name,
  formats: ['png'],
  alphabets: ['alphanumeric'],
}));
export const AUDIO_PRESETS: readonly PresetInfo[] = [
  { name: 'voices', formats: ['png'], alphabets: ['digits', 'letters'] },
];
