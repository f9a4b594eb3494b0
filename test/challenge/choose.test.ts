/** What comes where a request names nothing: by the weights of the policy, and nothing of weight 0. */
import { expect, it } from 'vitest';
import { choose } from '../../lib/challenge/choose.ts';
import { POLICIES, policyOf } from '../../lib/site/policy.ts';
import { seededRandom } from '../../lib/util/random.ts';
import { kinds } from '../http/rig.ts';

const DRAWS = 4000;

function shares(policy: (typeof POLICIES)['standard']) {
  const random = seededRandom('weights', policy.profile);
  const counts: Record<string, number> = {};
  for (let i = 0; i < DRAWS; i++) {
    const choice = choose(policy, kinds, {}, random);
    if ('field' in choice) throw new Error(choice.expected);
    counts[choice.kind.name] = (counts[choice.kind.name] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(counts).map(([kind, count]) => [kind, count / DRAWS]));
}

it.each([
  ['compat', { scene: 1 }],
  ['standard', { text: 0.75, scene: 0.25 }],
  ['strict', { text: 0.75, scene: 0.25 }],
  ['accessible', { scene: 1 }],
] as const)('%s', (profile, expected) => {
  const found = shares(POLICIES[profile]);
  expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
  for (const [kind, share] of Object.entries(expected)) expect(found[kind]).toBeCloseTo(share, 1);
});

it('a policy of one’s own', () => {
  const path = (weight: number) => ({ weight, rounds: 3 });
  const policy = policyOf({
    profile: 'standard',
    kinds: { audio: path(1), scene: path(0), text: path(9) },
  });
  const found = shares(policy);
  expect(Object.keys(found).sort()).toEqual(['audio', 'text']);
  expect(found.audio).toBeCloseTo(0.1, 1);
});
