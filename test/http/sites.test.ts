/** Several sites in one service: what one may do, the other may not. */
import { createHash } from 'node:crypto';
import { decodeProtectedHeader } from 'jose';
import { describe, expect, it } from 'vitest';
import { KINDS } from '../../lib/challenge/challenge.ts';
import { readSites } from '../../lib/config/sites.ts';
import { policyFindings } from '../../lib/http/assemble-sites.ts';
import { testSites } from '../../lib/site/test-sites.ts';
import { kinds, type Rig, rig, SECRET } from './rig.ts';

const sha256 = (secret: string) => createHash('sha256').update(secret).digest('hex');
const UNTIL = Date.UTC(2026, 0, 1, 13);
const SITES = [
  {
    sitekey: 'shop',
    secrets: [
      { sha256: sha256('shop-new') },
      { sha256: sha256('shop-old'), until: new Date(UNTIL).toISOString() },
    ],
    origins: ['https://shop.example'],
    hostnames: ['www.shop.example'],
    lang: 'en',
    policy: 'compat',
  },
  { sitekey: 'bank', secrets: [{ sha256: sha256('bank') }], policy: 'strict' },
  {
    sitekey: 'own',
    secrets: [{ sha256: sha256('own') }],
    policy: { kinds: { scene: { rounds: 3 }, text: { weight: 0 } }, difficulty: 3 },
  },
];
const several = (sites: object[] = SITES) => rig({ env: { GLYPHGATE_SITES: JSON.stringify({ sites }) } });

async function tokenOf(r: Rig, sitekey: string, headers: Record<string, string> = {}) {
  const { body } = await r.generate(`sitekey=${sitekey}`);
  const answer = await r.answerOf(body.captcha_id);
  const verdict = await r.call('/api/captcha/verify', {
    body: { captcha_id: body.captcha_id, answer },
    from: r.newVisitor(),
    headers,
  });
  return verdict.body.token as string;
}
const redeem = async (r: Rig, secret: string, response: string) =>
  (await r.call('/api/captcha/siteverify', { body: { secret, response } })).body;

