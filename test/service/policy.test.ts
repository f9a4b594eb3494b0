/** Nothing weaker than the policy is ever issued, whoever asks and however it came about. */
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { kinds, rig } from '../http/rig.ts';

it('a kind that says of itself that it is easier than the policy allows is a fault', async () => {
  const { scene } = kinds;
  const easy = {
    ...scene!,
    generate: (spec: Parameters<typeof scene.generate>[0]) => ({ ...scene!.generate(spec), guess: 0.5 }),
  };
  const r = rig({ kinds: { ...kinds, scene: easy } });
  const { status, body } = await r.generate('kind=scene');
  expect({ status, code: body.error_code }).toEqual({ status: 500, code: 'internal_error' });
  expect(r.events).toMatchObject([{ event: 'fault', error: { code: 'policy_too_weak' } }]);
});

it('characters that a request sets for itself may not make it easier', async () => {
  const custom = { characters: true, length: [4, 8] };
  const site = {
    sitekey: 'own',
    secrets: [{ sha256: createHash('sha256').update('own').digest('hex') }],
    policy: { kinds: { text: { presets: ['plain'], custom } }, max_guess: 0.001 },
  };
  const r = rig({ env: { GLYPHGATE_SITES: JSON.stringify({ sites: [site] }) } });
  const ask = (query: string) => r.generate(`sitekey=own&lang=en&${query}`);
  const refused = await ask('characters=AB&length=8');
  expect(refused.status).toBe(400);
  expect(refused.body.error).toBe(
    'Invalid characters: expected what a blind guess passes at most 0.1 % of the time',
  );
  expect((await ask('characters=ABCD&length=8')).status).toBe(200);
});

it('a chain that began under an easier policy does not go on under a harder one', async () => {
  const before = rig({ env: { GLYPHGATE_PROFILE: 'standard' } });
  const after = rig({ env: { GLYPHGATE_PROFILE: 'strict' }, wrap: () => before.store });
  const { captcha_id } = (await before.generate('kind=scene')).body;
  const answer = await before.answerOf(captcha_id);
  const { chain } = (await after.verify({ captcha_id, answer })).body.next;
  expect((await after.generate(`chain=${chain}`)).status).toBe(404);
  expect(after.events).toEqual([]);
});
