/** Which question of a bank a challenge asks. */
import type { Random } from '../../util/random.ts';
import type { Difficulty, PictureLanguage } from '../challenge.ts';
import type { BankQuestion } from './bank.ts';

export interface Asked {
  readonly question: BankQuestion;
  /** The language it is asked in: the wished one, unless the bank has nothing in it. */
  readonly lang: PictureLanguage;
}

/** Finds the questions for each language and difficulty once. */
export function createPicker(questions: readonly BankQuestion[]) {
  const pools = new Map<string, readonly BankQuestion[]>();
  return (random: Random, lang: PictureLanguage, difficulty: Difficulty): Asked => {
    const key = `${lang} ${difficulty}`;
    const pool = pools.get(key) ?? poolFor(questions, lang, difficulty);
    pools.set(key, pool);
    const question = weighted(pool, random);
    return { question, lang: question.languages.includes(lang) ? lang : question.languages[0]! };
  };
}

/** Language first. Of difficulties: the asked one, else the next harder, since it is a floor; else the hardest there is. */
export function poolFor(
  questions: readonly BankQuestion[],
  lang: PictureLanguage,
  difficulty: Difficulty,
): readonly BankQuestion[] {
  const inLanguage = questions.filter(({ languages }) => languages.includes(lang));
  const spoken = inLanguage.length > 0 ? inLanguage : questions;
  const levels = [difficulty, difficulty + 1, difficulty + 2, difficulty - 1, difficulty - 2];
  const level = levels.find((one) =>
    spoken.some((each) => (each.difficulty ?? one) === one && one >= 1 && one <= 3),
  );
  return spoken.filter((each) => (each.difficulty ?? level) === level);
}

function weighted(pool: readonly BankQuestion[], random: Random): BankQuestion {
  let left = random.below(pool.reduce((sum, { weight }) => sum + weight, 0));
  return pool.find(({ weight }) => {
    left -= weight;
    return left < 0;
  })!;
}
