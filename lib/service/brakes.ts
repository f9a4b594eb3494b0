/**
 * Giving out a challenge while the site's brakes hold (site/brakes.ts). Their counts ride along with the visitor's own; only where nothing
 * else refuses do they speak, and then the site's choice is what comes next: a 429, or one more go under its harder policy.
 */
import type { Unavailable } from '../challenge/challenge.ts';
import { type Choice, choose, type Kinds, type Wish } from '../challenge/choose.ts';
import { isBrake, type PlannedHit } from '../rate-limit/limiter.ts';
import type { Policy } from '../site/policy.ts';
import type { Site } from '../site/site.ts';
import type { Issued, Refusal, ServiceParts } from './contract.ts';

/** `work` gives out a challenge under a policy and counts what it is given. */
export async function underBrakes(
  { limiter }: ServiceParts,
  site: Site,
  own: readonly PlannedHit[],
  work: (policy: Policy, counted: readonly PlannedHit[]) => Promise<Issued | Refusal>,
): Promise<Issued | Refusal> {
  if (!site.brakes) return work(site.policy, own);
  const { beyond } = site.brakes;
  const { hits, known } = limiter.brakes(site);
  if (known) return beyond === 'refuse' ? { ok: false, reason: 'limited', limit: known } : work(beyond, own);
  const first = await work(site.policy, [...own, ...hits]);
  const braked = !first.ok && first.reason === 'limited' && isBrake(first.limit.bucket);
  // The visitor's own hits were counted by the first go.
  return braked && beyond !== 'refuse' ? work(beyond, []) : first;
}

/** Under the harder policy a wish that it does not grant is dropped: the page that asks knows nothing of brakes. */
export function chooseUnder(
  { random }: ServiceParts,
  site: Site,
  policy: Policy,
  kinds: Kinds,
  wish: Wish,
): Choice | Unavailable {
  const choice = choose(policy, kinds, wish, random);
  if (!('field' in choice) || policy === site.policy) return choice;
  return chooseNear({ random }, policy, kinds, wish.kind);
}

/** Of this kind where the policy has it, else of any. */
export function chooseNear(
  { random }: Pick<ServiceParts, 'random'>,
  policy: Policy,
  kinds: Kinds,
  kind: string | undefined,
): Choice | Unavailable {
  const sameKind = choose(policy, kinds, { kind }, random);
  return 'field' in sameKind ? choose(policy, kinds, {}, random) : sameKind;
}
