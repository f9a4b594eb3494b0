import { expect, it } from 'vitest';
import { cloudflareAddress as clientAddress } from '../../lib/http/cloudflare.ts';
import { createRpc } from '../../lib/http/rpc.ts';
import { rig, SECRET } from './rig.ts';

const ADDRESS = '192.0.2.1';
const rpcOf = (r: ReturnType<typeof rig>) => createRpc(r.app, '/api');

it('answers as the wire does, and redeems', async () => {
  const r = rig({ clientAddress });
  const rpc = rpcOf(r);
  const challenge = await rpc.generate({ kind: 'text', difficulty: 2, action: 'login' }, ADDRESS);
  if (!challenge.success) throw new Error(challenge.error);
  const id = challenge.captcha_id;
  const verdict = await rpc.verify(
    { captcha_id: id, answer: await r.answerOf(id), origin: 'https://shop.example' },
    { address: ADDRESS },
  );
  expect(verdict).toMatchObject({ success: true, verified: true });
  const { token } = verdict as { token: string };
  const call = { secret: SECRET, response: token };
  expect(await rpc.siteverify(call)).toMatchObject({
    success: true,
    action: 'login',
    hostname: 'shop.example',
  });
  expect(await rpc.siteverify(call)).toMatchObject({
    success: false,
    'error-codes': ['timeout-or-duplicate'],
  });
});

it('gives what a visitor got wrong as a value', async () => {
  const rpc = rpcOf(rig({ clientAddress }));
  expect(await rpc.generate({ kind: 'riddle', lang: 'en' }, ADDRESS)).toMatchObject({
    success: false,
    code: 400,
    error_code: 'invalid_kind',
  });
  expect(await rpc.verify({ captcha_id: '0'.repeat(32), answer: 'A' }, ADDRESS)).toMatchObject({ code: 404 });
});

it('counts for the visitor that is named, and says when to come again', async () => {
  const rpc = rpcOf(rig({ clientAddress, env: { GLYPHGATE_LIMIT_GENERATE: '2/60s' } }));
  const ask = (address: string) => rpc.generate({ preset: 'bitmap' }, address);
  for (let i = 0; i < 2; i++) expect(await ask(ADDRESS)).toMatchObject({ success: true });
  expect(await ask(ADDRESS)).toMatchObject({ code: 429, retry_after: expect.any(Number) });
  expect(await ask('192.0.2.2')).toMatchObject({ success: true });
});

it('throws at a caller that names no address', async () => {
  const rpc = rpcOf(rig({ clientAddress }));
  for (const visitor of ['', 'localhost', undefined, { address: '1.2.3' }, { cf: {} }])
    await expect(rpc.generate({}, visitor as never)).rejects.toThrow('IPv4 or IPv6 address');
});
