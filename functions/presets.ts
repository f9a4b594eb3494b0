/** The operator's own presets, where a file is configured: read and checked. */
import { readFileSync } from 'node:fs';
import { ownPresets } from '../lib/challenge/text/look/own.ts';
import type { TextPreset } from '../lib/challenge/text/preset.ts';
import { ConfigError } from '../lib/errors.ts';
import type { Renderer } from '../lib/render/renderer.ts';

/** Throws `ConfigError` with everything that is wrong with the file. None without a path. */
export function loadPresets(path: string | undefined, renderer: Renderer): readonly TextPreset[] {
  if (path === undefined || path === '') return [];
  try {
    return ownPresets(readFileSync(path, 'utf8'), renderer);
  } catch (error) {
    const lines = (error as Error).message.split('\n');
    throw new ConfigError([`GLYPHGATE_PRESETS: ${path} can't be used:`, ...lines].join('\n  '));
  }
}
