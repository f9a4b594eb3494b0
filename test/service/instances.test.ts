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