describe('several sites', () => {
  it('a refusal is in the language of the site that was asked for', async () => {
    const r = several();
    const error = async (path: string, options = {}) => (await r.call(path, options)).body.error as string;
    expect(await error('/api/captcha/generate?sitekey=shop&kind=riddle')).toMatch(/^Invalid kind/);
    expect(await error('/api/captcha/generate?sitekey=bank&kind=riddle')).toContain('无效');
    const { captcha_id } = (await r.generate('sitekey=shop')).body;
    await r.verify({ captcha_id, answer: 'X' });
    const body = { captcha_id, answer: 'X', sitekey: 'shop' };
    expect(await error('/api/captcha/verify', { body })).toMatch(/^The challenge/);
    const headers = { Authorization: 'Bearer shop-new' };
    expect(await error('/api/captcha/refresh', { body: { captcha_id }, headers })).toMatch(/^The challenge/);
  });

  it('a token redeems with the secret of its own site only', async () => {
    const r = several();
    const token = await tokenOf(r, 'shop');
    expect(await redeem(r, 'bank', token)).toEqual({
      success: false,
      'error-codes': ['invalid-input-response'],
    });
    expect(await redeem(r, SECRET, token)).toMatchObject({ 'error-codes': ['invalid-input-response'] });
    expect(await redeem(r, 'shop-new', token)).toMatchObject({ success: true });
  });

  it('a secret that is being replaced works until its time, the new one beyond it', async () => {
    const r = several();
    expect(await redeem(r, 'shop-old', await tokenOf(r, 'shop'))).toMatchObject({ success: true });
    r.advance(UNTIL - r.now());
    const token = await tokenOf(r, 'shop');
    expect(await redeem(r, 'shop-old', token)).toEqual({
      success: false,
      'error-codes': ['invalid-input-secret'],
    });
    expect(await redeem(r, 'shop-new', token)).toMatchObject({ success: true });
  });

  it('each has its own policy, difficulty and language', async () => {
    const r = several();
    expect((await r.generate('sitekey=shop')).body).toMatchObject({ kind: 'scene', rounds: 1, lang: 'en' });
    expect((await r.generate('sitekey=shop&lang=zh-CN')).body.lang).toBe('zh-CN');
    expect((await r.generate()).body.lang).toBe('zh-CN');
    expect((await r.generate('sitekey=bank&kind=scene')).body.rounds).toBe(4);
    expect((await r.generate('sitekey=bank&difficulty=1')).body.error_code).toBe('invalid_difficulty');
    for (let i = 0; i < 5; i++)
      expect((await r.generate('sitekey=own')).body).toMatchObject({
        kind: 'scene',
        rounds: 3,
        difficulty: 3,
      });
    expect((await r.generate('sitekey=own&kind=text')).body).toMatchObject({
      kind: 'text',
      preset: 'strong',
    });
    expect((await r.generate('sitekey=own&kind=text&preset=classic')).status).toBe(400);
    expect((await r.generate('sitekey=nobody')).body.error_code).toBe('invalid_sitekey');
  });

  it('a chain counts against the limits of its own site, and another site’s key spends nothing of it', async () => {
    const [shop, bank] = SITES;
    const r = several([shop!, { ...bank!, limits: { generate: '2/60s' } }]);
    const from = r.newVisitor();
    const { captcha_id } = (await r.generate('sitekey=bank&kind=scene', from)).body;
    const answer = await r.answerOf(captcha_id);
    const { chain } = (await r.verify({ captcha_id, answer })).body.next;
    expect((await r.generate(`sitekey=shop&chain=${chain}`, from)).status).toBe(404);
    const next = await r.generate(`chain=${chain}`, from);
    expect(next.body).toMatchObject({ round: 2, rounds: 4 });
    expect(next.headers.get('RateLimit')).toMatch(/^"generate";r=0;/);
    expect((await r.generate(`chain=${chain}`, from)).status).toBe(429);
  });

  it('a verify comes from a host of the challenge’s site', async () => {
    const r = several();
    for (const host of ['https://shop.example', 'https://www.shop.example'])
      expect(await tokenOf(r, 'shop', { Origin: host })).toBeTypeOf('string');
    for (const host of ['evil.example', 'not-www.shop.example', 'www.shop.example.evil.example'])
      expect(await tokenOf(r, 'shop', { Origin: `https://${host}` })).toBeUndefined();
    // Neither origins nor hostnames: any host.
    const { captcha_id } = (await r.generate('sitekey=own&kind=text')).body;
    const body = { captcha_id, answer: await r.answerOf(captcha_id) };
    const anywhere = await r.call('/api/captcha/verify', {
      body,
      headers: { Origin: 'https://any.example' },
    });
    expect(anywhere.body.verified).toBe(true);
  });

  it('pages of every site’s origins may call', async () => {
    const reply = (Origin: string) =>
      several().call('/api/captcha/generate?sitekey=shop', { headers: { Origin } });
    expect((await reply('https://shop.example')).headers.get('Access-Control-Allow-Origin')).toBe(
      'https://shop.example',
    );
    expect((await reply('https://www.shop.example')).headers.get('Access-Control-Allow-Origin')).toBeNull();
  });

  it('a chain goes on without a site key, and not with another’s', async () => {
    const r = several();
    const { body } = await r.generate('sitekey=own');
    const verdict = await r.verify({
      captcha_id: body.captcha_id,
      answer: await r.answerOf(body.captcha_id),
    });
    const { chain } = verdict.body.next;
    expect((await r.generate(`sitekey=bank&chain=${chain}`)).status).toBe(404);
    const other = await r.generate('sitekey=own');
    const again = await r.verify({ captcha_id: other.body.captcha_id, answer: 'A' });
    expect((await r.generate(`chain=${again.body.next.chain}`)).body).toMatchObject({ round: 2, rounds: 3 });
  });
});

describe('a site’s own server', () => {
  const bearer = (secret: string) => ({ Authorization: `Bearer ${secret}` });

  it('says by its secret whose challenge it asks for', async () => {
    const r = several();
    const asked = await r.call('/api/captcha/generate?client_ip=192.0.2.1&kind=scene', {
      headers: bearer('bank'),
    });
    expect(asked.body).toMatchObject({ kind: 'scene', rounds: 4 });
    const { captcha_id } = asked.body;
    const verify = (secret: string) =>
      r.call('/api/captcha/verify', {
        body: { captcha_id, answer: 'A', client_ip: '192.0.2.1' },
        headers: bearer(secret),
      });
    expect((await verify('shop-new')).status).toBe(404);
  });

  it('is told when its site key is another’s, or its secret nobody’s', async () => {
    const r = several();
    const ask = (secret: string) => r.call('/api/captcha/generate?sitekey=shop', { headers: bearer(secret) });
    expect((await ask('shop-new')).status).toBe(200);
    expect((await ask('bank')).body.error_code).toBe('invalid_sitekey');
    expect((await ask('nobody')).body.error_code).toBe('invalid_authorization');
  });
});

