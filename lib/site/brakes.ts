/**
 * Brakes on what one site may cost, whoever asks and from however many addresses: a daily budget of challenges, and a bound on wrong
 * answers. Beyond one of them a visitor gets a 429, or a challenge of a harder policy; an answer to a challenge that was given out is
 * always judged, so nobody can shut out those who have solved theirs.
 */
import type { BrakeConfig } from '../config/brakes.ts';
import { POLICIES, type Policy } from './policy.ts';

export interface Brakes {
  /** Challenges given out in one day (UTC); a chain of rounds counts once. Absent: no budget. */
  readonly dailyChallenges?: number | undefined;
  /** Wrong answers of all visitors together, in a sliding window. Absent: no bound. */
  readonly failed?: { readonly limit: number; readonly windowMs: number } | undefined;
  readonly beyond: 'refuse' | Policy;
}

/** Limits of a site's own instead of the service's: `generate` by address, `siteverify` for the site as a whole. */
export type SiteLimits = Readonly<
  Partial<
    Record<'generate' | 'siteverify', { readonly limit: number; readonly windowMs: number } | undefined>
  >
>;

export const brakesOf = (brakes: BrakeConfig | undefined): Brakes | undefined =>
  brakes && { ...brakes, beyond: brakes.beyond === 'refuse' ? 'refuse' : POLICIES[brakes.beyond] };
