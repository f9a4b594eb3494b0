/** The spoken form of a challenge, over the wire. */
import { describe, expect, it, test } from 'vitest';
import { POLICIES } from '../../lib/site/policy.ts';
import { type Rig, rig } from './rig.ts';

const listen = (r: Rig, id: string, query = '', headers: Record<string, string> = {}) =>
  r.call(`/api/captcha/${id}/audio?${query}`, { from: r.newVisitor(), headers });

const issued = async (r: Rig, query = 'kind=audio') => (await r.generate(query)).body;

/** What the header of a WAV file says. */
function wav(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (at: number) => new TextDecoder().decode(bytes.subarray(at, at + 4));
  expect([text(0), text(8), text(12), text(36)]).toEqual(['RIFF', 'WAVE', 'fmt ', 'data']);
  expect(view.getUint32(4, true)).toBe(bytes.length - 8);
  expect(view.getUint32(40, true)).toBe(bytes.length - 44);
  return {
    rate: view.getUint32(24, true),
    bits: view.getUint16(34, true),
    seconds: (bytes.length - 44) / view.getUint32(28, true),
  };
}

describe('kind audio', () => {
  it('says what to do and is answered by what is heard', async () => {
    const r = rig();
    const body = await issued(r, 'kind=audio&lang=en');
    expect(body).toMatchObject({
      success: true,
      kind: 'audio',
      preset: 'voices',
      audio: true,
      lang: 'en',
      answer_format: { type: 'characters', length: 6, alphabet: 'digits' },
      note: expect.stringContaining('six digits'),
      image_base64: expect.stringMatching(/^data:image\/png;base64,/),
    });
    const take = await listen(r, body.captcha_id);
    expect(take.status).toBe(200);
    expect(Object.fromEntries(take.headers)).toMatchObject({
      'content-type': 'audio/wav',
      'accept-ranges': 'bytes',
      'content-length': String(take.bytes.length),
      'cache-control': 'no-store',
      'x-captcha-take': '1',
    });
    expect(wav(take.bytes)).toMatchObject({ rate: 8000, bits: 8 });
    expect(take.bytes.length).toBeLessThanOrEqual(60 * 1024);
    const answer = await r.answerOf(body.captcha_id);
    expect(answer).toMatch(/^\d{6}$/);
    const verdict = (await r.verify({ captcha_id: body.captcha_id, answer })).body;
    expect(verdict.verified).toBe(true);
    expect((await r.siteverify(verdict.token)).body).toMatchObject({
      success: true,
      kind: 'audio',
      guess: 1e-6,
    });
    expect((await listen(r, body.captcha_id)).status).toBe(404);
  });

  it.each([
    ['12 34-56', '123456'],
    ['一二三四五六', '123456'],
    ['幺两〇,零,七。八', '120078'],
    ['１２３４５６', '123456'],
  ])('takes %s for %s', async (typed, meant) => {
    const { audioAnswers } = await import('../../lib/challenge/audio/check.ts');
    expect(audioAnswers.check({ text: meant }, typed)).toBe(true);
    expect(audioAnswers.check({ text: `${meant}1` }, typed)).toBe(false);
  });

  it('speaks letters by the words of the spelling alphabet, in English whoever listens', async () => {
    const r = rig();
    const body = await issued(r, 'kind=audio&alphabet=letters&lang=zh-CN');
    expect(body).toMatchObject({ audio: true, answer_format: { length: 5, alphabet: 'letters' } });
    expect(body.note).toContain('英文单词');
    const take = await listen(r, body.captcha_id);
    expect(take.headers.get('etag')).toContain('en-8000-normal');
    expect(await r.answerOf(body.captcha_id)).toMatch(/^[A-Z]{5}$/);
  });

  it('can be had at 16 kHz and slowly', async () => {
    const r = rig();
    const { captcha_id: id } = await issued(r);
    const normal = await listen(r, id, 'rate=16000');
    const slow = await listen(r, id, 'speed=slow');
    expect(wav(normal.bytes)).toMatchObject({ rate: 16000, bits: 16 });
    expect(wav(slow.bytes).seconds).toBeGreaterThan(wav(normal.bytes).seconds * 1.15);
    // A second of silence first
    expect(new Set(slow.bytes.subarray(44, 8000))).toEqual(new Set([128]));
    expect(new Set(normal.bytes.subarray(44, 32000))).toEqual(new Set([0]));
  });
});

