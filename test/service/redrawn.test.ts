/** A challenge that this release would draw up as another one than the record judges is not shown, but can still be answered. */
import { expect, test } from 'vitest';
import type { ChallengeKind, ChallengeSpec, Format } from '../../lib/challenge/challenge.ts';
import type { Kinds } from '../../lib/challenge/choose.ts';
import { trailTo } from '../challenge/reveal/kit.ts';
import { kinds, rig } from '../http/rig.ts';

/** Draws every puzzle up from another seed, as a release may that changed how they are drawn up. */
const otherwise = <K extends ChallengeKind>(kind: K): K => ({
  ...kind,
  generate: (spec: ChallengeSpec<Format>) => kind.generate({ ...spec, seed: `${spec.seed}-otherwise` }),
});
const nextRelease = Object.fromEntries(
  Object.entries(kinds).map(([name, kind]) => [name, otherwise(kind as ChallengeKind)]),
) as Kinds;

test.each([
  ['kind=text&preset=plain&lang=en', 'image', undefined],
  ['kind=text&preset=plain&lang=en', 'audio', undefined],
  ['kind=reveal&lang=en', 'reveal', { trail: trailTo(100, 40) }],
])('%s: /%s is a 404 after the upgrade, and the answer still counts', async (query, path, body) => {
  const before = rig();
  const after = rig({ kinds: nextRelease, wrap: () => before.store });
  const { captcha_id: id } = (await before.generate(query)).body;
  const answer = await before.answerOf(id);
  const media = (r: typeof before) =>
    r.call(`/api/captcha/${id}/${path}`, { ...(body && { body }), from: r.newVisitor() });
  expect((await media(before)).status).toBe(200);
  expect(await media(after)).toMatchObject({ status: 404, body: { error_code: 'challenge_not_found' } });
  expect((await after.verify({ captcha_id: id, answer })).body).toMatchObject({ verified: true });
});

test('a scene is shown where the same option is right, and only there', async () => {
  const before = rig();
  const after = rig({ kinds: nextRelease, wrap: () => before.store });
  let shown = 0;
  for (let i = 0; i < 24; i++) {
    const { captcha_id: id } = (await before.generate('difficulty=1&lang=en')).body;
    const answer = await before.answerOf(id);
    const redrawn = await after.service.recall(id, { address: after.newVisitor() });
    if (redrawn.ok) expect(redrawn.puzzle.answer).toBe(answer);
    shown += Number(redrawn.ok);
  }
  expect(shown).toBeGreaterThan(0);
  expect(shown).toBeLessThan(24);
});

test('a look that is gone is not shown, and is traded for what there is', async () => {
  const { text } = kinds;
  const presets = text!.presets.filter(({ name }) => name !== 'classic');
  const before = rig();
  const after = rig({ kinds: { ...kinds, text: { ...text!, presets } }, wrap: () => before.store });
  const { captcha_id } = (await before.generate('kind=text&preset=classic')).body;
  expect((await after.call(`/api/captcha/${captcha_id}/image`)).status).toBe(404);
  expect((await after.call(`/api/captcha/${captcha_id}/audio`)).status).toBe(404);
  const fresh = await after.call('/api/captcha/refresh', { body: { captcha_id } });
  expect(fresh.body).toMatchObject({ success: true, kind: 'text', preset: 'strong' });
  expect(after.events).toEqual([]);
});

test('a policy that became harder trades an easier challenge for one of its own', async () => {
  const before = rig({ env: { GLYPHGATE_PROFILE: 'compat' } });
  const after = rig({ env: { GLYPHGATE_PROFILE: 'strict' }, wrap: () => before.store });
  const { captcha_id } = (await before.generate('kind=text&preset=classic&difficulty=1')).body;
  const refused = await after.call('/api/captcha/refresh', { body: { captcha_id, kind: 'audio' } });
  expect(refused.body.error_code).toBe('invalid_kind');
  const fresh = (await after.call('/api/captcha/refresh', { body: { captcha_id } })).body;
  expect(fresh).toMatchObject({ kind: 'text', preset: 'strong' });
  expect(fresh.difficulty).toBeGreaterThanOrEqual(2);
});