describe('limits and brakes of a site’s own', () => {
  const own = (more: object) => several([{ ...SITES[0], ...more }]);
  const statuses = async (r: Rig, times: number, from?: string) => {
    const all = [];
    for (let i = 0; i < times; i++) all.push((await r.generate('sitekey=shop', from)).status);
    return all;
  };

  it('count for that site alone', async () => {
    const r = own({ limits: { generate: '2/60s' } });
    expect(await statuses(r, 3, '192.0.2.9')).toEqual([200, 200, 429]);
    expect((await r.generate('', '192.0.2.9')).status).toBe(200);
  });

  it('a daily budget ends in 429, or in harder challenges', async () => {
    expect(await statuses(own({ brakes: { daily_budget: 2 } }), 3)).toEqual([200, 200, 429]);
    const harder = own({ brakes: { daily_budget: 2, beyond: 'strict' } });
    expect(await statuses(harder, 2)).toEqual([200, 200]);
    expect((await harder.generate('sitekey=shop&kind=scene')).body.rounds).toBe(4);
  });

  it('what comes beyond must be harder', () => {
    expect(() => own({ policy: 'strict', brakes: { daily_budget: 2, beyond: 'standard' } })).toThrow(
      /sites\[0\]\.brakes\.beyond \(shop\): expected refuse or a profile harder than strict/,
    );
  });
});

describe('policies of one’s own', () => {
  const findings = (policy: object) =>
    policyFindings(readSites(JSON.stringify({ sites: [{ ...SITES[1], policy }] })).sites, kinds);

  it('are refused when weaker than they say', () => {
    expect(() => several([{ ...SITES[0], policy: { kinds: { scene: {} } } }])).toThrow(
      /sites\[0\]\.policy\.kinds\.scene \(shop\): expected paths that a blind guess passes at most 2 %.*flat with one round passes 25 %/,
    );
  });

  it.each([
    [{ kinds: { scene: { rounds: 3 } } }, []],
    [{ kinds: { scene: { rounds: 1 } }, max_guess: 0.25 }, ['warn sites[0].policy.max_guess']],
    [{ profile: 'strict', kinds: { scene: { rounds: 3 } } }, ['error sites[0].policy.kinds.scene']],
    [{ kinds: { text: { presets: ['strong', 'classic'] } } }, ['warn sites[0].policy.kinds.text.presets']],
    [{ kinds: { text: { presets: ['strng'] } } }, ['error sites[0].policy.kinds.text.presets']],
    [{ kinds: { tekst: {} } }, ['error sites[0].policy.kinds.tekst']],
    [{ kinds: { reveal: { presets: 'any' } } }, ['error sites[0].policy.kinds.reveal.presets']],
    [{ kinds: { reveal: {} } }, []],
    [{ kinds: { text: { custom: { length: [5, 8] } } } }, ['warn sites[0].policy.kinds.text.custom']],
    [
      { kinds: { text: { custom: { generators: ['riddles'] } } } },
      ['error sites[0].policy.kinds.text.custom.generators'],
    ],
    [
      { kinds: { text: { custom: { fonts: ['Arial'] } } } },
      ['error sites[0].policy.kinds.text.custom.fonts'],
    ],
    [
      { kinds: { text: { custom: { generators: ['arithmetic'] } } }, max_guess: 0.0005 },
      ['error sites[0].policy.kinds.text.custom.generators'],
    ],
    [{ kinds: { scene: { rounds: 3, custom: {} } } }, ['error sites[0].policy.kinds.scene.custom']],
  ])('%j gives %j', (policy, expected) => {
    expect(findings(policy).map(({ level, text }) => `${level} ${text.split(' (')[0]}`)).toEqual(expected);
  });
});

