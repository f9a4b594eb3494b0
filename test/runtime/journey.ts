/**
 * One journey for every runtime: what a visitor, a protected site and an attacker do, over the wire of that platform. It asks the
 * deployment for nothing but replies; see deployment.ts for how it knows what is right.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ChallengeKind,
  type ChallengeSpec,
  type Format,
  KINDS,
  type PresetInfo,
} from '../../lib/challenge/challenge.ts';
import { EPOCH_MS } from '../../lib/service/issue.ts';
import { newId } from '../../lib/token/id.ts';
import { type ChallengeRecord, sealRecord } from '../../lib/token/record.ts';
import { trailTo } from '../challenge/reveal/kit.ts';
import { BAD_ANSWERS, BAD_BODIES, BAD_METHODS, BAD_QUERIES, badRedemptions } from '../http/bad-input.ts';
import { kinds, type Reply } from '../http/rig.ts';
import {
  type Asked,
  ask,
  type Deployment,
  ENVIRONMENT,
  GENERATE_LIMIT,
  type Insider,
  insider,
  newVisitor,
  type Open,
  SECRET,
  SITEKEY,
} from './deployment.ts';

const ATTEMPT = 'a-mark-of-128-bits-or-so';

export function runtimeJourney(name: string, open: Open): void {
  describe(`the journey on ${name}`, () => {
    let under: Deployment;
    let inside: Insider;
    beforeAll(async () => {
      under = await open(ENVIRONMENT);
      inside = insider(under);
    });
    afterAll(() => under?.stop());

    const call = (path: string, asked?: Asked) => ask(under, path, asked);
    const generate = (query = '', from = newVisitor()) => call(`/api/captcha/generate?${query}`, { from });
    const verify = (body: object, more: Asked = {}) => call('/api/captcha/verify', { body, ...more });
    const siteverify = (response: string, more: object = {}) =>
      call('/api/captcha/siteverify', { body: { secret: SECRET, response, ...more } });
    const puzzleOf = async (id: string) => {
      const live = await inside.service.recall(id, { address: newVisitor() });
      if (!live.ok) throw new Error(`no live challenge ${id}`);
      return live.puzzle;
    };
    /** As a client does: a reply that says "try again" is asked for again. On a busy machine a store may seem away for a moment. */
    const patiently = async (work: () => Promise<Reply>) => {
      let reply = await work();
      for (let tries = 0; reply.status === 503 && tries < 10; tries++) {
        await sleep(200);
        reply = await work();
      }
      return reply;
    };
    const issued = async (query = 'kind=text') => {
      const { body } = await patiently(() => generate(query));
      const { answer } = await puzzleOf(body.captcha_id);
      return { id: body.captcha_id as string, answer, body };
    };
    const tokenOf = async (query?: string) => {
      const { id: captcha_id, answer } = await issued(query);
      const attempt = `${ATTEMPT}-token`;
      return (await patiently(() => verify({ captcha_id, answer, attempt }))).body.token as string;
    };

    it('is healthy', async () => {
      // The first reply of a store to a process that has just begun can come too late on a busy machine.
      await expect
        .poll(async () => (await call('/api/health')).body, { timeout: 10_000 })
        .toMatchObject({
          status: 'healthy',
          image_size: { configured: '600x650', enough: true },
          kinds: KINDS,
          store: { kind: under.storeKind, ok: true },
        });
      expect((await call('/api/health')).status).toBe(200);
    });

    it('answers in the published shape when nothing is asked for', async () => {
      const { status, headers, body } = await generate();
      expect(status).toBe(200);
      expect(body).toMatchObject({ success: true, expire_time: 300, kind: 'scene', lang: 'zh-CN' });
      expect(body.captcha_id).toMatch(/^[0-9a-z]{32}$/);
      expect(headers.get('Cache-Control')).toBe('no-store');
      expect(headers.get('X-Request-Id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get('RateLimit')).toMatch(new RegExp(`^"generate";r=${GENERATE_LIMIT - 1};t=\\d+$`));
    });

    it.each(Object.values(kinds).map(({ name: kind, presets }) => [kind, presets[0]!.name]))(
      '%s %s: shown, answered, redeemed once; answered wrongly, spent',
      async (kind, preset) => {
        const query = `kind=${kind}&preset=${preset}&action=login&cdata=c-1&lang=en`;
        const { id, answer } = await issued(query);
        const verdict = await patiently(() => verify({ captcha_id: id, answer, attempt: ATTEMPT }));
        expect(verdict.body).toMatchObject({ success: true, verified: true });
        expect((await siteverify(verdict.body.token)).body).toMatchObject({
          success: true,
          action: 'login',
          cdata: 'c-1',
          kind,
          preset,
        });
        const second = await siteverify(verdict.body.token);
        expect(second.status).toBe(200);
        expect(second.body).toEqual({ success: false, 'error-codes': ['timeout-or-duplicate'] });

        const other = await issued(query);
        const wrong = await verify({ captcha_id: other.id, answer: other.answer === 'A' ? 'B' : 'A' });
        expect(wrong.body).toMatchObject({ success: true, verified: false });
        expect((await verify({ captcha_id: other.id, answer: other.answer })).status).toBe(404);
      },
    );

    it('reveals what a hand finds', async () => {
      const { body } = await patiently(() => generate('kind=reveal'));
      const { point } = await puzzleOf(body.captcha_id);
      const trail = trailTo(...point!);
      const shown = await call(`/api/captcha/${body.captcha_id}/reveal`, { body: { trail } });
      expect(shown.body).toMatchObject({ success: true, revealed: true });
    });

    it('draws the same bytes for a seed as every other runtime', async () => {
      const keys = inside.ring.current;
      const issuedAt = Date.now();
      const compare = async (kind: ChallengeKind, preset: PresetInfo, format: Format) => {
        const spec: ChallengeSpec<Format> = {
          seed: 'journey',
          preset: preset.name,
          difficulty: 3,
          lang: 'zh-CN',
          format,
          style: keys.style(Math.floor(issuedAt / EPOCH_MS)),
          ...(preset.alphabets[0] && { alphabet: preset.alphabets[0] }),
        };
        await kind.ready?.(format);
        const puzzle = kind.generate(spec);
        const record: ChallengeRecord = {
          ...spec,
          kind: kind.name,
          solution: puzzle.solution,
          guess: puzzle.guess,
          site: SITEKEY,
          round: 1,
          rounds: 1,
          rightSoFar: true,
          issuedAt,
        };
        const id = newId(keys, 7);
        await under.store.put(id, sealRecord(keys, id, record), 60_000);
        const here = Buffer.from(puzzle.picture().bytes);
        const there = Buffer.from((await call(`/api/captcha/${id}/image`)).bytes);
        expect(there.equals(here), `${kind.name} ${preset.name} ${format}`).toBe(true);
      };
      // One after the other: some formats take a tenth of a second, and a process that draws without pause answers nobody else.
      // Every look once, and every format of the first.
      for (const kind of Object.values(kinds))
        for (const [i, preset] of kind.presets.entries())
          for (const format of preset.formats.slice(0, i === 0 ? undefined : 1))
            await compare(kind, preset, format);
    });

    it('gives the picture of a live challenge as bytes, the same every time, until it is answered', async () => {
      const { id, body } = await issued('kind=text&preset=strong');
      const path = `/api/captcha/${id}/image`;
      const image = await call(path);
      expect(image.headers.get('Content-Type')).toBe('image/png');
      const base64 = Buffer.from(image.bytes).toString('base64');
      expect(`data:image/png;base64,${base64}`).toBe(body.image_base64);
      await verify({ captcha_id: id, answer: 'no' });
      expect((await call(path)).status).toBe(404);
    });

    it('says a challenge in sounds, byte for byte as every other runtime', async () => {
      for (const [kind, lang, rate, slow] of [
        ['text', 'en', 8000, false],
        ['audio', 'zh-CN', 8000, false],
        ['audio', 'en', 16000, true],
      ] as const) {
        const { id } = await issued(`kind=${kind}&lang=${lang}`);
        const there = await call(`/api/captcha/${id}/audio?rate=${rate}&speed=${slow ? 'slow' : 'normal'}`);
        expect(there.headers.get('Content-Type')).toBe('audio/wav');
        const take = Number(there.headers.get('X-Captcha-Take'));
        const wish = { id, lang, rate, slow, take, partial: false, peek: false } as const;
        const here = await inside.service.listen(wish, { address: newVisitor() });
        if (!here.ok) throw new Error(`not heard: ${here.reason}`);
        expect(Buffer.from(there.bytes).equals(Buffer.from(here.wav!)), `${kind} ${lang} ${rate}`).toBe(true);
      }
    });

    it('says a challenge three times, however many ask at once', async () => {
      const { body } = await patiently(() => generate('kind=audio&lang=en'));
      const takes = await Promise.all(
        Array.from({ length: 50 }, () => call(`/api/captcha/${body.captcha_id}/audio`)),
      );
      const heard = takes.filter(({ status }) => status === 200);
      expect(new Set(heard.map(({ headers }) => headers.get('X-Captcha-Take'))).size).toBe(heard.length);
      expect(heard.length).toBeLessThanOrEqual(3);
      // On a busy machine a store may answer too late
      for (const { status } of takes) expect([200, 409, 503]).toContain(status);
      // Nor is it left alone any more after this: what follows finds it there.
      const late = await patiently(() => call(`/api/captcha/${body.captcha_id}/audio`));
      expect(late.body.error_code).toBe('takes_spent');
    });

    it('ties a one-step picture to the visitor by a sealed cookie', async () => {
      const image = await call('/api/captcha/image?kind=text&form=login&xx=0.42');
      expect(image.headers.get('Content-Type')).toBe('image/png');
      const id = image.headers.get('X-Captcha-Id')!;
      const set = image.headers.get('Set-Cookie')!;
      expect(set).toMatch(/^__Host-glyphgate=[\w-]+; Max-Age=300; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
      expect(set).not.toContain(id);
      const { answer } = await puzzleOf(id);
      const body = { answer, form: 'login' };
      expect((await verify(body)).status).toBe(400);
      const Cookie = set.split(';')[0]!;
      expect((await verify(body, { headers: { Cookie } })).body).toMatchObject({ verified: true });
    });

    it('repeats a lost reply for the very same attempt, and nothing else', async () => {
      const { id, answer } = await issued();
      const first = await verify({ captcha_id: id, answer, attempt: ATTEMPT });
      expect(first.body.verified).toBe(true);
      expect((await verify({ captcha_id: id, answer: ` ${answer}`, attempt: ATTEMPT })).body).toEqual(
        first.body,
      );
      expect((await verify({ captcha_id: id, answer: 'nope', attempt: ATTEMPT })).status).toBe(404);
      expect((await verify({ captcha_id: id, answer })).status).toBe(404);
    });

    it('gives one of many concurrent answers, and one of many redemptions', async () => {
      const { id, answer } = await issued();
      const many = (work: (mark: string) => Promise<Reply>) =>
        Promise.all(Array.from({ length: 20 }, (_, i) => patiently(() => work(`${ATTEMPT}-${i}`))));
      const verdicts = await many((attempt) => verify({ captcha_id: id, answer, attempt }));
      const passed = verdicts.filter(({ status }) => status === 200);
      expect(passed).toHaveLength(1);
      expect(verdicts.filter(({ status }) => status === 404)).toHaveLength(19);
      const redeemed = await many((idempotency_key) =>
        siteverify(passed[0]!.body.token, { idempotency_key }),
      );
      expect(redeemed.filter(({ body }) => body.success)).toHaveLength(1);
    });

    it('gives the first redemption again for the same idempotency key', async () => {
      const token = await tokenOf();
      const first = await siteverify(token, { idempotency_key: 'k1' });
      expect(first.body.success).toBe(true);
      expect((await siteverify(token, { idempotency_key: 'k1' })).body).toEqual(first.body);
      expect((await siteverify(token, { idempotency_key: 'k2' })).body).toEqual({
        success: false,
        'error-codes': ['timeout-or-duplicate'],
      });
    });

    it('forgets challenges and tokens when their time is over', async () => {
      const wish = { kind: 'text', lang: 'en' } as const;
      const [left, taken] = await Promise.all(
        [1, 2].map(async () => {
          const challenge = await inside.hasty.generate(wish, { address: newVisitor() });
          if (!challenge.ok) throw new Error(challenge.reason);
          return challenge;
        }),
      );
      const verdict = await inside.hasty.verify(
        { id: taken!.id, answer: taken!.puzzle.answer, hostname: '' },
        { address: newVisitor() },
      );
      if (!verdict.ok || !verdict.verified) throw new Error('expected a token');
      await sleep(1100);
      const late = await verify({ captcha_id: left!.id, answer: left!.puzzle.answer });
      expect(late.status).toBe(404);
      expect(late.body).toMatchObject({ error_code: 'challenge_not_found' });
      expect((await siteverify(verdict.token)).body['error-codes']).toEqual(['timeout-or-duplicate']);
    });

    it('trades a challenge for another of the same action', async () => {
      const old = await issued('kind=text&preset=classic&action=signup&lang=en');
      const refresh = () => call('/api/captcha/refresh', { body: { captcha_id: old.id } });
      const fresh = await refresh();
      expect(fresh.body).toMatchObject({ kind: 'text', preset: 'classic', lang: 'en' });
      expect((await verify({ captcha_id: old.id, answer: old.answer })).status).toBe(404);
      expect((await refresh()).status).toBe(404);
      const { answer } = await puzzleOf(fresh.body.captcha_id);
      const { token } = (await verify({ captcha_id: fresh.body.captcha_id, answer })).body;
      expect((await siteverify(token)).body).toMatchObject({ success: true, action: 'signup' });
    });

    it('limits by the address that the platform vouches for, and nobody else', async () => {
      const from = newVisitor();
      const statuses: number[] = [];
      for (let i = 0; i <= GENERATE_LIMIT; i++) {
        const said = `192.0.2.${i}`;
        const headers = {
          'X-Forwarded-For': said,
          'X-Real-IP': said,
          'CF-Connecting-IP': said,
          Forwarded: `for=${said}`,
        };
        const { status } = await call('/api/captcha/generate?preset=bitmap', { from, headers });
        statuses.push(status);
      }
      expect(statuses).toEqual([...Array(GENERATE_LIMIT).fill(200), 429]);
      const refused = await generate('lang=en', from);
      expect(refused.body).toMatchObject({ code: 429, error_code: 'rate_limited' });
      expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
      expect(refused.headers.get('RateLimit')).toMatch(/^"generate";r=0;t=\d+$/);
      expect((await generate('preset=bitmap')).status).toBe(200);
      expect((await call('/api/health', { from })).status).toBe(200);
    });

    it('counts for the visitor whom a site’s own server names', async () => {
      const headers = { Authorization: `Bearer ${SECRET}` };
      const client_ip = newVisitor();
      const server = newVisitor();
      const named = () =>
        call(`/api/captcha/generate?preset=bitmap&client_ip=${client_ip}`, { from: server, headers });
      for (let i = 0; i < GENERATE_LIMIT; i++) expect((await named()).status).toBe(200);
      expect((await named()).status).toBe(429);
      expect((await generate('preset=bitmap', server)).status).toBe(200);
      expect((await generate('preset=bitmap', client_ip)).status).toBe(429);
    });

    it('says of bad input what was expected, and spends nothing on it', async () => {
      await Promise.all([
        ...BAD_QUERIES.map(async ([query, field, expected]) => {
          const { status, body } = await generate(`lang=en&${query}`);
          expect([query, status, body.error_code]).toEqual([query, 400, `invalid_${field}`]);
          expect(body.error).toContain(expected);
        }),
        ...BAD_ANSWERS.map(async ([fields, field]) => {
          const { body } = await verify(fields);
          expect(body).toMatchObject({ code: 400, error_code: `invalid_${field}` });
        }),
        ...BAD_BODIES.map(async ([body, headers, status]) => {
          const reply = await call('/api/captcha/verify', { method: 'POST', body, headers });
          expect(reply).toMatchObject({ status, body: { success: false, code: status } });
        }),
        ...BAD_METHODS.map(async ([path, method, allow]) => {
          const { status, headers } = await call(path, { method });
          expect([path, method, status, headers.get('Allow')]).toEqual([path, method, 405, allow]);
        }),
        ...badRedemptions(SECRET).map(async ([body, code]) => {
          const reply = await call('/api/captcha/siteverify', { body });
          expect(reply).toMatchObject({ status: 200, body: { success: false, 'error-codes': [code] } });
        }),
      ]);
      expect((await call('/api/nothing')).body).toMatchObject({ code: 404, error_code: 'no_such_route' });
      const { id, answer } = await issued();
      for (const bad of ['', '  ', 'x'.repeat(65)])
        expect((await verify({ captcha_id: id, answer: bad })).status).toBe(400);
      expect((await verify({ captcha_id: id, answer })).body.verified).toBe(true);
    });

    it('answers 503 while its store is away, accepts nothing, loses nothing, and comes back', async () => {
      const { id, answer } = await issued();
      const token = await tokenOf();
      await under.cut();
      try {
        const away = await generate('lang=en');
        expect(away.body).toMatchObject({ code: 503, error_code: 'store_unavailable' });
        expect(Number(away.headers.get('Retry-After'))).toBeGreaterThan(0);
        expect((await verify({ captcha_id: id, answer, attempt: ATTEMPT })).status).toBe(503);
        const redeemed = await siteverify(token, { idempotency_key: 'k' });
        expect(redeemed).toMatchObject({
          status: 503,
          body: { success: false, 'error-codes': ['internal-error'] },
        });
        // Health remembers the store for a second.
        await expect
          .poll(async () => (await call('/api/health')).body, { timeout: 5000 })
          .toMatchObject({ status: 'error', store: { ok: false } });
      } finally {
        await under.join();
      }
      await expect
        .poll(() => verify({ captcha_id: id, answer, attempt: ATTEMPT }), { timeout: 10_000 })
        .toMatchObject({ status: 200, body: { verified: true } });
      expect((await siteverify(token, { idempotency_key: 'k' })).body.success).toBe(true);
    });
  });
}
