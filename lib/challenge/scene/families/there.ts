/**
 * "What is there" and "what is not there". The four options are chosen first, as a set; then one of them by lot is the odd one out.
 * So no object is right more often than another, whatever the options are.
 */
import type { Random } from '../../../util/random.ts';
import type { Difficulty } from '../../challenge.ts';
import { chooseOptions, gather, sameSortAs } from '../choose.ts';
import type { Draft, Family } from '../graph.ts';
import { LEVELS } from '../levels.ts';
import { OBJECTS, type SceneObject } from '../objects.ts';
import { place } from '../place.ts';
import { QUESTIONS } from '../words.ts';

/** One option is in the picture. */
export const there: Family = (random, difficulty) => draft(random, difficulty, 'there');

/** One option is not. */
export const missing: Family = (random, difficulty) => draft(random, difficulty, 'missing');

function draft(random: Random, difficulty: Difficulty, says: 'there' | 'missing'): Draft {
  const level = LEVELS[difficulty];
  const options = chooseOptions(random, difficulty);
  const right = random.below(4);
  const shown = options.filter((_, i) => (i === right) === (says === 'there'));
  const total = random.integer(...level.things);
  const others = fillers(random, options, total - shown.length, difficulty);
  return {
    items: place(random, [...shown, ...others], level),
    question: random.pick(QUESTIONS[says]),
    claims: options.map((object) => ({ says, object })),
    right,
  };
}

/** What else lies there; when it is to be hard, half of it of the options' own sorts. Nothing that could be taken for an option. */
function fillers(
  random: Random,
  options: readonly SceneObject[],
  count: number,
  difficulty: Difficulty,
): SceneObject[] {
  const near = difficulty === 1 ? [] : gather(random, sameSortAs(random.pick(options)), count >> 1, options);
  return [...near, ...gather(random, OBJECTS, count - near.length, [...options, ...near])];
}
