/** Brakes on the cost of the site that the environment describes: `GLYPHGATE_DAILY_BUDGET` and its like. */
import * as v from 'valibot';
import { integer, type LimitConfig, oneOf, rule } from './fields.ts';

export interface BrakeConfig {
  /** Challenges in one day (UTC). */
  readonly dailyChallenges: number | undefined;
  /** Wrong answers of all visitors together. */
  readonly failed: LimitConfig | undefined;
  /** What comes beyond: 429, or challenges of a harder profile. */
  readonly beyond: 'refuse' | 'standard' | 'strict' | 'accessible';
}

export const brakeEntries = {
  GLYPHGATE_DAILY_BUDGET: v.optional(integer(1, 1_000_000_000)),
  GLYPHGATE_LIMIT_SITE_FAILED: v.optional(rule),
  GLYPHGATE_BEYOND: v.optional(oneOf(['refuse', 'standard', 'strict', 'accessible']), 'refuse'),
};

type BrakeEnv = v.InferOutput<v.ObjectSchema<typeof brakeEntries, undefined>>;

export function brakeConfig(env: BrakeEnv): BrakeConfig | undefined {
  const { GLYPHGATE_DAILY_BUDGET: dailyChallenges, GLYPHGATE_LIMIT_SITE_FAILED: failed } = env;
  if (dailyChallenges === undefined && failed === undefined) return undefined;
  return { dailyChallenges, failed, beyond: env.GLYPHGATE_BEYOND };
}

/** A way out of brakes that are not there would go unnoticed. */
export function brakeProblems(given: Readonly<Record<string, string | undefined>>): readonly string[] {
  const {
    GLYPHGATE_DAILY_BUDGET: daily,
    GLYPHGATE_LIMIT_SITE_FAILED: failed,
    GLYPHGATE_BEYOND: beyond,
  } = given;
  if (beyond === undefined || daily !== undefined || failed !== undefined) return [];
  return [
    `GLYPHGATE_BEYOND: expected GLYPHGATE_DAILY_BUDGET or GLYPHGATE_LIMIT_SITE_FAILED beside it, or nothing here; it is "${beyond}"`,
  ];
}
