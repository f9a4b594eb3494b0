/** The service inside a program of somebody's own. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHandler, type HandlerOptions, type HookOutcome } from '../../functions/handler.ts';

const environment = { NODE_ENV: 'development' };
const ask = async (options: HandlerOptions, bindings?: object) => {
  const service = await createHandler({ environment, ...options });
  onTestFinished(() => service.close());
  const response = await service.fetch(
    new Request('http://localhost/api/captcha/generate?kind=text&lang=en'),
    bindings,
  );
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

describe('createHandler', () => {
  it('knows the visitor by the bindings of @hono/node-server, or by what it is told', async () => {
    const bindings = { incoming: { socket: { remoteAddress: '192.0.2.7' } } };
    expect((await ask({}, bindings)).status).toBe(200);
    expect((await ask({ clientAddress: () => '192.0.2.7' })).status).toBe(200);
  });

  it.each([undefined, {}])(
    'counts nobody for somebody else where it knows no address: bindings %j',
    async (bindings) => {
      expect(await ask({}, bindings)).toMatchObject({ status: 500, body: { error_code: 'internal_error' } });
    },
  );

  it('runs hooks that are handed over', async () => {
    const seen: HookOutcome[] = [];
    const hooks = [
      { name: 'told', after: (outcome: HookOutcome) => void seen.push(outcome) },
      { name: 'closed', before: () => ({ code: 'closed' }) },
    ];
    const reply = await ask({ clientAddress: () => '192.0.2.7', hooks });
    expect(reply).toMatchObject({ status: 403, body: { error_code: 'closed' } });
    expect(seen).toMatchObject([{ outcome: 'refused', address: '192.0.2.7' }]);
  });

  it('says what was expected', async () => {
    await expect(createHandler({ enviroment: environment } as never)).rejects.toThrow(
      'createHandler: enviroment: no such option; expected one of environment, clientAddress, hooks',
    );
    await expect(createHandler({ environment: {} })).rejects.toThrow('GLYPHGATE_MASTER_KEY: expected');
    await expect(createHandler({ environment, hooks: [{ name: '' }] })).rejects.toThrow(
      'hook 1: expected a name',
    );
  });
});
