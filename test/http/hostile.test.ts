import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../lib/errors.ts';
import type { Store } from '../../lib/store/store.ts';
import { BAD_ANSWERS, BAD_BODIES, BAD_METHODS, BAD_QUERIES, ID } from './bad-input.ts';
import { rig, SECRET } from './rig.ts';

const JSON_TYPE = { 'Content-Type': 'application/json' };

describe('bad input gets a clear error that says what was expected', () => {
  it.each(BAD_QUERIES)('generate?%s', async (query, field, expected) => {
    const { status, body } = await rig().generate(`lang=en&${query}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ success: false, code: 400, error_code: `invalid_${field}` });
    expect(body.error).toContain(field);
    expect(body.error).toContain(expected);
  });

  it.each(BAD_ANSWERS)('verify %j', async (body, field) => {
    const reply = await rig().verify(body);
    expect(reply.status).toBe(400);
    expect(reply.body.error_code).toBe(`invalid_${field}`);
  });

  it('spends nothing', async () => {
    const r = rig();
    const id = (await r.generate('kind=text')).body.captcha_id;
    for (const answer of ['', '  ', 'x'.repeat(65)])
      expect((await r.verify({ captcha_id: id, answer })).status).toBe(400);
    expect((await r.verify({ captcha_id: id, answer: await r.answerOf(id) })).body.verified).toBe(true);
  });

  it.each(BAD_BODIES)('body %j as %j is %d', async (body, headers, status) => {
    const reply = await rig().call('/api/captcha/verify', { method: 'POST', body, headers });
    expect(reply.status).toBe(status);
    expect(reply.body).toMatchObject({ success: false, code: status });
  });

  it('counts the bytes that come, not those that were announced', async () => {
    const stream = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(4096)),
    });
    const request = new Request('http://localhost/api/captcha/verify', {
      method: 'POST',
      body: stream,
      headers: JSON_TYPE,
      duplex: 'half',
    } as RequestInit);
    expect((await rig().app.request(request, undefined, { incoming: {} })).status).toBe(413);
  });

  it('takes no announcement for the length of a body', async () => {
    const body = JSON.stringify({ captcha_id: 'x', answer: 'x'.repeat(17_000) });
    const headers = { ...JSON_TYPE, 'Content-Length': '20' };
    expect((await rig().call('/api/captcha/verify', { body, headers })).status).toBe(413);
  });

  it.each(BAD_METHODS)('%s by %s is 405 and allows %s', async (path, method, allow) => {
    const reply = await rig().call(path, { method });
    expect(reply.status).toBe(405);
    expect(reply.headers.get('Allow')).toBe(allow);
  });

  it('says 404 elsewhere', async () => {
    const reply = await rig().call('/api/nothing?lang=en');
    expect(reply.status).toBe(404);
    expect(reply.body.error_code).toBe('no_such_route');
  });

  it('does not fall for prototype keys', async () => {
    const headers = JSON_TYPE;
    const body = `{"__proto__":{"captcha_id":"${ID}","answer":"A"},"constructor":1}`;
    expect((await rig().call('/api/captcha/verify', { method: 'POST', body, headers })).status).toBe(400);
    expect((await rig().generate('kind=__proto__')).status).toBe(400);
    expect((await rig().generate('kind=text&preset=constructor')).status).toBe(400);
  });

  it('never crashes: fuzzed queries, headers and bodies give no 500', async () => {
    const r = rig();
    const names = fc.constantFrom(
      'kind',
      'preset',
      'difficulty',
      'lang',
      'chain',
      'sitekey',
      'format',
      'session',
    );
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('text', 'scene', 'reveal', 'strong', '1'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          'generate',
          'verify',
          'refresh',
          'siteverify',
          'image',
          `${ID}/image`,
          `${ID}/reveal`,
        ),
        fc.array(fc.tuple(names, text), { maxLength: 4 }),
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.dictionary(fc.string(), fc.string()).map((o) => JSON.stringify(o)),
        ),
        fc.constantFrom(
          'application/json',
          'application/x-www-form-urlencoded',
          'multipart/form-data; boundary=x',
          '',
        ),
        fc.boolean(),
        async (route, query, body, type, post) => {
          const search = new URLSearchParams(query).toString();
          const { status } = await r.call(`/api/captcha/${route}?${search}`, {
            from: r.newVisitor(),
            ...(post && { method: 'POST', body, headers: { 'Content-Type': type } }),
          });
          expect(status).toBeLessThan(500);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('limits', () => {
  it('refuses the 31st generate in a minute, with the fields of the draft, and nobody else', async () => {
    const r = rig();
    const me = '192.0.2.1';
    for (let i = 0; i < 30; i++) expect((await r.generate('kind=text&preset=bitmap', me)).status).toBe(200);
    const refused = await r.generate('lang=en', me);
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ code: 429, error_code: 'rate_limited' });
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(refused.headers.get('RateLimit')).toMatch(/^"generate";r=0;t=\d+$/);
    expect((await r.generate('', '192.0.2.2')).status).toBe(200);
    expect((await r.call('/api/health', { from: me })).status).toBe(200);
  });

  it('never spends a challenge on a refused verify', async () => {
    const r = rig({ env: { GLYPHGATE_LIMIT_VERIFY: '1/60s' } });
    const me = '192.0.2.1';
    const id = (await r.generate('kind=text')).body.captcha_id;
    await r.verify({ captcha_id: (await r.generate()).body.captcha_id, answer: 'A' }, me);
    const answer = await r.answerOf(id);
    expect((await r.verify({ captcha_id: id, answer }, me)).status).toBe(429);
    expect((await r.verify({ captcha_id: id, answer }, '192.0.2.2')).body.verified).toBe(true);
  });

  it('stops one who fails too often, and counts a repeated attempt once', async () => {
    const r = rig({ env: { GLYPHGATE_LIMIT_FAILED: '3/60s' } });
    const me = '192.0.2.1';
    const fail = async (attempt?: string) => {
      const captcha_id = (await r.generate('kind=text&preset=bitmap')).body.captcha_id;
      const body = { captcha_id, answer: 'nope', ...(attempt && { attempt }) };
      const reply = await r.verify(body, me);
      return { again: () => r.verify(body, me), status: reply.status };
    };
    const first = await fail('a'.repeat(22));
    for (let i = 0; i < 5; i++) expect((await first.again()).status).toBe(200);
    expect((await fail()).status).toBe(200);
    expect((await fail()).status).toBe(200);
    expect((await fail()).status).toBe(429);
  });

  it('is not fooled by what a request says of itself', async () => {
    const r = rig({ env: { GLYPHGATE_LIMIT_GENERATE: '3/60s' } });
    let passed = 0;
    for (let i = 0; i < 10; i++) {
      const headers = {
        'X-Forwarded-For': `192.0.2.${i}`,
        'X-Real-IP': `192.0.2.${i}`,
        Forwarded: `for=192.0.2.${i}`,
        'CF-Connecting-IP': `192.0.2.${i}`,
      };
      if ((await r.call('/api/captcha/generate?preset=bitmap', { headers })).status === 200) passed++;
    }
    expect(passed).toBe(3);
  });

  it('trusts the configured number of hops, from the right', async () => {
    const r = rig({ env: { GLYPHGATE_LIMIT_GENERATE: '1/60s', GLYPHGATE_TRUSTED_HOPS: '1' } });
    const ask = (value: string) =>
      r.call('/api/captcha/generate?preset=bitmap', { headers: { 'X-Forwarded-For': value } });
    expect((await ask('9.9.9.1, 192.0.2.1')).status).toBe(200);
    expect((await ask('9.9.9.2, 192.0.2.1')).status).toBe(429);
    expect((await ask('9.9.9.1, 192.0.2.2:5555')).status).toBe(200);
    expect((await ask('not an address')).status).toBe(200);
    expect((await ask('neither')).status).toBe(429);
  });

  it('counts for the visitor whom a site’s own server names', async () => {
    const r = rig({ env: { GLYPHGATE_LIMIT_GENERATE: '1/60s' } });
    const headers = { Authorization: `Bearer ${SECRET}` };
    const ask = (query: string) => r.call(`/api/captcha/generate?preset=bitmap&${query}`, { headers });
    expect((await ask('client_ip=192.0.2.1')).status).toBe(200);
    expect((await ask('client_ip=192.0.2.1')).status).toBe(429);
    expect((await ask('client_ip=192.0.2.2')).status).toBe(200);
    for (let i = 0; i < 5; i++) expect((await ask('')).status).toBe(200);
    expect((await ask('client_ip=nonsense')).status).toBe(400);
    const wrong = await r.call('/api/captcha/generate', { headers: { Authorization: 'Bearer wrong' } });
    expect(wrong.status).toBe(400);
  });
});

describe('a store that fails', () => {
  const dead = (): Store => {
    const fail = () => Promise.reject(new StoreError('store_unavailable', 'connection refused to 10.0.0.7'));
    const close = () => Promise.resolve();
    return { kind: 'memory', put: fail, get: fail, transition: fail, hit: fail, ping: fail, close };
  };

  it('gives 503 with Retry-After and tells no internals', async () => {
    const r = rig({ wrap: dead });
    const reply = await r.generate('lang=en');
    expect(reply.status).toBe(503);
    expect(reply.headers.get('Retry-After')).toBe('5');
    expect(reply.body).toMatchObject({ code: 503, error_code: 'store_unavailable' });
    expect(JSON.stringify(reply.body)).not.toContain('10.0.0.7');
    expect(JSON.stringify(r.events)).toContain(reply.headers.get('X-Request-Id'));
    expect((await r.call('/api/health')).status).toBe(503);
    expect((await r.call('/api/health')).body).toMatchObject({ status: 'error', store: { ok: false } });
  });

  it('counts what a rule says when only counting fails', async () => {
    const wrap = (store: Store): Store => ({
      ...store,
      hit: () => Promise.reject(new StoreError('store_unavailable', 'no counters')),
    });
    for (const [rule, status] of [
      ['20/60s:allow', 200],
      ['20/60s:deny', 503],
    ] as const) {
      const env = { GLYPHGATE_LIMIT_MEDIA: rule, GLYPHGATE_LIMIT_FAILED: rule };
      const r = rig({ wrap, env });
      const id = (await r.generate('preset=bitmap')).body.captcha_id;
      expect((await r.call(`/api/captcha/${id}/image`)).status).toBe(status);
      expect((await r.verify({ captcha_id: id, answer: 'nope' })).status).toBe(status);
    }
  });

  it('never accepts a token', async () => {
    const working = rig();
    const id = (await working.generate('kind=text')).body.captcha_id;
    const { token } = (await working.verify({ captcha_id: id, answer: await working.answerOf(id) })).body;
    const reply = await rig({ wrap: dead }).siteverify(token);
    expect(reply.status).toBe(503);
    expect(reply.body).toEqual({ success: false, 'error-codes': ['internal-error'] });
  });

  it('a record that is gone refuses: nothing is permitted because something is missing', async () => {
    const gone = rig();
    const id = (await gone.generate('kind=text')).body.captcha_id;
    const answer = await gone.answerOf(id);
    const { token } = (await gone.verify({ captcha_id: id, answer })).body;
    const empty = rig();
    expect((await empty.verify({ captcha_id: id, answer })).status).toBe(404);
    expect((await empty.siteverify(token)).body['error-codes']).toEqual(['timeout-or-duplicate']);
  });

  it('a record moved to another id refuses', async () => {
    const r = rig();
    const [a, b] = [
      (await r.generate('kind=text')).body.captcha_id,
      (await r.generate('kind=text')).body.captcha_id,
    ];
    const answer = await r.answerOf(a);
    const body = (await r.store.get(a))!.body;
    const spliced = rig({
      wrap: (store) => ({
        ...store,
        transition: async (_id, _step, hits = []) => ({
          outcome: 'done',
          record: { body, expiresAt: r.now() + 1000, nonce: 'n', answeredAt: r.now() },
          tallies: await store.hit(hits),
        }),
      }),
    });
    expect((await spliced.verify({ captcha_id: b, answer })).status).toBe(404);
  });

  it('a fault of ours is a 500 without internals', async () => {
    const r = rig({
      wrap: (store) => ({
        ...store,
        put: () => Promise.reject(new TypeError('undefined is not a function')),
      }),
    });
    const reply = await r.generate('lang=en');
    expect(reply.status).toBe(500);
    expect(reply.body.error).not.toContain('undefined');
    expect(reply.body.error).toContain(reply.headers.get('X-Request-Id'));
    expect(r.events).toHaveLength(1);
  });
});

describe('browsers of other origins', () => {
  const env = { GLYPHGATE_ORIGINS: 'https://shop.example,https://www.shop.example:8443' };

  it('may call from the configured origins only, exactly, without credentials', async () => {
    const r = rig({ env });
    const ask = (Origin: string) => r.call('/api/captcha/generate', { headers: { Origin } });
    const allowed = await ask('https://shop.example');
    expect(allowed.headers.get('Access-Control-Allow-Origin')).toBe('https://shop.example');
    expect(allowed.headers.get('Vary')).toContain('Origin');
    expect(allowed.headers.get('Access-Control-Expose-Headers')).toContain('Retry-After');
    expect(allowed.headers.has('Access-Control-Allow-Credentials')).toBe(false);
    for (const origin of ['https://shop.example.evil', 'http://shop.example', 'null', 'https://SHOP.example'])
      expect((await ask(origin)).headers.has('Access-Control-Allow-Origin')).toBe(false);
  });

  it('answers a preflight', async () => {
    const reply = await rig({ env }).call('/api/captcha/verify', {
      method: 'OPTIONS',
      headers: { Origin: 'https://shop.example', 'Access-Control-Request-Method': 'POST' },
    });
    expect(reply.status).toBe(204);
    expect(reply.headers.get('Access-Control-Allow-Methods')).toContain('POST');
  });

  it('records where the verify came from, and refuses a foreign page', async () => {
    const r = rig({ env });
    const solve = async (headers: Record<string, string>) => {
      const captcha_id = (await r.generate('kind=text')).body.captcha_id;
      const body = { captcha_id, answer: await r.answerOf(captcha_id) };
      return r.call('/api/captcha/verify', { body, headers, from: r.newVisitor() });
    };
    const own = await solve({ Origin: 'https://shop.example' });
    expect((await r.siteverify(own.body.token)).body.hostname).toBe('shop.example');
    const referred = await solve({ Referer: 'https://www.shop.example:8443/login' });
    expect((await r.siteverify(referred.body.token)).body.hostname).toBe('www.shop.example');
    for (const host of ['evil.example', 'notshop.example', 'shop.example.evil.example', 'evil.shop.example'])
      expect((await solve({ Origin: `https://${host}` })).status).toBe(404);
  });
});

describe('sessions', () => {
  it('bind a challenge when given', async () => {
    const r = rig();
    const id = async () => (await r.generate('kind=text&session=s-1')).body.captcha_id;
    const a = await id();
    const good = await r.verify({ captcha_id: a, answer: await r.answerOf(a), session: 's-1' });
    expect(good.body.verified).toBe(true);
    const b = await id();
    const bad = await r.verify({ captcha_id: b, answer: await r.answerOf(b), session: 's-2' });
    expect(bad.status).toBe(404);
  });
});

describe('logs', () => {
  it('hold no secret, answer, token or full address', async () => {
    const r = rig({
      wrap: (store) => ({ ...store, transition: () => Promise.reject(new Error('boom')) }),
    });
    const id = (await r.generate('kind=text', '192.0.2.77')).body.captcha_id;
    await r.verify({ captcha_id: id, answer: 'my-answer' }, '192.0.2.77');
    const text = JSON.stringify(r.events);
    expect(r.events.length).toBeGreaterThan(0);
    for (const secret of ['my-answer', '192.0.2.77', SECRET, 'development-master-key'])
      expect(text).not.toContain(secret);
  });
});
