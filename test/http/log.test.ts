/** The request log and the meters, through the real app: what each line says, and what no line ever does. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../lib/errors.ts';
import { jsonLines, type LogEvent } from '../../lib/observe/log.ts';
import type { Observation } from '../../lib/observe/request.ts';
import { rig, SECRET } from './rig.ts';

const LOGGED = { GLYPHGATE_LOG: 'requests' };
const requests = (events: readonly LogEvent[]) => events.filter(({ event }) => event === 'request');

describe('the request log', () => {
  it('has a line for each request, from the picture to the redemption', async () => {
    const r = rig({ env: LOGGED });
    const { captcha_id } = (
      await r.generate('kind=text&preset=classic&difficulty=2&session=cart-77', '203.0.113.9')
    ).body;
    const answer = await r.answerOf(captcha_id);
    const { token } = (await r.verify({ captcha_id, answer, session: 'cart-77' }, '203.0.113.9')).body;
    await r.siteverify(token);
    const about = { site: 'development', session: 'cart-77', kind: 'text', preset: 'classic', difficulty: 2 };
    expect(requests(r.events)).toMatchObject([
      {
        level: 'info',
        route: 'generate',
        status: 200,
        outcome: 'issued',
        address: '203.0.113.0/24',
        ...about,
      },
      { route: 'verify', status: 200, outcome: 'right', address: '203.0.113.0/24', ...about },
      { route: 'siteverify', status: 200, outcome: 'redeemed', address: '127.0.0.0/24', ...about },
    ]);
    for (const event of requests(r.events)) {
      expect(event.ms).toBeGreaterThanOrEqual(0);
      expect(event.request_id).toMatch(/^[0-9a-f-]{36}$/);
      expect(Object.keys(event)).toEqual([
        'level',
        'event',
        'request_id',
        'route',
        'status',
        'outcome',
        'site',
        'session',
        'address',
        'kind',
        'preset',
        'difficulty',
        'ms',
      ]);
    }
  });

  it.each([
    ['masked', '2001:db8:1::/48'],
    ['full', '2001:db8:1:2::5'],
    ['none', undefined],
  ])('shows an address %s', async (mode, shown) => {
    const r = rig({ env: { ...LOGGED, GLYPHGATE_LOG_ADDRESS: mode } });
    await r.generate('', '2001:db8:1:2::5');
    expect(requests(r.events)[0]!.address).toBe(shown);
  });

  it.each([
    ['a bad value', '/api/captcha/generate?difficulty=9', {}, 'generate', 'invalid', 400],
    ['a wrong method', '/api/captcha/generate', { method: 'PUT' }, 'other', 'invalid', 405],
    ['an unknown route', '/api/captcha/none', {}, 'other', 'not_found', 404],
    ['an unknown challenge', `/api/captcha/${'0'.repeat(32)}/image`, {}, ':id/image', 'not_found', 404],
    [
      'a wrong secret',
      '/api/captcha/siteverify',
      { body: { secret: 'x', response: 'y' } },
      'siteverify',
      'invalid-input-secret',
      200,
    ],
    ['a body of no known type', '/api/captcha/siteverify', { body: 'x' }, 'siteverify', 'bad-request', 415],
  ])('%s', async (_, path, options, route, outcome, status) => {
    const r = rig({ env: LOGGED });
    await r.call(path, options);
    expect(requests(r.events)).toMatchObject([{ route, outcome, status }]);
  });

  it('tells a limit from a brake, a wrong answer from a right one, a round from the last', async () => {
    const r = rig({
      env: {
        ...LOGGED,
        GLYPHGATE_LIMIT_GENERATE: '1/60s',
        GLYPHGATE_DAILY_BUDGET: '2',
        GLYPHGATE_PROFILE: 'accessible',
      },
    });
    const { captcha_id } = (await r.generate('', '192.0.2.1')).body;
    await r.generate('', '192.0.2.1');
    await r.generate('', '192.0.2.2');
    await r.generate('', '192.0.2.3');
    await r.verify({ captcha_id, answer: 'A' });
    await r.verify({ captcha_id, answer: 'B' });
    expect(requests(r.events).map(({ outcome }) => outcome)).toEqual([
      'issued',
      'limited',
      'issued',
      'braked',
      'next',
      'not_found',
    ]);
  });

  it('says nothing of health checks, and nothing at all of requests when off; faults it tells in any case', async () => {
    const broken = (store: import('../../lib/store/store.ts').Store) => ({
      ...store,
      put: () => Promise.reject(new StoreError('store_unavailable', 'gone')),
    });
    const r = rig({ wrap: broken });
    await r.generate();
    expect(r.events).toMatchObject([{ event: 'store_failed', route: 'generate', method: 'GET' }]);
    const loud = rig({ env: LOGGED });
    await loud.call('/api/health');
    expect(loud.events).toEqual([]);
  });

  it('never holds a secret, an answer, a token or a full address, whatever comes in', async () => {
    const lines: string[] = [];
    const log = jsonLines((line) => lines.push(line));
    const r = rig({ env: LOGGED });
    const FORBIDDEN = 'SECRET-a8f3';
    const hostile = fc.constantFrom(
      `${FORBIDDEN}\r\n{"level":"info","event":"forged"}`,
      `\u2028${FORBIDDEN}\u009b2J\u202e`,
      `${FORBIDDEN}\u0000"}\\`,
    );
    const spots: ((text: string) => Promise<unknown>)[] = [
      (text) => r.generate(`kind=${encodeURIComponent(text)}`),
      (text) => r.call(`/api/captcha/${encodeURIComponent(text)}/image`),
      (text) => r.call(`/api/${encodeURIComponent(text)}?token=${FORBIDDEN}`),
      (text) => r.verify({ captcha_id: '0'.repeat(32), answer: text }),
      (text) => r.verify({ captcha_id: text, answer: 'A', attempt: text }),
      (text) => r.siteverify(text, { secret: text }),
      (text) => r.siteverify(text, { idempotency_key: text }),
      (text) =>
        r.call('/api/captcha/verify', {
          method: 'POST',
          body: text,
          headers: { 'Content-Type': 'application/json' },
        }),
      (text) =>
        r.call('/api/captcha/generate', { headers: { Authorization: `Bearer ${encodeURIComponent(text)}` } }),
    ];
    await fc.assert(
      fc.asyncProperty(hostile, fc.constantFrom(...spots), async (text, spot) => {
        await spot(text);
      }),
      { numRuns: 60 },
    );
    // The one text of the caller's that is logged: its own reference.
    const session = 'ref\r\n{"event":"forged"}\u2028\u009b2J\u202e';
    const made = await r.call(`/api/captcha/generate?kind=text&session=${encodeURIComponent(session)}`, {
      from: '198.51.100.23',
    });
    const answer = await r.answerOf(made.body.captcha_id);
    const { token } = (await r.verify({ captcha_id: made.body.captcha_id, answer }, '198.51.100.23')).body;
    await r.siteverify(token);
    for (const event of r.events) log(event);
    expect(lines.length).toBeGreaterThan(60);
    for (const line of lines) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e]/);
      expect(JSON.parse(line).event).not.toBe('forged');
      for (const secret of [FORBIDDEN, SECRET, token, `"${answer}"`, '198.51.100.23'])
        expect(line).not.toContain(secret);
    }
    expect(lines.some((line) => JSON.parse(line).session === session)).toBe(true);
  });
});

describe('meters', () => {
  it('get a sample of every request, also when the log is off; one that throws changes no reply', async () => {
    const samples: Observation[] = [];
    const r = rig({
      meters: [
        (sample) => samples.push(sample),
        () => {
          throw new Error('full');
        },
      ],
    });
    expect((await r.generate('kind=text')).status).toBe(200);
    expect((await r.generate('kind=none')).status).toBe(400);
    expect(samples).toMatchObject([
      { route: 'generate', outcome: 'issued', kind: 'text', site: 'development', status: 200 },
      { route: 'generate', outcome: 'invalid', status: 400 },
    ]);
    expect(r.events.map(({ event }) => event)).toEqual(['meter_failed', 'meter_failed']);
  });
});
