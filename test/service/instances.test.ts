/** Two instances on one store: what one has counted the other must refuse, though its own memory knows of nothing. */
import { expect, it } from 'vitest';
import { type Rig, rig } from '../http/rig.ts';

const LIMITS = {
  GLYPHGATE_LIMIT_GENERATE: '2/60s',
  GLYPHGATE_LIMIT_VERIFY: '2/60s',
  GLYPHGATE_LIMIT_MEDIA: '2/60s',
  GLYPHGATE_LIMIT_REVEAL: '2/60s',
  GLYPHGATE_LIMIT_SITEVERIFY: '2/60s',
};
const from = '203.0.113.9';

const ways: Readonly<Record<string, (r: Rig, id: string) => Promise<{ status: number }>>> = {
  generate: (r) => r.generate('kind=text', from),
  refresh: (r, captcha_id) => r.call('/api/captcha/refresh', { body: { captcha_id }, from }),
  verify: (r, captcha_id) => r.verify({ captcha_id, answer: 'X' }, from),
  image: (r, id) => r.call(`/api/captcha/${id}/image`, { from }),
  audio: (r, id) => r.call(`/api/captcha/${id}/audio?lang=en`, { from }),
  reveal: (r, id) =>
    r.call(`/api/captcha/${id}/reveal`, {
      body: { trail: Array.from({ length: 10 }, (_, i) => [20 + i / 10, 20, 60 * i]) },
      from,
    }),
};

it.each(Object.entries(ways))('%s', async (name, ask) => {
  const one = rig({ env: LIMITS });
  const two = rig({ env: LIMITS, wrap: () => one.store });
  const fresh = async () =>
    (await one.generate(name === 'reveal' ? 'kind=reveal' : 'kind=text')).body.captcha_id as string;
  const statuses: number[] = [];
  for (const r of [one, one, two, two]) statuses.push((await ask(r, await fresh())).status);
  expect(statuses).toEqual([200, 200, 429, 429]);
});

const DAILY = { GLYPHGATE_DAILY_BUDGET: '1', GLYPHGATE_LIMIT_GENERATE: '30/60s' };

it('a budget that another instance has seen spent is refused until midnight', async () => {
  const one = rig({ env: DAILY });
  const two = rig({ env: DAILY, wrap: () => one.store });
  await one.generate();
  const refused = await two.generate();
  expect(refused.status).toBe(429);
  expect(refused.headers.get('Retry-After')).toBe(String(12 * 3600));
});

it('beyond such a budget a challenge of the harder policy counts once against its visitor', async () => {
  const env = { ...DAILY, GLYPHGATE_BEYOND: 'strict' };
  const one = rig({ env });
  const two = rig({ env, wrap: () => one.store });
  await one.generate();
  const beyond = await two.generate('kind=scene', from);
  expect(beyond.body).toMatchObject({ kind: 'scene', rounds: 4 });
  const next = await two.generate('kind=scene', from);
  expect(next.headers.get('RateLimit')).toMatch(/^"generate";r=28;/);
});
