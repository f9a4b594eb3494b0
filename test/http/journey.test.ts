import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { KINDS } from '../../lib/challenge/challenge.ts';
import { badRedemptions } from './bad-input.ts';
import { kinds, rig, SECRET } from './rig.ts';

const PNG = [0x89, 0x50, 0x4e, 0x47];

describe('generate', () => {
  it('answers in the published shape when nothing is asked for', async () => {
    const { status, headers, body } = await rig().generate();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      success: true,
      image_size: { width: 600, height: 650 },
      expire_time: 300,
      note: '请选择正确的选项字母(A/B/C/D)',
      kind: 'scene',
      lang: 'zh-CN',
      audio: false,
      answer_format: { type: 'choice', options: ['A', 'B', 'C', 'D'] },
    });
    expect(body.captcha_id).toMatch(/^[0-9a-z]{32}$/);
    expect(body.image_base64).toMatch(/^data:image\/png;base64,/);
    expect(body.image_size.used_height).toBeGreaterThan(500);
    expect(body.image_size.used_height).toBeLessThanOrEqual(650);
    expect(headers.get('Cache-Control')).toBe('no-store');
    expect(headers.get('X-Request-Id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('RateLimit-Policy')).toBe('"generate";q=30;w=60');
    expect(headers.get('RateLimit')).toMatch(/^"generate";r=29;t=\d+$/);
  });

  it('never lets the solution or the seed out', async () => {
    const r = rig();
    for (const query of ['', 'kind=text&preset=strong', 'kind=text&preset=classic&alphabet=letters']) {
      const { body } = await r.generate(query);
      const answer = await r.answerOf(body.captcha_id);
      const { image_base64: _, ...rest } = body;
      expect(Object.keys(rest)).not.toContain('solution');
      if (answer.length > 1) expect(JSON.stringify(rest).toUpperCase()).not.toContain(answer.toUpperCase());
    }
  });

  it.each([
    ['kind=text', 'text', 'strong', 'png'],
    ['kind=text&preset=classic', 'text', 'classic', 'png'],
    ['kind=text&preset=classic&format=bmp', 'text', 'classic', 'bmp'],
    ['preset=bitmap', 'text', 'bitmap', 'bmp'],
    ['kind=scene&difficulty=3', 'scene', undefined, 'png'],
  ])('%s gives %s %s as %s', async (query, kind, preset, format) => {
    const { status, body } = await rig().generate(query);
    expect(status).toBe(200);
    expect(body.kind).toBe(kind);
    if (preset) expect(body.preset).toBe(preset);
    expect(body.image_base64.startsWith(`data:image/${format};base64,`)).toBe(true);
  });

  it('ignores unknown names, for cache busters', async () => {
    expect((await rig().generate('xx=0.42&_=1')).status).toBe(200);
  });

  it('speaks the language that is asked for, else accepted, else the default', async () => {
    const r = rig();
    const path = '/api/captcha/generate';
    expect((await r.call(`${path}?lang=en`)).body.lang).toBe('en');
    const accept = (value: string) => r.call(path, { headers: { 'Accept-Language': value } });
    expect((await accept('de, en-GB;q=0.8, zh;q=0.5')).body.lang).toBe('en');
    expect((await accept('zh;q=0.3, en;q=0.9')).body.lang).toBe('en');
    expect((await accept('en;q=0, fr')).body.lang).toBe('zh-CN');
    expect((await accept('zh-TW')).body.lang).toBe('zh-CN');
    expect((await accept('fr')).body.lang).toBe('zh-CN');
    expect((await r.call(`${path}?lang=fr`, { headers: { 'Accept-Language': 'en' } })).body.lang).toBe(
      'zh-CN',
    );
    expect((await rig({ env: { GLYPHGATE_LANG: 'en' } }).call(path)).body.lang).toBe('en');
  });
});