describe('what a site lets a request set about a text challenge', () => {
  const custom = {
    generators: ['words'],
    characters: true,
    length: [5, 7],
    width: [180, 260],
    colors: true,
    fonts: ['Lato'],
  };
  const kinds = { text: { presets: ['plain', 'strong', 'bitmap'], custom } };
  const r = several([{ ...SITES[0], policy: { kinds } }]);
  const ask = (query: string) => r.generate(`sitekey=shop&lang=en&${query}`, r.newVisitor());

  it.each([
    ['length=7&alphabet=digits', { answer_format: { length: 7 } }],
    ['generator=words', { answer_format: { alphabet: 'letters' } }],
    ['characters=ABC123&length=7', { answer_format: { alphabet: 'custom' } }],
    ['width=240', { image_size: { width: 240, height: 70 } }],
    ['ink=102030&ground=f0f0f0', {}],
    ['font=Lato', {}],
  ])('%s is had', async (query, expected) => {
    const { status, body } = await ask(query);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({ preset: 'plain', ...expected });
  });

  const left = 'the policy of this site leaves it to the preset';
  it.each([
    ['length=8', 'length', '5 to 7'],
    ['generator=arithmetic', 'generator', 'expected characters, words'],
    ['width=300', 'width', '180 to 260'],
    ['height=70', 'height', left],
    ['width=200&height=70', 'height', left],
    ['preset=bitmap&scale=2', 'scale', left],
    ['font=Roboto', 'font', 'Lato'],
    ['preset=strong&width=200', 'width', 'preset strong has its own'],
    // Two characters: one blind guess in 32
    ['characters=AB&length=5', 'characters', 'what a blind guess passes at most 2 % of the time'],
  ])('%s is a 400 that says why', async (query, field, expected) => {
    const { status, body } = await ask(query);
    expect(status).toBe(400);
    expect(body.error_code).toBe(`invalid_${field}`);
    expect(body.error).toContain(expected);
  });

  it('and nothing, where the policy says nothing', async () => {
    const plain = several([{ ...SITES[0], policy: { kinds: { text: { presets: ['plain'] } } } }]);
    for (const query of [
      'length=6',
      'width=200',
      'font=Lato',
      'ink=000000&ground=ffffff',
      'generator=words',
    ]) {
      const { status, body } = await plain.generate(`sitekey=shop&lang=en&${query}`);
      expect({ status, told: body.error.includes(left) }).toEqual({ status: 400, told: true });
    }
  });
});

describe('keys for tests', () => {
  const secretOf = (name: string) => `glyphgate-test-secret-${name}`;
  const walk = async (r: Rig, name: string) => {
    const { body } = await r.generate(`sitekey=glyphgate-test-${name}`);
    const verdict = await r.verify({ captcha_id: body.captcha_id, answer: 'whatever' });
    return { body, verdict };
  };

  it('pass: any answer passes, and the token redeems once', async () => {
    const r = rig();
    const { verdict } = await walk(r, 'pass');
    expect(verdict.body).toMatchObject({ verified: true });
    expect(await redeem(r, secretOf('pass'), verdict.body.token)).toMatchObject({ success: true });
    expect(await redeem(r, secretOf('pass'), verdict.body.token)).toMatchObject({
      'error-codes': ['timeout-or-duplicate'],
    });
  });

  it('fail: no answer passes, the right one neither', async () => {
    const r = rig();
    expect((await walk(r, 'fail')).verdict.body).toMatchObject({ success: true, verified: false });
    expect(await tokenOf(r, 'glyphgate-test-fail')).toBeUndefined();
  });

  it('spent: the answer passes, the token does not', async () => {
    const r = rig();
    const { token } = (await walk(r, 'spent')).verdict.body;
    expect(await redeem(r, secretOf('spent'), token)).toMatchObject({
      'error-codes': ['timeout-or-duplicate'],
    });
  });

  it('expired: the answer comes too late', async () => {
    expect((await walk(rig(), 'expired')).verdict).toMatchObject({
      status: 404,
      body: { error_code: 'challenge_not_found' },
    });
  });

  it.each(KINDS)('%s: every challenge is of this kind, and any answer passes', async (kind) => {
    const r = rig();
    const { body, verdict } = await walk(r, kind);
    expect(body.kind).toBe(kind);
    expect(await redeem(r, secretOf(kind), verdict.body.token)).toMatchObject({ success: true, kind });
  });

  it('their tokens have a kid of their own, and no real secret takes them', async () => {
    const r = several();
    const { token } = (await walk(r, 'pass')).verdict.body;
    expect(decodeProtectedHeader(token).kid).toBe('test');
    for (const secret of [SECRET, 'shop-new', 'bank', secretOf('fail')])
      expect(await redeem(r, secret, token)).toMatchObject({ 'error-codes': ['invalid-input-response'] });
  });

  it('no test secret takes a real token', async () => {
    const r = rig();
    const { body } = await r.generate();
    const { token } = (
      await r.verify({ captcha_id: body.captcha_id, answer: await r.answerOf(body.captcha_id) })
    ).body;
    expect(decodeProtectedHeader(token).kid).not.toBe('test');
    for (const { secret } of testSites(KINDS))
      expect(await redeem(r, secret, token)).toMatchObject({ 'error-codes': ['invalid-input-response'] });
  });

  it('are unknown where they are off', async () => {
    const r = rig({ env: { GLYPHGATE_TEST_KEYS: '0' } });
    const { token } = (await walk(rig(), 'pass')).verdict.body;
    expect((await r.generate('sitekey=glyphgate-test-pass')).body.error_code).toBe('invalid_sitekey');
    expect(await redeem(r, secretOf('pass'), token)).toMatchObject({
      'error-codes': ['invalid-input-secret'],
    });
  });
});
