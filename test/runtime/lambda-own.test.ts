/** Hooks, presets, voices and questions of an operator's own, put into the zips: judged when they are built, judged when they start, used. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleLambdas } from '../../infra/build/bundle.ts';
import { buzz } from '../audio/kit.ts';
import { ENVIRONMENT, insider, newVisitor } from './deployment.ts';
import { startLambda } from './lambda.ts';
import { type LambdaDeployment, openLambdas } from './lambda-deployment.ts';
import { eventOf, sent } from './lambda-events.ts';

const folder = mkdtempSync(join(tmpdir(), 'glyphgate-own-'));
const PRESETS = { brand: { base: 'plain', background: [{ stage: 'ground', color: '#fff7e8' }] } };
const VOICES = {
  language: 'en',
  voices: [{ name: 'anna', characters: '[0-9]', key: '{c}', files: 'anna/{c}.wav' }],
};

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const own = {
  // With a package and a file of its own, which the zip has to hold.
  GLYPHGATE_HOOKS: write(
    'hooks.mjs',
    `import { keeps } from './keeps.mjs';
     export { default } from ${JSON.stringify(join(process.cwd(), 'infra/examples/hooks/hooks.mjs'))};
     if (!keeps) throw new Error('no keeps');`,
  ),
  GLYPHGATE_PRESETS: write('presets.json', JSON.stringify(PRESETS)),
  GLYPHGATE_VOICES: folder,
  GLYPHGATE_QUESTIONS: 'infra/examples/questions',
  GLYPHGATE_QUESTIONS_RATIO: '1',
};
write('keeps.mjs', 'export const keeps = true;');
write('voices.json', JSON.stringify(VOICES));
write('not-named.wav', buzz(200, 1));
for (const digit of '0123456789') write(`anna/${digit}.wav`, buzz(150 + 10 * Number(digit), 0.4));

let under: LambdaDeployment;
beforeAll(async () => {
  under = await openLambdas({ ...ENVIRONMENT, GLYPHGATE_PROFILE: 'compat' }, own);
});
afterAll(async () => {
  await under?.stop();
  rmSync(folder, { recursive: true });
});

const call = (path: string, headers: Readonly<Record<string, string>> = { 'User-Agent': 'a browser' }) =>
  under.request(new Request(`http://localhost/api/captcha/${path}`, { headers }), newVisitor());
const json = async (path: string) => (await (await call(path)).json()) as { captcha_id: string };

describe('of one’s own, in the zip', () => {
  it('a preset draws', async () => {
    expect(await json('generate?kind=text&preset=brand')).toMatchObject({ success: true, preset: 'brand' });
  });

  it('voices say', async () => {
    const { captcha_id } = await json('generate?kind=audio&lang=en');
    const heard = await call(`${captcha_id}/audio`);
    expect(heard.headers.get('Content-Type')).toBe('audio/wav');
    const said = new Uint8Array(await heard.arrayBuffer());
    // What an instance of the same keys with our own voices makes of the same take.
    const { service } = insider(under);
    const listening = {
      id: captcha_id,
      rate: 8000,
      slow: false,
      take: 1,
      partial: false,
      peek: false,
    } as const;
    const ours = await service.listen(listening, { address: newVisitor() });
    expect(ours.ok && ours.wav!.length).toBeGreaterThan(8000);
    expect(said.length).toBeGreaterThan(8000);
    expect(ours.ok && Buffer.from(said).equals(ours.wav!)).toBe(false);
  });

  it('questions are asked, as often as they shall be', async () => {
    const asked = await json('generate?kind=scene');
    expect(asked).toMatchObject({ kind: 'scene', preset: 'photo' });
    const picture = await call(`${asked.captcha_id}/image`);
    expect(picture.headers.get('Content-Type')).toBe('image/jpeg');
  });

  it('hooks refuse, and set headers', async () => {
    const refused = await call('generate', {});
    expect([refused.status, await refused.json()]).toEqual([
      403,
      expect.objectContaining({ error_code: 'user_agent_missing' }),
    ]);
    const { captcha_id } = await json('generate?kind=text');
    const picture = await call(`${captcha_id}/image`);
    expect(picture.headers.get('Cache-Control')).toBe('private, max-age=300, immutable');
  });
});

describe('the zips', () => {
  const names = (name: 'generate' | 'verify' | 'health') =>
    Object.keys(unzipSync(readFileSync(under.zips[name]))).filter((path) => path.startsWith('own/'));

  it('hold what is named and nothing else, each what it needs', () => {
    expect(names('generate')).toEqual(
      [
        'own/hooks.mjs',
        'own/presets.json',
        'own/voices/voices.json',
        ...[...'0123456789'].map((digit) => `own/voices/anna/${digit}.wav`),
        ...['balls.jpg', 'cups.jpg', 'questions.json', 'snowman.jpg'].map((name) => `own/questions/${name}`),
      ].sort(),
    );
    expect(names('verify')).toEqual(['own/hooks.mjs']);
    expect(names('health')).toEqual([]);
  });

  it.each([
    [
      'GLYPHGATE_HOOKS',
      'bad-hooks.mjs',
      'export default [{ name: "x", befor() {} }];',
      /GLYPHGATE_HOOKS: expected a module with hooks .*"befor"/,
    ],
    [
      'GLYPHGATE_HOOKS',
      'lost-hooks.mjs',
      'import "./nowhere.mjs";',
      /GLYPHGATE_HOOKS: expected a module with hooks (.|\n)*nowhere\.mjs/,
    ],
    ['GLYPHGATE_PRESETS', 'bad-presets.json', '{"x":{"base":"nothing"}}', /GLYPHGATE_PRESETS: .*\n.*x\.base/],
    [
      'GLYPHGATE_VOICES',
      'bad/voices.json',
      '{"language":"de"}',
      /GLYPHGATE_VOICES: expected a folder without problems.*\n.*language/,
    ],
    [
      'GLYPHGATE_QUESTIONS',
      'bad/questions.json',
      '{}',
      /GLYPHGATE_QUESTIONS: expected a folder without problems/,
    ],
  ])('are not built of a bad %s (%s)', async (variable, file, content, message) => {
    const path = write(file, content);
    const named = file.startsWith('bad/') ? dirname(path) : path;
    await expect(bundleLambdas(join(folder, 'out'), { [variable]: named })).rejects.toThrow(message);
  });

  it('are judged again when they start', async () => {
    const files = unzipSync(readFileSync(under.zips.generate));
    files['own/presets.json'] = new TextEncoder().encode('{"brand":{"base":"nothing"}}');
    const zip = write('spoilt.zip', zipSync(files));
    const spoilt = await startLambda({ zip, handler: 'index.handler' }, under.environment);
    const event = eventOf['http-api'](
      await sent(new Request('http://localhost/api/captcha/generate'), newVisitor()),
    );
    await expect(spoilt.invoke(event)).rejects.toThrow(/does not start: .*GLYPHGATE_PRESETS: .*brand\.base/);
    await spoilt.stop();
  });

  it('start with nothing that is named and not in them', async () => {
    const environment = { ...under.environment, GLYPHGATE_PRESETS: 'own/presets.json' };
    const verify = await startLambda({ zip: under.zips.verify, handler: 'index.handler' }, environment);
    const event = eventOf['http-api'](
      await sent(new Request('http://localhost/api/captcha/verify'), newVisitor()),
    );
    await expect(verify.invoke(event)).rejects.toThrow(
      'GLYPHGATE_PRESETS: expected nothing here, since only the Node server reads files of yours',
    );
    await verify.stop();
  });
});
