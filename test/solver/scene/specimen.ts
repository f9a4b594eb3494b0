/** Challenges of one family, drawn like those that are issued, with everything an attacker could have of them and the answer. */
import { loadRenderAssets } from '../../../functions/assets.ts';
import type { Difficulty } from '../../../lib/challenge/challenge.ts';
import { FAMILIES } from '../../../lib/challenge/scene/families.ts';
import type { Draft, Family } from '../../../lib/challenge/scene/graph.ts';
import { LEVELS } from '../../../lib/challenge/scene/levels.ts';
import { paint } from '../../../lib/challenge/scene/paint.ts';
import { flaw } from '../../../lib/challenge/scene/proof.ts';
import { FACES } from '../../../lib/challenge/scene/scene.ts';
import { createRenderer } from '../../../lib/render/renderer.ts';
import { seededRandom } from '../../../lib/util/random.ts';

const renderer = createRenderer(loadRenderAssets());
export const look = {
  renderer,
  icons: new Map(renderer.icons.map((name, i) => [name, i])),
  faces: { 'zh-CN': renderer.face(FACES['zh-CN']), en: renderer.face(FACES.en) },
};

/** Every family that a difficulty draws from, once. */
export const familiesOf = (difficulty: Difficulty): Family[] => [...new Set(FAMILIES[difficulty])];

export function draftOf(family: Family, difficulty: Difficulty, seed: string): Draft {
  const random = seededRandom(seed, `solver ${family.name} ${difficulty}`);
  for (;;) {
    const draft = family(random, difficulty);
    if (!flaw(draft, LEVELS[difficulty].overlap)) return draft;
  }
}

export function pictureOf(draft: Draft, difficulty: Difficulty, seed: string): Uint8Array<ArrayBuffer> {
  return paint(look, draft, LEVELS[difficulty], 'en', seededRandom(seed, 'solver look')).encode('png');
}
