import { createHash, generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../lib/config.ts';
import { createKeyring } from '../../lib/token/keys.ts';
import { rig } from '../http/rig.ts';
import { temporaryFolder } from './command.ts';
import { inside } from './inside.ts';

const read = (more: Record<string, string>) => readConfig({ NODE_ENV: 'development', ...more });

describe('glyphgate keys', () => {
  it('master: a key that the service takes; --rotate puts it before the one in use', async () => {
    const first = (await inside(['keys', 'master'])).stdout.trim();
    expect(read({ GLYPHGATE_MASTER_KEY: first }).masterKeys).toEqual([first]);
    const env = { GLYPHGATE_MASTER_KEY: `${first},${'o'.repeat(40)}` };
    const { json } = await inside(['keys', 'master', '--rotate', '--json'], env);
    const [fresh, old, ...more] = read(json()).masterKeys;
    expect([old, more]).toEqual([first, []]);
    expect(json().kid).toBe(createKeyring([fresh!]).current.kid);
    // What the old key made is still opened.
    const before = rig({ env: { GLYPHGATE_MASTER_KEY: first } });
    const { captcha_id } = (await before.generate('kind=text')).body;
    const answer = await before.answerOf(captcha_id);
    const after = rig({ env: { GLYPHGATE_MASTER_KEY: `${fresh},${first}` }, wrap: () => before.store });
    expect((await after.verify({ captcha_id, answer })).body.verified).toBe(true);
  });

  it('secret: with the hash that a sites document holds', async () => {
    const { secret, sha256 } = (await inside(['keys', 'secret', '--json'])).json();
    expect(sha256).toBe(createHash('sha256').update(secret).digest('hex'));
    expect(read({ GLYPHGATE_SECRET: secret }).secrets).toEqual([secret]);
  });

  it.each(['EdDSA', 'ES256'])(
    'signing: %s, taken as it is printed; --rotate keeps the public half of the old one',
    async (alg) => {
      const { stdout } = await inside(['keys', 'signing', '--alg', alg]);
      const env = { GLYPHGATE_SIGNING_KEY: stdout.trim() };
      expect(read(env).signingKeys).toHaveLength(1);
      const rotated = (await inside(['keys', 'signing', '--alg', alg, '--rotate', '--json'], env)).json();
      expect(rotated.alg).toBe(alg);
      const [fresh, old] = read(rotated).signingKeys;
      expect(fresh!.d).toBeDefined();
      expect(old).toEqual({
        ...JSON.parse(stdout),
        d: undefined,
        key_ops: undefined,
        ext: undefined,
        kid: undefined,
      });
      expect(old!.d).toBeUndefined();
    },
  );

  it('signing --from: a PEM of one’s own', async () => {
    const { file } = temporaryFolder();
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(file('key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const { stdout } = await inside(['keys', 'signing', '--from', file('key.pem')]);
    expect(JSON.parse(stdout)).toMatchObject(privateKey.export({ format: 'jwk' }));
    writeFileSync(
      file('rsa.pem'),
      generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
    );
    for (const name of ['rsa.pem', 'none.pem'])
      expect(await inside(['keys', 'signing', '--from', file(name)])).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringMatching(/private key in PEM|cannot read/),
      });
  });

  it('site: the key that a site’s back end verifies HS256 tokens with', async () => {
    const env = { GLYPHGATE_MASTER_KEY: 'm'.repeat(40) };
    const { json } = await inside(['keys', 'site', '--sitekey', 'shop', '--json'], env);
    const [{ k, kid }] = json().keys;
    const ring = createKeyring([env.GLYPHGATE_MASTER_KEY]);
    const text = await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(k, 'base64url'));
    const [head, body, signature] = text.split('.');
    expect(
      Buffer.from(ring.current.jwtMac('shop', Buffer.from(`${head}.${body}`))).toString('base64url'),
    ).toBe(signature);
    expect(kid).toBe(ring.current.kid);
  });

  it('inspect: what there is, and never the keys themselves', async () => {
    const signing = (await inside(['keys', 'signing'])).stdout.trim();
    const env = {
      GLYPHGATE_MASTER_KEY: `${'m'.repeat(40)},short-one`,
      GLYPHGATE_SECRET: 's'.repeat(32),
      GLYPHGATE_SIGNING_KEY: signing,
    };
    const { code, stdout } = await inside(['keys', 'inspect'], env);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^master {3}\w{8} {2}40 bytes, makes and opens\nmaster {3}\w{8} {2}9 bytes, opens only: too short/,
    );
    expect(stdout).toContain('signs and verifies');
    for (const secret of ['mmmm', 'short-one', 'ssss', JSON.parse(signing).d])
      expect(stdout).not.toContain(secret);
    expect((await inside(['keys', 'inspect'])).stdout).toContain('no keys in the environment');
  });

  it.each([
    [['keys'], 2, 'WHAT is missing'],
    [['keys', 'mastre'], 2, 'WHAT expects one of master'],
    [['keys', 'master', '--rotate'], 1, 'GLYPHGATE_MASTER_KEY: expected a value in the environment'],
    [['keys', 'site'], 2, '--sitekey is missing'],
    [['keys', 'signing', '--alg', 'RS256'], 2, 'one of EdDSA, ES256'],
  ])('%j ends with %d and says what to do', async (words, code, message) => {
    const run = await inside(words);
    expect(run).toMatchObject({ code, stdout: '' });
    expect(run.stderr).toContain(message);
  });
});