describe.each(['kind=text&preset=strong', 'kind=text&preset=classic', 'preset=bitmap', 'kind=scene'])(
  'verify and siteverify with %s',
  (query) => {
    it('a right answer becomes a token that redeems once', async () => {
      const r = rig({ portable: true });
      const { body } = await r.generate(`${query}&action=login&cdata=c-1&lang=en`);
      r.advance(4200);
      const verdict = await r.verify({
        captcha_id: body.captcha_id,
        answer: await r.answerOf(body.captcha_id),
      });
      expect(verdict.status).toBe(200);
      expect(verdict.body).toMatchObject({ success: true, verified: true, message: '验证成功' });
      const claims = decodeJwt(verdict.body.token);
      expect(claims).toMatchObject({
        captcha_id: body.captcha_id,
        verified: true,
        aud: 'development',
        kind: body.kind,
      });
      expect(claims.exp! - claims.iat!).toBe(300);

      const first = await r.siteverify(verdict.body.token);
      expect(first.status).toBe(200);
      expect(first.body).toMatchObject({
        success: true,
        'error-codes': [],
        challenge_ts: new Date(r.now()).toISOString(),
        action: 'login',
        cdata: 'c-1',
        kind: body.kind,
        preset: body.preset,
        rounds: 1,
        guess: claims.guess,
        solve_ms: 4200,
      });
      const second = await r.siteverify(verdict.body.token);
      expect(second.status).toBe(200);
      expect(second.body).toEqual({ success: false, 'error-codes': ['timeout-or-duplicate'] });
    });

    it('a wrong answer spends the challenge', async () => {
      const r = rig();
      const id = (await r.generate(query)).body.captcha_id;
      const right = await r.answerOf(id);
      const wrong = await r.verify({ captcha_id: id, answer: await r.wrongAnswerOf(id) });
      expect(wrong.status).toBe(200);
      expect(wrong.body).toMatchObject({ success: true, verified: false, message: '答案错误' });
      const late = await r.verify({ captcha_id: id, answer: right });
      expect(late.status).toBe(404);
      expect(late.body).toEqual({
        success: false,
        error: '验证码已过期或不存在',
        code: 404,
        error_code: 'challenge_not_found',
      });
    });

    it('takes X as a wrong answer', async () => {
      const r = rig();
      const id = (await r.generate(query)).body.captcha_id;
      expect((await r.verify({ captcha_id: id, answer: 'X?' })).body).toMatchObject({ verified: false });
      expect((await r.verify({ captcha_id: id, answer: 'X?' })).status).toBe(404);
    });

    it('forgives case, spaces and full-width characters', async () => {
      const r = rig();
      const id = (await r.generate(query)).body.captcha_id;
      const answer = (await r.answerOf(id)).toLowerCase();
      const wide = [...answer]
        .map((symbol) => String.fromCodePoint(symbol.codePointAt(0)! + 0xfee0))
        .join(' ');
      expect((await r.verify({ captcha_id: id, answer: ` ${wide} ` })).body).toMatchObject({
        verified: true,
      });
    });

    it('repeats a lost reply for the very same attempt, and nothing else', async () => {
      const r = rig();
      const id = (await r.generate(query)).body.captcha_id;
      const answer = await r.answerOf(id);
      const other = await r.wrongAnswerOf(id);
      const attempt = 'abcdefghijklmnopqrstuv';
      const first = await r.verify({ captcha_id: id, answer, attempt });
      const again = await r.verify({ captcha_id: id, answer: ` ${answer}`, attempt });
      expect(again.body).toEqual(first.body);
      expect((await r.verify({ captcha_id: id, answer: other, attempt })).status).toBe(404);
      expect((await r.verify({ captcha_id: id, answer })).status).toBe(404);
      expect((await r.verify({ captcha_id: id, answer, attempt: 'x'.repeat(22) })).status).toBe(404);
      await r.siteverify(first.body.token);
      expect((await r.verify({ captcha_id: id, answer, attempt })).body).toEqual(first.body);
    });
  },
);

