/** Hooks: order, refusal, what they are told and what never; through the whole service, and the worked example as an operator runs it. */
import { describe, expect, it } from 'vitest';
import { loadHooks } from '../../functions/hooks.ts';
import { ConfigError } from '../../lib/errors.ts';
import { type Hook, type HookEvent, type HookOutcome, orderHooks } from '../../lib/service/hooks.ts';
import { startServer } from '../runtime/server.ts';
import { type Rig, rig } from './rig.ts';

const solve = async (r: Rig, query = 'kind=text&preset=classic') => {
  const { captcha_id } = (await r.generate(query)).body;
  const answer = await r.answerOf(captcha_id);
  return { captcha_id, answer, reply: await r.verify({ captcha_id, answer }) };
};

describe('order', () => {
  it('higher priority first, before and after alike; equal ones as they were given', async () => {
    const ran: string[] = [];
    const hook = (name: string, priority?: number): Hook => ({
      name,
      ...(priority !== undefined && { priority }),
      before: async ({ operation }) => {
        ran.push(`${operation} < ${name}`);
        return undefined;
      },
      after: ({ operation }) => ran.push(`${operation} > ${name}`),
    });
    const r = rig({ hooks: [hook('low', -1), hook('a'), hook('high', 9), hook('b')] });
    await solve(r);
    const order = ['high', 'a', 'b', 'low'];
    expect(ran).toEqual(
      ['generate', 'verify'].flatMap((operation) =>
        ['<', '>'].flatMap((side) => order.map((name) => `${operation} ${side} ${name}`)),
      ),
    );
  });

  it.each([
    [[null], 'hook 1: expected an object'],
    [[{}], 'expected a name'],
    [[{ name: 'x', befor: () => undefined }], 'it has "befor"'],
    [[{ name: 'x', before: 1 }], 'a function as before'],
    [[{ name: 'x' }, { name: 'y', priority: '1' }], 'hook 2: expected a number as priority'],
  ])('refuses %j', (hooks, message) => expect(() => orderHooks(hooks as unknown as Hook[])).toThrow(message));
});

describe('a hook before', () => {
  it('refuses with its own code and words; nothing is counted or spent, and those after are told', async () => {
    const told: HookOutcome[] = [];
    let closed = false;
    const r = rig({
      env: { GLYPHGATE_LIMIT_GENERATE: '2/60s' },
      hooks: [
        {
          name: 'gate',
          priority: 1,
          before: () => (closed ? { code: 'closed', message: 'Closed today' } : undefined),
        },
        {
          name: 'later',
          before: () => {
            if (closed) throw new Error('never asked');
            return undefined;
          },
        },
        { name: 'told', after: (event) => told.push(event) },
      ],
    });
    const { captcha_id } = (await r.generate('kind=text', '192.0.2.9')).body;
    closed = true;
    for (let i = 0; i < 5; i++) {
      const refused = await r.generate('kind=text', '192.0.2.9');
      expect(refused.status).toBe(403);
      expect(refused.body).toEqual({
        success: false,
        error: 'Closed today',
        code: 403,
        error_code: 'closed',
      });
    }
    const answer = await r.answerOf(captcha_id);
    expect((await r.verify({ captcha_id, answer })).status).toBe(403);
    const refresh = await r.call('/api/captcha/refresh', { body: { captcha_id } });
    expect(refresh.body.error_code).toBe('closed');
    expect(told.slice(1).every(({ outcome }) => outcome === 'refused')).toBe(true);
    closed = false;
    expect((await r.generate('kind=text', '192.0.2.9')).status).toBe(200);
    expect((await r.verify({ captcha_id, answer })).body.verified).toBe(true);
  });

  it('has general words when it gives none, in the visitor’s language', async () => {
    const r = rig({ hooks: [{ name: 'gate', before: () => ({ code: 'no' }) }] });
    expect((await r.generate('lang=en')).body.error).toBe('The request was refused');
    expect((await r.generate()).body.error).toBe('请求被拒绝');
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('lookup failed');
      },
    ],
    ['refuses without a good code', () => ({ code: 'Not Good' })],
  ])('that %s refuses all: 500, and the log says which', async (_, before) => {
    const r = rig({ hooks: [{ name: 'broken', before }] });
    const reply = await r.generate();
    expect(reply.status).toBe(500);
    expect(JSON.stringify(reply.body)).not.toMatch(/broken|lookup/);
    expect(r.events.at(-1)).toMatchObject({
      event: 'fault',
      error: { code: 'hook_failed', message: 'hook "broken" failed before generate' },
    });
  });
});

describe('a hook after', () => {
  it('is told what came of it, and never an answer, a token or a secret', async () => {
    const events: HookEvent[] = [];
    const r = rig({
      hooks: [
        {
          name: 'all',
          before: (event) => {
            events.push(event);
            return undefined;
          },
          after: (event) => events.push(event),
        },
      ],
    });
    const { captcha_id, answer, reply } = await solve(r, 'kind=text&preset=classic&session=s-1&action=login');
    await r.verify({ captcha_id, answer });
    const [asked, issued, , right, , again] = events as HookOutcome[];
    expect(asked).toMatchObject({ operation: 'generate', action: 'login', session: 's-1', kind: 'text' });
    expect(issued).toMatchObject({ outcome: 'issued', site: 'development', preset: 'classic' });
    expect(right).toMatchObject({
      operation: 'verify',
      outcome: 'right',
      captchaId: captcha_id,
      preset: 'classic',
    });
    expect(right!.ms).toBeGreaterThan(0);
    expect(right!.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(again).toMatchObject({ outcome: 'not_found' });
    const all = JSON.stringify(events);
    expect(all).not.toContain(reply.body.token);
    expect(all.toUpperCase()).not.toContain(`"${answer.toUpperCase()}"`);
  });

  it('that throws changes nothing but the log', async () => {
    const r = rig({
      hooks: [
        {
          name: 'broken',
          after: async () => {
            throw new Error('disk full');
          },
        },
      ],
    });
    expect((await solve(r)).reply.body.verified).toBe(true);
    expect(r.events.filter(({ event }) => event === 'hook_failed')).toHaveLength(2);
    expect(r.events[0]).toMatchObject({
      hook: 'broken',
      operation: 'generate',
      error: { message: 'disk full' },
    });
  });
});

it('the worked example runs as docs/hooks.md says', async () => {
  const server = await startServer({ GLYPHGATE_HOOKS: 'infra/examples/hooks/hooks.mjs' });
  try {
    const generate = `${server.url}/api/captcha/generate`;
    const bare = await fetch(generate, { headers: { 'User-Agent': '' } });
    expect(bare.status).toBe(403);
    expect(await bare.json()).toMatchObject({
      error_code: 'user_agent_missing',
      error: 'This form needs a browser.',
    });
    const challenge = (await (await fetch(generate)).json()) as { captcha_id: string };
    const picture = await fetch(`${server.url}/api/captcha/${challenge.captcha_id}/image`);
    expect(picture.headers.get('Cache-Control')).toBe('private, max-age=300, immutable');
    // Without a token there is no such route.
    expect((await fetch(`${server.url}/metrics`)).status).toBe(404);
  } finally {
    await server.stop();
  }
});

it.each([
  ['/nonexistent/hooks.mjs', 'Cannot find module'],
  ['test/setup/closing-line.ts', 'expected a default export'],
])('the server does not start with %s', async (path, message) => {
  await expect(loadHooks(path)).rejects.toThrow(ConfigError);
  await expect(loadHooks(path)).rejects.toThrow(message);
});
