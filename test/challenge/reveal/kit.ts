/** What the tests of the kind share. */
import type { Difficulty } from '../../../lib/challenge/challenge.ts';
import type { RevealOptions } from '../../../lib/challenge/reveal/options.ts';
import { createRevealKind } from '../../../lib/challenge/reveal/reveal.ts';
import type { Trail } from '../../../lib/challenge/reveal/trail.ts';
import { newRenderer } from '../../render/stage.ts';

const renderer = newRenderer();

export function puzzleOf(
  seed: string,
  preset: 'guarded' | 'client' = 'guarded',
  more: { difficulty?: Difficulty; lang?: 'en' | 'zh-CN'; options?: Partial<RevealOptions> } = {},
) {
  const { difficulty = 2, lang = 'en', options } = more;
  return createRevealKind(renderer, options).generate({ seed, preset, difficulty, lang, format: 'png' });
}

/** A hand that goes straight from one corner to a place and rests there. */
export function trailTo(
  x: number,
  y: number,
  { from = [2, 2], rest = 460 }: { from?: readonly [number, number]; rest?: number } = {},
): Trail {
  const steps = Math.max(6, Math.ceil(Math.hypot(x - from[0], y - from[1]) / 20));
  const way = Array.from({ length: steps + 1 }, (_, i): [number, number, number] => [
    from[0] + ((x - from[0]) * i) / steps,
    from[1] + ((y - from[1]) * i) / steps,
    i * 16,
  ]);
  const end = steps * 16;
  return [...way, [x, y, end + rest / 2], [x, y, end + rest]];
}