describe('siteverify', () => {
  const solved = async (r: ReturnType<typeof rig>) => {
    const id = (await r.generate('kind=text')).body.captcha_id;
    return (await r.verify({ captcha_id: id, answer: await r.answerOf(id) })).body.token as string;
  };

  it('gives the first answer again for the same idempotency key', async () => {
    const r = rig();
    const token = await solved(r);
    const first = await r.siteverify(token, { idempotency_key: 'k1' });
    expect(first.body.success).toBe(true);
    expect((await r.siteverify(token, { idempotency_key: 'k1' })).body).toEqual(first.body);
    expect((await r.siteverify(token, { idempotency_key: 'k2' })).body['error-codes']).toEqual([
      'timeout-or-duplicate',
    ]);
    r.advance(340_000);
    expect((await r.siteverify(token, { idempotency_key: 'k1' })).body).toEqual(first.body);
    r.advance(30_000);
    expect((await r.siteverify(token, { idempotency_key: 'k1' })).body.success).toBe(false);
  });

  it('takes a form as well as JSON', async () => {
    const r = rig();
    const body = new URLSearchParams({
      secret: 'development-secret-never-use-in-production',
      response: await solved(r),
      remoteip: '192.0.2.1',
    }).toString();
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    expect((await r.call('/api/captcha/siteverify', { body, headers })).body.success).toBe(true);
  });

  it('refuses a token after its life', async () => {
    const r = rig();
    const token = await solved(r);
    r.advance(301_000);
    expect((await r.siteverify(token)).body['error-codes']).toEqual(['timeout-or-duplicate']);
  });

  it('lets one of many concurrent redemptions through', async () => {
    const r = rig();
    const token = await solved(r);
    const results = await Promise.all(Array.from({ length: 200 }, () => r.siteverify(token)));
    expect(results.filter(({ body }) => body.success)).toHaveLength(1);
  });

  it.each(badRedemptions(SECRET))('%j is %s', async (body, code) => {
    const reply = await rig().call('/api/captcha/siteverify', { body });
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({ success: false, 'error-codes': [code] });
  });

  it('says bad-request to what it cannot read', async () => {
    const headers = { 'Content-Type': 'application/json' };
    const reply = await rig().call('/api/captcha/siteverify', { body: '{', headers });
    expect(reply.body).toEqual({ success: false, 'error-codes': ['bad-request'] });
  });

  it('limits by site with internal-error', async () => {
    const r = rig({ env: { GLYPHGATE_LIMIT_SITEVERIFY: '2/60s' } });
    const tokens = [await solved(r), await solved(r), await solved(r)];
    await r.siteverify(tokens[0]!);
    await r.siteverify(tokens[1]!);
    const refused = await r.siteverify(tokens[2]!);
    expect(refused.status).toBe(429);
    expect(refused.body).toEqual({ success: false, 'error-codes': ['internal-error'] });
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
    r.advance(125_000);
    expect((await r.siteverify(tokens[2]!)).body.success).toBe(true);
  });
});

describe('one verdict', () => {
  it('1,000 concurrent answers to one challenge give one', async () => {
    const r = rig();
    const id = (await r.generate('kind=text&preset=classic')).body.captcha_id;
    const answer = await r.answerOf(id);
    const replies = await Promise.all(
      Array.from({ length: 1000 }, (_, i) => r.verify({ captcha_id: id, answer: i % 2 ? answer : 'zzzz' })),
    );
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(replies.filter(({ status }) => status === 404)).toHaveLength(999);
  });

  it('right and wrong replies are nearly the same size and make the same store calls', async () => {
    const calls: string[] = [];
    const r = rig({
      wrap: (store) => ({
        ...store,
        transition: (...args) => {
          calls.push('transition');
          return store.transition(...args);
        },
        hit: (...args) => {
          calls.push('hit');
          return store.hit(...args);
        },
      }),
    });
    const sizes: number[] = [];
    const traces: string[] = [];
    for (const pick of ['answerOf', 'wrongAnswerOf'] as const) {
      const id = (await r.generate('kind=text&preset=classic')).body.captcha_id;
      const answer = await r[pick](id);
      calls.length = 0;
      sizes.push((await r.verify({ captcha_id: id, answer })).bytes.length);
      traces.push(calls.join());
    }
    expect(traces[0]).toBe(traces[1]);
    expect(Math.abs(sizes[0]! - sizes[1]!)).toBeLessThan(16);
  });
});

