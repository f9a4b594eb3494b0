/**
 * Blind and lazy attackers against every profile: one guesses as well as can be without looking, one also picks the weakest path
 * that the policy lets a request reach. What they win must be what the tokens say.
 */
import { describe, expect, it } from 'vitest';
import { ALPHABETS, DIFFICULTIES } from '../../lib/challenge/challenge.ts';
import { choose } from '../../lib/challenge/choose.ts';
import type { Issued } from '../../lib/service/contract.ts';
import { POLICIES, PROFILES, type Profile } from '../../lib/site/policy.ts';
import { secureRandom, seededRandom } from '../../lib/util/random.ts';
import { kinds, rig } from '../http/rig.ts';

const ATTEMPTS = 4_000;

const env = (profile: Profile) => ({ GLYPHGATE_PROFILE: profile });

/** Every choice that a request can reach under a policy. */
function reachable(profile: Profile) {
  const policy = POLICIES[profile];
  return policy.paths.flatMap(({ kind }) =>
    kinds[kind as 'text'].presets.flatMap(({ name }) =>
      DIFFICULTIES.flatMap((difficulty) =>
        [undefined, ...ALPHABETS].flatMap((alphabet) => {
          const choice = choose(policy, kinds, { kind, preset: name, difficulty, alphabet }, secureRandom());
          return 'field' in choice ? [] : [{ kind, preset: name, difficulty, alphabet, choice }];
        }),
      ),
    ),
  );
}

const guessOf = (path: ReturnType<typeof reachable>[number]) => {
  const { kind, preset, difficulty, format, alphabet } = path.choice;
  const spec = {
    seed: 'guess',
    preset,
    difficulty,
    format,
    lang: 'en',
    ...(alphabet && { alphabet }),
  } as const;
  return kind.generate(spec).guess ** path.choice.rounds;
};

describe.each(PROFILES)('profile %s', (profile) => {
  it('no reachable path is weaker than the policy says', () => {
    const paths = reachable(profile);
    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths) expect(guessOf(path)).toBeLessThanOrEqual(POLICIES[profile].maxGuess);
  });
});

/** Undrawn: an attacker who does not look needs no picture, and the puzzle is the same. */
async function attack(profile: Profile, query: object, attempts = ATTEMPTS) {
  const r = rig({ env: env(profile) });
  const random = seededRandom('attacker', profile);
  let tokens = 0;
  let claimed = 0;
  for (let i = 0; i < attempts; i++) {
    const subject = { address: r.newVisitor() };
    let issued = (await r.service.generate({ lang: 'en', ...query }, subject)) as Issued;
    for (;;) {
      const answer = blindAnswer(issued, random);
      const verdict = await r.service.verify({ id: issued.id, answer, hostname: '' }, subject);
      if (!verdict.ok) throw new Error('unexpected refusal');
      if (verdict.verified) tokens++;
      if (verdict.verified || !('next' in verdict)) break;
      issued = (await r.service.generate({ lang: 'en', chain: verdict.next.chain }, subject)) as Issued;
    }
    claimed += issued.record.guess;
  }
  return { rate: tokens / attempts, claimed: claimed / attempts };
}

function blindAnswer({ puzzle }: Issued, random: ReturnType<typeof seededRandom>): string {
  const format = puzzle.answerFormat;
  if (format.type === 'choice') return random.pick(format.options);
  if (format.type === 'number') return String(random.integer(2, 99));
  const symbols: Record<string, string> = {
    digits: '0123456789',
    letters: 'ACDEHJKMNPRTUVWXY',
    alphanumeric: 'ACDEHJKMNPRTUVWXY3479',
  };
  return Array.from({ length: format.length ?? 5 }, () => random.pick([...symbols[format.alphabet]!])).join(
    '',
  );
}

/** Four standard errors and a little: a fair test fails once in some ten thousand runs. */
const slack = (p: number, attempts = ATTEMPTS) => 4 * Math.sqrt((p * (1 - p)) / attempts) + 0.0005;

describe('4,000 blind attempts', () => {
  it.each(['standard', 'strict'] as const)(
    'on %s yield a token to at most 2 in 100, as the guess says',
    async (profile) => {
      const { rate, claimed } = await attack(profile, {});
      expect(rate).toBeLessThanOrEqual(0.02);
      expect(claimed).toBeLessThanOrEqual(POLICIES[profile].maxGuess);
      expect(Math.abs(rate - claimed)).toBeLessThanOrEqual(slack(claimed));
    },
    120_000,
  );

  it('on compat pass one in four, as the guess says', async () => {
    const { rate, claimed } = await attack('compat', {});
    expect(claimed).toBe(0.25);
    expect(Math.abs(rate - 0.25)).toBeLessThanOrEqual(slack(0.25));
  }, 120_000);
});

describe('a picker of the weakest path', () => {
  it.each(['standard', 'strict'] as const)(
    'gets nowhere on %s',
    async (profile) => {
      const weakest = reachable(profile).reduce((a, b) => (guessOf(b) > guessOf(a) ? b : a));
      const { kind, preset, difficulty, alphabet } = weakest;
      const { rate } = await attack(profile, { kind, preset, difficulty, alphabet });
      expect(rate).toBeLessThanOrEqual(0.02);
    },
    120_000,
  );

  it.each([
    ['standard', 'kind=text&preset=bitmap'],
    ['standard', 'kind=text&preset=classic'],
    ['strict', 'difficulty=1'],
    ['accessible', 'kind=text'],
  ] as const)('cannot leave %s by %s', async (profile, query) => {
    expect((await rig({ env: env(profile) }).generate(query)).status).toBe(400);
  });

  it('cannot leave it by refresh either', async () => {
    const r = rig({ env: env('strict') });
    const { body } = await r.generate('kind=scene');
    const fresh = await r.call('/api/captcha/refresh', { body: { captcha_id: body.captcha_id } });
    expect(fresh.body.difficulty).toBeGreaterThanOrEqual(2);
    expect(fresh.body.rounds).toBe(4);
  });
});