describe('takes', () => {
  it('are three, all different, and then there are none', async () => {
    const r = rig();
    const { captcha_id: id } = await issued(r);
    const takes = [await listen(r, id), await listen(r, id), await listen(r, id)];
    expect(takes.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(takes.map(({ headers }) => headers.get('x-captcha-take'))).toEqual(['1', '2', '3']);
    expect(new Set(takes.map(({ bytes }) => Buffer.from(bytes).toString('base64'))).size).toBe(3);
    for (const query of ['', 'rate=16000', 'speed=slow', 'lang=en', 'take=1&lang=en']) {
      const fourth = await listen(r, id, query);
      expect(fourth.status).toBe(409);
      expect(fourth.body).toMatchObject({ success: false, code: 409, error_code: 'takes_spent' });
    }
    // It can still be answered
    expect((await r.verify({ captcha_id: id, answer: await r.answerOf(id) })).body.verified).toBe(true);
  });

  it('can be had again by number, byte for byte, at no cost', async () => {
    const r = rig();
    const { captcha_id: id } = await issued(r);
    const first = await listen(r, id);
    const second = await listen(r, id);
    expect((await listen(r, id, 'take=1')).bytes).toEqual(first.bytes);
    expect((await listen(r, id, 'take=2')).bytes).toEqual(second.bytes);
    expect((await listen(r, id, 'take=3')).status).toBe(200);
    expect((await listen(r, id)).status).toBe(409);
    expect((await listen(r, id, 'take=1')).bytes).toEqual(first.bytes);
  });

  it('of a hundred requests at once at most three are answered', async () => {
    const r = rig();
    const { captcha_id: id } = await issued(r);
    const replies = await Promise.all(
      Array.from({ length: 100 }, (_, i) => listen(r, id, i % 2 ? 'take=1' : 'speed=slow')),
    );
    const kinds = new Set(
      replies
        .filter(({ status }) => status === 200)
        .map(({ bytes }) => Buffer.from(bytes).toString('base64')),
    );
    expect(kinds.size).toBeGreaterThanOrEqual(1);
    expect(kinds.size).toBeLessThanOrEqual(3);
    expect(replies.filter(({ status }) => status === 409).length).toBeGreaterThanOrEqual(90);
  });

  it('are refused when the store fails, and nothing is counted', async () => {
    let broken = false;
    const r = rig({
      wrap: (store) => ({
        ...store,
        hit: (hits) => (broken ? Promise.reject(new Error('gone')) : store.hit(hits)),
      }),
    });
    const { captcha_id: id } = await issued(r);
    broken = true;
    expect((await listen(r, id)).status).toBeGreaterThanOrEqual(500);
    broken = false;
    for (let i = 0; i < 3; i++) expect((await listen(r, id)).status).toBe(200);
  });

  it('count against the limit for media', async () => {
    const r = rig({ env: { GLYPHGATE_LIMIT_MEDIA: '2/60s' } });
    const { captcha_id: id } = await issued(r);
    const from = r.newVisitor();
    const statuses = [];
    for (let i = 0; i < 4; i++)
      statuses.push((await r.call(`/api/captcha/${id}/audio?take=1`, { from })).status);
    expect(statuses).toEqual([200, 200, 429, 429]);
  });
});

describe('ranges', () => {
  it('come from one take, as Safari and Chromium ask for them', async () => {
    const r = rig();
    const { captcha_id: id } = await issued(r);
    const probe = await listen(r, id, '', { Range: 'bytes=0-1' });
    expect(probe.status).toBe(206);
    expect(probe.bytes).toEqual(new TextEncoder().encode('RI'));
    const length = Number(/^bytes 0-1\/(\d+)$/.exec(probe.headers.get('content-range')!)![1]);
    const rest = await listen(r, id, '', { Range: `bytes=0-${length - 1}` });
    expect(rest.status).toBe(206);
    expect(rest.headers.get('content-range')).toBe(`bytes 0-${length - 1}/${length}`);
    expect(wav(rest.bytes).rate).toBe(8000);
    const tail = await listen(r, id, '', { Range: `bytes=${length - 100}-` });
    expect(tail.bytes).toEqual(rest.bytes.subarray(length - 100));
    expect((await listen(r, id, '', { Range: 'bytes=-100' })).bytes).toEqual(tail.bytes);
    // A player that begins anew gets another take
    const again = await listen(r, id, '', { Range: 'bytes=0-' });
    expect(again.status).toBe(206);
    expect(again.headers.get('x-captcha-take')).toBe('2');
    expect(again.bytes).not.toEqual(rest.bytes);
  });

  it.each([
    ['bytes=99999999-', 416],
    ['bytes=-0', 416],
    ['bytes=5-2', 200],
    ['bytes=1-2,5-6', 200],
    ['bytes=x-y', 200],
    ['items=0-1', 200],
    ['bytes=-', 200],
    ['bytes=0-99999999', 206],
  ])('%s gets %i', async (range, status) => {
    const r = rig();
    const { captcha_id: id } = await issued(r);
    const reply = await listen(r, id, '', { Range: range });
    expect(reply.status).toBe(status);
    if (status === 416) expect(reply.headers.get('content-range')).toMatch(/^bytes \*\/\d+$/);
    else expect(reply.bytes.length).toBeGreaterThan(20_000);
  });

  it('hold only for the bytes that they were asked of', async () => {
    const r = rig();
    const { captcha_id: id } = await issued(r);
    const whole = await listen(r, id);
    const tag = whole.headers.get('etag')!;
    const headers = { Range: 'bytes=4-7' };
    expect((await listen(r, id, 'take=1', { ...headers, 'If-Range': tag })).status).toBe(206);
    expect((await listen(r, id, 'take=1', { ...headers, 'If-Range': '"another"' })).bytes).toEqual(
      whole.bytes,
    );
  });
});

describe('the spoken form of a text challenge', () => {
  it('says its solution', async () => {
    const r = rig();
    const body = await issued(r, 'kind=text&preset=classic&alphabet=digits&lang=zh-CN');
    expect(body.audio).toBe(true);
    expect((await listen(r, body.captcha_id)).headers.get('etag')).toContain('zh-CN');
    const english = await issued(r, 'kind=text&preset=strong&lang=en');
    expect(english.audio).toBe(true);
    expect((await listen(r, english.captcha_id)).status).toBe(200);
  });

  it('is a 409 that names the kind to switch to, where there is none', async () => {
    const r = rig();
    for (const query of [
      'kind=text&alphabet=letters&lang=zh-CN',
      'kind=scene&lang=en',
      'kind=reveal&lang=en',
    ]) {
      const body = await issued(r, query);
      expect(body.audio).toBe(false);
      const reply = await listen(r, body.captcha_id);
      expect(reply.status).toBe(409);
      expect(reply.body).toMatchObject({ error_code: 'no_spoken_form', switch_to: 'audio' });
      expect(reply.body.error).toContain('audio');
      const next = await r.call('/api/captcha/refresh', {
        body: { captcha_id: body.captcha_id, kind: 'audio' },
      });
      expect(next.body).toMatchObject({ kind: 'audio', audio: true });
    }
    // In English it can be said
    const letters = await issued(r, 'kind=text&alphabet=letters&lang=zh-CN');
    expect((await listen(r, letters.captcha_id, 'lang=en')).status).toBe(200);
  });

  test('is not given under strict, nor is the kind', async () => {
    const r = rig({ env: { GLYPHGATE_PROFILE: 'strict' } });
    const body = await issued(r, 'kind=text&lang=en');
    expect(body.audio).toBe(false);
    const reply = await listen(r, body.captcha_id);
    expect(reply.status).toBe(409);
    expect(reply.body.switch_to).toBeUndefined();
    expect((await r.generate('kind=audio')).status).toBe(400);
  });
});

it('audio is reached by name alone, wherever a policy has it', () => {
  for (const { profile, paths } of Object.values(POLICIES)) {
    const found = paths.filter(({ kind }) => kind === 'audio');
    expect(found.length).toBe(profile === 'strict' ? 0 : 1);
    expect(found.every(({ weight }) => weight === 0)).toBe(true);
  }
});

it('a deployment without voices gives nothing to hear', async () => {
  const r = rig({ silent: true });
  expect((await r.generate('kind=audio')).status).toBe(400);
  const body = await issued(r, 'kind=text&alphabet=digits&lang=en');
  expect(body.audio).toBe(false);
  expect((await listen(r, body.captcha_id)).body).toMatchObject({ code: 409, error_code: 'no_spoken_form' });
});

it('HEAD takes nothing', async () => {
  const r = rig();
  const { captcha_id: id } = await issued(r);
  for (let i = 0; i < 5; i++) {
    const reply = await r.call(`/api/captcha/${id}/audio`, { method: 'HEAD', from: r.newVisitor() });
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('audio/wav');
    expect(reply.bytes.length).toBe(0);
  }
  expect((await listen(r, id)).headers.get('x-captcha-take')).toBe('1');
});

it.each([
  ['speed=fast', /normal, slow/],
  ['rate=44100', /8000, 16000/],
  ['take=4', /1, 2, 3/],
  ['lang=!', /语言标签/],
])('%s is a 400', async (query, told) => {
  const r = rig();
  const { captcha_id: id } = await issued(r);
  const reply = await listen(r, id, query);
  expect(reply.status).toBe(400);
  expect(reply.body.error).toMatch(told);
});

it('an unknown, forged or malformed id is refused', async () => {
  const r = rig();
  const { captcha_id: id } = await issued(r);
  const forged = id.slice(0, -1) + (id.endsWith('0') ? '1' : '0');
  expect((await listen(r, forged)).status).toBe(404);
  expect((await listen(r, 'x')).status).toBe(400);
  r.advance(301_000);
  expect((await listen(r, id)).status).toBe(404);
});