describe('expiry', () => {
  it('ends a challenge and says the same as for an unknown one', async () => {
    const r = rig();
    const id = (await r.generate()).body.captcha_id;
    const answer = await r.answerOf(id);
    r.advance(300_000);
    const late = await r.verify({ captcha_id: id, answer });
    const unknown = await r.verify({ captcha_id: '0'.repeat(32), answer });
    expect(late.status).toBe(404);
    expect(unknown.body).toEqual(late.body);
  });
});

describe('what went wrong', () => {
  const unknown = '0'.repeat(32);

  it.each([
    ['verify', { captcha_id: unknown, answer: 'A' }],
    ['verify', { captcha_id: 'short', answer: 'A' }],
    ['refresh', { captcha_id: unknown }],
    ['refresh', { captcha_id: unknown, kind: 'riddle' }],
  ])('is told in the language that the body of %s asks for: %j', async (route, body) => {
    const r = rig();
    const told = async (lang?: string) =>
      (await r.call(`/api/captcha/${route}`, { body: { ...body, lang } })).body.error as string;
    expect(await told('en')).toMatch(/^(Invalid|The challenge) /);
    expect(await told()).toMatch(/[\u4e00-\u9fff]{2}/);
  });
});

describe('refresh', () => {
  it('leaves the clock running: the time to solve counts from the first picture', async () => {
    const r = rig();
    const { captcha_id } = (await r.generate('kind=text')).body;
    r.advance(7000);
    const fresh = (await r.call('/api/captcha/refresh', { body: { captcha_id } })).body;
    r.advance(2000);
    const answer = await r.answerOf(fresh.captcha_id);
    const { token } = (await r.verify({ captcha_id: fresh.captcha_id, answer })).body;
    expect((await r.siteverify(token)).body.solve_ms).toBe(9000);
  });

  it('speaks another language where one is asked for', async () => {
    const r = rig();
    const { captcha_id } = (await r.generate('kind=scene&lang=zh-CN')).body;
    const fresh = await r.call('/api/captcha/refresh', { body: { captcha_id, lang: 'en' } });
    expect(fresh.body).toMatchObject({ kind: 'scene', lang: 'en' });
    const again = await r.call('/api/captcha/refresh', { body: { captcha_id: fresh.body.captcha_id } });
    expect(again.body.lang).toBe('en');
  });

  it('counts what asks for a challenge that is not there, too', async () => {
    const r = rig({ env: { GLYPHGATE_LIMIT_GENERATE: '3/60s' } });
    const spent = (await r.generate('kind=text')).body.captcha_id;
    await r.verify({ captcha_id: spent, answer: 'X' });
    const from = r.newVisitor();
    const ask = () => r.call('/api/captcha/refresh', { body: { captcha_id: spent }, from });
    const statuses = [];
    for (let i = 0; i < 5; i++) statuses.push((await ask()).status);
    expect(statuses).toEqual([404, 404, 404, 429, 429]);
  });

  it('spends the old challenge and keeps site, action and look', async () => {
    const r = rig();
    const old = (await r.generate('kind=text&preset=classic&action=signup&lang=en')).body;
    const oldAnswer = await r.answerOf(old.captcha_id);
    const fresh = await r.call('/api/captcha/refresh', { body: { captcha_id: old.captcha_id } });
    expect(fresh.status).toBe(200);
    expect(fresh.body).toMatchObject({ kind: 'text', preset: 'classic', lang: 'en' });
    expect(fresh.body.captcha_id).not.toBe(old.captcha_id);
    expect(fresh.body.image_base64).not.toBe(old.image_base64);
    expect((await r.verify({ captcha_id: old.captcha_id, answer: oldAnswer })).status).toBe(404);
    const id = fresh.body.captcha_id;
    const { token } = (await r.verify({ captcha_id: id, answer: await r.answerOf(id) })).body;
    expect((await r.siteverify(token)).body).toMatchObject({ success: true, action: 'signup' });
    expect((await r.call('/api/captcha/refresh', { body: { captcha_id: id } })).status).toBe(404);
  });

  it('changes the kind only where the policy allows, and then costs nothing', async () => {
    const r = rig({ env: { GLYPHGATE_PROFILE: 'accessible' } });
    const old = (await r.generate()).body;
    const refused = await r.call('/api/captcha/refresh', {
      body: { captcha_id: old.captcha_id, kind: 'text' },
    });
    expect(refused.status).toBe(400);
    expect(refused.body.error).toContain('scene');
    expect((await r.call('/api/captcha/refresh', { body: { captcha_id: old.captcha_id } })).status).toBe(200);
    const compat = rig();
    const id = (await compat.generate()).body.captcha_id;
    const changed = await compat.call('/api/captcha/refresh', { body: { captcha_id: id, kind: 'text' } });
    expect(changed.body.kind).toBe('text');
  });
});

