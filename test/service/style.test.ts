/** What a deployment's key and the week decide about a picture, and that a live challenge is drawn the same whatever changes. */
import { expect, test } from 'vitest';
import { createKeyring } from '../../lib/token/keys.ts';
import { type Reply, rig } from '../http/rig.ts';

const OLD = 'an-old-master-key-of-the-deployment-long-enough';
const NEW = 'the-new-master-key-of-the-deployment-long-enough';
const WEEK = 7 * 24 * 3600 * 1000;
const env = (keys: string) => ({ GLYPHGATE_MASTER_KEY: keys, GLYPHGATE_PROFILE: 'standard' });
const ask = 'kind=text&preset=strong&difficulty=2&lang=en';

const pictureOf = async (r: ReturnType<typeof rig>, id: string): Promise<Reply> =>
  r.call(`/api/captcha/${id}/image`, { from: r.newVisitor() });

test('a live challenge is drawn the same after the keys were rotated', async () => {
  const before = rig({ env: env(OLD) });
  const { body } = await before.generate(ask);
  const after = rig({ env: env(`${NEW},${OLD}`), wrap: () => before.store });
  const drawn = await pictureOf(after, body.captcha_id);
  expect(drawn.status).toBe(200);
  expect(Buffer.from(drawn.bytes).toString('base64')).toBe(body.image_base64.replace(/^data:[^,]*,/, ''));
  const answer = await after.answerOf(body.captcha_id);
  expect((await after.verify({ captcha_id: body.captcha_id, answer })).body).toMatchObject({ success: true });
});

test('and after the week has ended', async () => {
  const r = rig({ env: env(OLD) });
  r.advance(WEEK - (r.now() % WEEK) - 1000);
  const { body } = await r.generate(ask);
  const week = Math.floor(r.now() / WEEK);
  r.advance(2000);
  expect(Math.floor(r.now() / WEEK)).toBe(week + 1);
  const drawn = await pictureOf(r, body.captcha_id);
  expect(Buffer.from(drawn.bytes).toString('base64')).toBe(body.image_base64.replace(/^data:[^,]*,/, ''));
});

test('a style is that of a key and a week alone, and tells neither', () => {
  const [old, fresh] = [createKeyring([OLD]).current, createKeyring([NEW]).current];
  const names = [old.style(1), old.style(2), fresh.style(1), fresh.style(2)];
  expect(new Set(names).size).toBe(4);
  for (const name of names) expect(name).toMatch(/^[A-Za-z0-9_-]{22}$/);
  expect(createKeyring([OLD]).current.style(1)).toBe(names[0]);
  expect(old.style(1)).toBe(names[0]);
});
