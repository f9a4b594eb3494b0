/**
 * "How many". The window of four numbers is drawn first and the answer uniformly inside it, so neither the window nor a number's
 * rank in it says anything; how many things lie there in all does not depend on the answer, and what lies beside the counted
 * things weighs about as much as they do, so that neither ink nor the length of the file follows the answer.
 */
import type { Random } from '../../../util/random.ts';
import type { Difficulty } from '../../challenge.ts';
import { alikeTo, BY_WEIGHT, gather, ofWeight, sameSortAs } from '../choose.ts';
import type { Draft, Family, Subject } from '../graph.ts';
import { LEVELS } from '../levels.ts';
import { OBJECTS, type SceneObject } from '../objects.ts';
import { place } from '../place.ts';
import { COLLECTIONS, type Collection, QUESTIONS } from '../words.ts';

const COUNTABLE = OBJECTS.filter((object) => object.countable);

/** How many of one object. */
export const howMany: Family = (random, difficulty) => {
  const subject = random.pick(COUNTABLE);
  const asked: Subject = { holds: (object) => object === subject, many: subject.many };
  const kinds = random.integer(3, 4 + difficulty);
  const close = difficulty === 3 ? alikeTo(subject) : sameSortAs(subject);
  const near =
    difficulty === 1 ? [] : gather(random, ofWeight(subject.weight, close, 8), kinds >> 1, [subject]);
  const far = ofWeight(subject.weight, BY_WEIGHT, 60);
  const others = [...near, ...gather(random, far, kinds - near.length, [subject, ...near])];
  return draft(random, difficulty, asked, () => subject, others);
};

/** Whose members are counted among what. */
const GROUPS = COLLECTIONS.map((collection) => ({
  collection,
  members: BY_WEIGHT.filter((object) => collection.holds(object) && object.countable && object.typical),
  outside: BY_WEIGHT.filter((object) => isFar(object, collection)),
}));

/** How many of a collection: animals, fruit, flowers. */
export const howManyOf: Family = (random, difficulty) => {
  const { collection, members, outside } = random.pick(GROUPS);
  const kinds = gather(random, members, random.integer(3, 5));
  const weight = kinds.reduce((sum, object) => sum + object.weight, 0) / kinds.length;
  const others = gather(random, ofWeight(weight, outside, 40), random.integer(3, 4 + difficulty), kinds);
  return draft(random, difficulty, collection, () => random.pick(kinds), others);
};

/** Beyond argument not one of them. */
function isFar(object: SceneObject, collection: Collection): boolean {
  return object.typical && !collection.holds(object) && !collection.near.includes(object.sort);
}

function draft(
  random: Random,
  difficulty: Difficulty,
  subject: Subject,
  member: () => SceneObject,
  others: readonly SceneObject[],
): Draft {
  const level = LEVELS[difficulty];
  const lowest = random.integer(...level.window);
  const right = random.below(4);
  const total = random.integer(...level.counted);
  const counted = Array.from({ length: lowest + right }, member);
  const rest = Array.from({ length: total - counted.length }, () => random.pick(others));
  return {
    items: place(random, [...counted, ...rest], level),
    question: asking(random, subject),
    claims: [0, 1, 2, 3].map((i) => ({ says: 'count', subject, number: lowest + i })),
    right,
  };
}

function asking(random: Random, subject: Subject): Draft['question'] {
  const words = random.pick(QUESTIONS.count);
  return {
    'zh-CN': words['zh-CN'].replace('{}', subject.many['zh-CN']),
    en: words.en.replace('{}', subject.many.en),
  };
}
