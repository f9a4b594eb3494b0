/**
 * Kind `scene`: a question about a picture, four options, all of it in the picture.
 *
 * A family draws up a question and a scene (families/), proof.ts shows that exactly one option is right, paint.ts draws.
 * The objects, their words and the sentences are tables (objects/, words.ts); layout.ts is the plan of the picture.
 */

import type { Renderer } from '../../render/renderer.ts';
import { seededRandom } from '../../util/random.ts';
import type { ChallengeKind, ChallengeSpec, Picture } from '../challenge.ts';
import { SCENE_PRESETS } from '../presets.ts';
import type { SceneSolution } from './check.ts';
import { FAMILIES } from './families.ts';
import { type Draft, LETTERS } from './graph.ts';
import { HEIGHT, NEEDED_HEIGHT, WIDTH } from './layout.ts';
import { LEVELS } from './levels.ts';
import { DESCRIPTION, NOTE } from './notes.ts';
import { type Look, paint } from './paint.ts';
import { flaw } from './proof.ts';

/** The face of each picture language. */
export const FACES = { 'zh-CN': 'scene-zh', en: 'scene-en' } as const;

export function createSceneKind(renderer: Renderer): ChallengeKind<SceneSolution> {
  const look: Look = {
    renderer,
    icons: new Map(renderer.icons.map((name, i) => [name, i])),
    faces: { 'zh-CN': renderer.face(FACES['zh-CN']), en: renderer.face(FACES.en) },
  };
  return {
    name: 'scene',
    presets: SCENE_PRESETS,
    generate(spec: ChallengeSpec) {
      const draft = drawUp(spec);
      const option = LETTERS[draft.right]!;
      return {
        solution: { option },
        answer: option,
        note: NOTE[spec.lang],
        description: DESCRIPTION[spec.lang],
        answerFormat: { type: 'choice', options: LETTERS },
        guess: 1 / LETTERS.length,
        picture: () => picture(look, draft, spec),
      };
    },
  };
}

/** A challenge that is proven to have one right answer. */
export function drawUp({ seed, difficulty }: Pick<ChallengeSpec, 'seed' | 'difficulty'>): Draft {
  const random = seededRandom(seed, `scene ${difficulty}`);
  const family = random.pick(FAMILIES[difficulty]);
  for (let tries = 0; tries < 50; tries++) {
    const draft = family(random, difficulty);
    if (!flaw(draft, LEVELS[difficulty].overlap)) return draft;
  }
  throw new Error(`scene: no sound draft at difficulty ${difficulty}`);
}

function picture(look: Look, draft: Draft, { seed, difficulty, lang, format }: ChallengeSpec): Picture {
  const random = seededRandom(seed, 'scene look');
  const surface = paint(look, draft, LEVELS[difficulty], lang, random);
  return {
    bytes: surface.encode(format),
    mediaType: format === 'png' ? 'image/png' : 'image/bmp',
    width: WIDTH,
    height: HEIGHT,
    usedHeight: NEEDED_HEIGHT,
  };
}
