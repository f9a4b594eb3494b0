/** Brakes on a site's cost, through HTTP: from the environment to the reply. */
import { describe, expect, it } from 'vitest';
import { rig } from './rig.ts';

const wrong = async (r: ReturnType<typeof rig>, times: number) => {
  for (let i = 0; i < times; i++) {
    const { body } = await r.generate('kind=text&preset=classic');
    const { captcha_id } = body;
    expect((await r.verify({ captcha_id, answer: await r.wrongAnswerOf(captcha_id) })).status).toBe(200);
  }
};

describe('beyond the daily budget', () => {
  it('visitors whom no limit has seen get 429 until midnight UTC', async () => {
    const r = rig({ env: { GLYPHGATE_DAILY_BUDGET: '3' } });
    for (let i = 0; i < 3; i++) {
      const { status, headers } = await r.generate();
      expect(status).toBe(200);
      expect(headers.get('RateLimit-Policy')).toBe('"generate";q=30;w=60');
    }
    const refused = await r.generate();
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ success: false, code: 429, error_code: 'rate_limited' });
    expect(refused.headers.get('Retry-After')).toBe(String(12 * 3600));
    expect(refused.headers.get('RateLimit-Policy')).toBe('"daily";q=3;w=86400');
    expect((await r.call('/api/captcha/image', { from: r.newVisitor() })).status).toBe(429);
    r.advance(12 * 3_600_000);
    expect((await r.generate()).status).toBe(200);
  });

  it('a challenge that was given out is still judged and redeemed', async () => {
    const r = rig({ env: { GLYPHGATE_DAILY_BUDGET: '1' } });
    const { captcha_id } = (await r.generate('kind=text')).body;
    expect((await r.generate()).status).toBe(429);
    const verdict = await r.verify({ captcha_id, answer: await r.answerOf(captcha_id) });
    expect((await r.siteverify(verdict.body.token)).body.success).toBe(true);
  });

  it('a refused refresh spends nothing', async () => {
    const r = rig({ env: { GLYPHGATE_DAILY_BUDGET: '1' } });
    const { captcha_id } = (await r.generate('kind=text')).body;
    const refresh = await r.call('/api/captcha/refresh', { body: { captcha_id } });
    expect(refresh.status).toBe(429);
    const verdict = await r.verify({ captcha_id, answer: await r.answerOf(captcha_id) });
    expect(verdict.body.verified).toBe(true);
  });

  it('a chain of rounds counts once', async () => {
    const r = rig({ env: { GLYPHGATE_DAILY_BUDGET: '1', GLYPHGATE_PROFILE: 'accessible' } });
    let { body } = await r.generate();
    for (let round = 1; round < 3; round++) {
      const { captcha_id } = body;
      const step = await r.verify({ captcha_id, answer: await r.answerOf(captcha_id) });
      ({ body } = await r.generate(`chain=${step.body.next.chain}`));
      expect(body.round).toBe(round + 1);
    }
  });

  it('or a harder policy: whatever is asked for, and by refresh too', async () => {
    const r = rig({ env: { GLYPHGATE_DAILY_BUDGET: '2', GLYPHGATE_BEYOND: 'strict' } });
    const soft = (await r.generate('kind=scene')).body;
    expect(soft.rounds).toBe(1);
    await r.generate();
    for (const query of [
      '',
      'kind=scene',
      'kind=text&preset=classic',
      'kind=reveal&preset=client',
      'preset=bitmap&difficulty=1',
    ]) {
      const { status, body } = await r.generate(query);
      expect(status).toBe(200);
      expect(body.kind === 'text' ? body.preset : body.rounds).toBe(body.kind === 'text' ? 'strong' : 4);
      if (query.startsWith('kind=text')) expect(body.kind).toBe('text');
      const verdict = await r.verify({
        captcha_id: body.captcha_id,
        answer: await r.answerOf(body.captcha_id),
      });
      expect(verdict.body.verified || verdict.body.next.remaining === 3).toBe(true);
    }
    const { body } = await r.call('/api/captcha/refresh', {
      body: { captcha_id: soft.captcha_id },
      from: r.newVisitor(),
    });
    expect(body).toMatchObject({ kind: 'scene', round: 1, rounds: 4 });
  });

  it('a visitor’s own limit holds there as well', async () => {
    const env = {
      GLYPHGATE_DAILY_BUDGET: '1',
      GLYPHGATE_BEYOND: 'strict',
      GLYPHGATE_LIMIT_GENERATE: '3/60s',
    };
    const r = rig({ env });
    await r.generate();
    const visitor = r.newVisitor();
    const statuses = [];
    for (let i = 0; i < 5; i++) statuses.push((await r.generate('', visitor)).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
  });
});

describe('beyond the bound on wrong answers', () => {
  it('new challenges are refused, whoever asks; right answers never count', async () => {
    const r = rig({ env: { GLYPHGATE_LIMIT_SITE_FAILED: '3/60s' } });
    for (let i = 0; i < 5; i++) {
      const { captcha_id } = (await r.generate('kind=text')).body;
      await r.verify({ captcha_id, answer: await r.answerOf(captcha_id) });
    }
    const held = (await r.generate('kind=text')).body;
    await wrong(r, 3);
    const refused = await r.generate();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('RateLimit-Policy')).toBe('"site-failed";q=3;w=60');
    const { captcha_id } = held;
    expect((await r.verify({ captcha_id, answer: await r.answerOf(captcha_id) })).body.verified).toBe(true);
    r.advance(120_000);
    expect((await r.generate()).status).toBe(200);
  });

  it('or come from a harder policy', async () => {
    const r = rig({ env: { GLYPHGATE_LIMIT_SITE_FAILED: '2/60s', GLYPHGATE_BEYOND: 'accessible' } });
    await wrong(r, 2);
    expect((await r.generate('kind=text&preset=classic')).body).toMatchObject({ kind: 'scene', rounds: 3 });
  });
});

describe('the configuration', () => {
  it.each([
    [{ GLYPHGATE_BEYOND: 'strict' }, /GLYPHGATE_BEYOND: expected GLYPHGATE_DAILY_BUDGET/],
    [{ GLYPHGATE_DAILY_BUDGET: '0' }, /GLYPHGATE_DAILY_BUDGET: expected an integer from 1/],
    [
      { GLYPHGATE_DAILY_BUDGET: '9', GLYPHGATE_BEYOND: 'standard', GLYPHGATE_PROFILE: 'strict' },
      /a profile harder than strict/,
    ],
    [
      { GLYPHGATE_DAILY_BUDGET: '9', GLYPHGATE_BEYOND: 'strict', GLYPHGATE_PROFILE: 'strict' },
      /a profile harder than strict/,
    ],
  ])('%j stops the start', (env, message) => expect(() => rig({ env })).toThrow(message));
});
