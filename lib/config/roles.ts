/** What a deployment serves, where one only gives challenges and another only judges them. Health it always tells. */
import * as v from 'valibot';
import { list } from './fields.ts';

const ROLES = ['generate', 'verify'] as const;
export type ServedRole = (typeof ROLES)[number];

const EXPECTED = 'generate, verify, or both separated by a comma';

export const rolesEntries = {
  GLYPHGATE_ROLES: v.optional(
    v.pipe(
      v.string(EXPECTED),
      v.transform(list),
      v.minLength(1, EXPECTED),
      v.everyItem((role): role is ServedRole => ROLES.some((known) => known === role), EXPECTED),
      v.check((roles) => new Set(roles).size === roles.length, EXPECTED),
      v.transform((roles) => roles as readonly ServedRole[]),
    ),
    ROLES.join(','),
  ),
};

/** Who serves one role only needs somebody who serves the other, and both the same store. */
export function rolesProblems(given: Readonly<Record<string, string | undefined>>): readonly string[] {
  const roles = given.GLYPHGATE_ROLES;
  if (roles === undefined || list(roles).length > 1 || (given.GLYPHGATE_STORE ?? 'memory') !== 'memory')
    return [];
  return [
    `GLYPHGATE_STORE: expected a store that several processes share, since GLYPHGATE_ROLES is ${roles}; memory serves one process only`,
  ];
}
