/** Which families a script can follow. */

import type { Draft } from '../../../lib/challenge/scene/graph.ts';
import type { SceneObject } from '../../../lib/challenge/scene/objects.ts';
import { type Tracer, traceArrows, traceFence, tracePaths, traceRope } from './trace.ts';

export const TRACERS: Readonly<Record<string, Tracer>> = {
  maze: tracePaths,
  gaps: tracePaths,
  rope: traceRope,
  fence: traceFence,
  arrows: traceArrows,
};

/** The thing that a question names: the longest name that fits. */
export function askedAbout({ question, items }: Draft): SceneObject | undefined {
  return items
    .map(({ object }) => object)
    .filter(({ noun }) => question.en.includes(`the ${noun.en}`))
    .sort((a, b) => b.noun.en.length - a.noun.en.length)[0];
}
