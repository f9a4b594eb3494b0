/** What a drawing paints, without a renderer: every call, in order. */
import { THEMES } from '../../../lib/challenge/scene/colors.ts';
import type { Draft } from '../../../lib/challenge/scene/graph.ts';
import type { PaintSurface } from '../../../lib/render/types.ts';

export interface Call {
  readonly name: string;
  readonly numbers: readonly number[];
}

export function painted({ drawing, items }: Draft): Call[] {
  const calls: Call[] = [];
  const surface = new Proxy({} as PaintSurface, {
    get:
      (_, name) =>
      (...words: unknown[]) =>
        calls.push({ name: String(name), numbers: words.flat(2).filter((word) => typeof word === 'number') }),
  });
  drawing?.paint?.(surface, THEMES[0]!, items);
  return calls;
}