describe('pictures as bytes', () => {
  it('draws a live challenge again, the same every time', async () => {
    const r = rig();
    const { body } = await r.generate('kind=text&preset=strong');
    const path = `/api/captcha/${body.captcha_id}/image`;
    const [a, b] = [await r.call(path), await r.call(path)];
    expect(a.headers.get('Content-Type')).toBe('image/png');
    expect([...a.bytes.subarray(0, 4)]).toEqual(PNG);
    expect(a.bytes).toEqual(b.bytes);
    expect(`data:image/png;base64,${Buffer.from(a.bytes).toString('base64')}`).toBe(body.image_base64);
    await r.verify({ captcha_id: body.captcha_id, answer: 'no' });
    expect((await r.call(path)).status).toBe(404);
  });

  it('gives one-step pictures with a cookie that verify accepts', async () => {
    const r = rig();
    const image = await r.call('/api/captcha/image?kind=text&preset=classic&form=login&xx=0.42');
    expect(image.headers.get('Content-Type')).toBe('image/png');
    const id = image.headers.get('X-Captcha-Id')!;
    const set = image.headers.get('Set-Cookie')!;
    expect(set).toMatch(/^glyphgate=[\w-]+; Max-Age=300; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(set).not.toContain(id);
    const Cookie = set.split(';')[0]!;
    const other = await r.call('/api/captcha/image?kind=text&form=other', { headers: { Cookie } });
    const both = other.headers.get('Set-Cookie')!.split(';')[0]!;
    const answer = await r.answerOf(id);
    const body = { answer, form: 'login' };
    expect((await r.call('/api/captcha/verify', { body, headers: { Cookie: both } })).body.verified).toBe(
      true,
    );
    expect((await r.call('/api/captcha/verify', { body })).status).toBe(400);
    expect(
      (await r.call('/api/captcha/verify', { body: { ...body, form: 'none' }, headers: { Cookie: both } }))
        .status,
    ).toBe(400);
  });

  it('remembers the last four forms', async () => {
    const r = rig();
    let Cookie = '';
    const ids: string[] = [];
    for (let i = 0; i < 6; i++) {
      const image = await r.call(`/api/captcha/image?kind=text&form=f${i}`, { headers: { Cookie } });
      ids.push(image.headers.get('X-Captcha-Id')!);
      Cookie = image.headers.get('Set-Cookie')!.split(';')[0]!;
    }
    const tries = await Promise.all(
      ids.map((_, i) =>
        r.call('/api/captcha/verify', { body: { answer: 'x', form: `f${i}` }, headers: { Cookie } }),
      ),
    );
    expect(tries.map(({ status }) => status)).toEqual([400, 400, 200, 200, 200, 200]);
  });

  it('uses a plain cookie on loopback in development, and nowhere else', async () => {
    const path = '/api/captcha/image?kind=text';
    for (const [host, plain] of [
      ['http://localhost:8787', true],
      ['http://127.0.0.1:8787', true],
      ['http://[::1]:8787', true],
      ['http://captcha.example', false],
      ['http://localhost.example', false],
    ] as const) {
      const set = (await rig().call(`${host}${path}`)).headers.get('Set-Cookie')!;
      expect({ host, plain: !set.includes('Secure') && set.startsWith('glyphgate=') }).toEqual({
        host,
        plain,
      });
    }
  });

  it('opens a cookie of before the master key was changed', async () => {
    const [old, fresh] = ['o'.repeat(32), 'f'.repeat(32)];
    const before = rig({ env: { GLYPHGATE_MASTER_KEY: old } });
    const set = (await before.call('/api/captcha/image?kind=text')).headers.get('Set-Cookie')!;
    const headers = { Cookie: set.split(';')[0]! };
    const after = rig({ env: { GLYPHGATE_MASTER_KEY: `${fresh},${old}` }, wrap: () => before.store });
    const verify = (r: ReturnType<typeof rig>) =>
      r.call('/api/captcha/verify', { body: { answer: 'x' }, headers });
    expect((await verify(rig({ env: { GLYPHGATE_MASTER_KEY: fresh } }))).status).toBe(400);
    expect((await verify(after)).status).toBe(200);
  });

  it('uses a Secure __Host- cookie outside development', async () => {
    const r = rig({
      env: {
        NODE_ENV: 'production',
        GLYPHGATE_MASTER_KEY: 'm'.repeat(32),
        GLYPHGATE_SITEKEY: 'site',
        GLYPHGATE_SECRET: 's'.repeat(32),
      },
    });
    const set = (await r.call('/api/captcha/image?kind=text')).headers.get('Set-Cookie')!;
    expect(set).toMatch(/^__Host-glyphgate=/);
    expect(set).toContain('Secure');
    const headers = { Cookie: set.split(';')[0]! };
    expect((await r.call('/api/captcha/verify', { body: { answer: 'x' }, headers })).status).toBe(200);
  });
});

describe('health', () => {
  it('asks the store once a second at most', async () => {
    let pings = 0;
    const r = rig({
      wrap: (store) => ({
        ...store,
        ping() {
          pings++;
          return store.ping();
        },
      }),
    });
    for (let i = 0; i < 5; i++) await r.call('/api/health');
    expect(pings).toBe(1);
    r.advance(1000);
    await r.call('/api/health');
    expect(pings).toBe(2);
  });

  it('is ill when nothing can be drawn', async () => {
    const broken = () => {
      throw new Error('no kernel');
    };
    const { text, scene, reveal } = kinds;
    const r = rig({ kinds: { text: { ...text!, generate: broken }, scene: scene!, reveal: reveal! } });
    const { status, body } = await r.call('/api/health');
    expect(status).toBe(503);
    expect(body).toMatchObject({ status: 'error', renderer: { ok: false }, store: { ok: true } });
  });

  it('tells that it is well', async () => {
    const { status, body } = await rig().call('/api/health');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'healthy',
      option_letters: ['A', 'B', 'C', 'D'],
      image_size: { configured: '600x650', enough: true },
      kinds: KINDS,
      store: { kind: 'memory', ok: true },
      renderer: { ok: true },
    });
    expect(new Date(body.timestamp).toISOString()).toBe(body.timestamp);
    expect(body.questions_count).toBeGreaterThan(0);
    expect(body.image_size.needed).toBeGreaterThan(500);
  });
});
