import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERSION } from '../../lib/util/version.ts';
import { secretOf, tokenFrom } from '../client/kit.ts';
import { type Installed, installPackage } from './installed.ts';

const MEGABYTE = 1_000_000;
const bin = (name: string) => join('node_modules/.bin', name);

let project: Installed;
let service: string;
beforeAll(async () => {
  project = await installPackage();
  service = await project.serve([bin('glyphgate'), 'serve'], {
    NODE_ENV: 'development',
    GLYPHGATE_LIMIT_GENERATE: '1000/60s',
  });
}, 120_000);
afterAll(() => project?.remove());

describe('what is published', () => {
  it('holds scripts, declarations and data, and neither sources nor tests', () => {
    for (const file of [
      'package.json',
      'LICENSE',
      'THIRD-PARTY-NOTICES.md',
      'functions/handler.js',
      'functions/handler.d.ts',
      'lib/client/client.d.ts',
      'lib/render/kernel.wasm',
      'lib/render/licenses/NotoSansSC.txt',
      'lib/http/demo/index.html',
      'lib/widget/index.js',
      'lib/audio/voices-en.bin',
      'docs/integrate.md',
    ])
      expect(project.files).toContain(file);
    const odd = project.files.filter(
      (file) => /(^|\/)(test|infra|node_modules)\/|tsconfig|\.map$/.test(file) || /(?<!\.d)\.ts$/.test(file),
    );
    expect(odd).toEqual([]);
  });

  it('installs within 15 MB, without this repository’s Node', () => {
    expect(project.bytes).toBeLessThan(15 * MEGABYTE);
    const manifest = JSON.parse(readFileSync(join(project.built, 'package.json'), 'utf8'));
    expect(manifest.optionalDependencies).toBeUndefined();
    expect(manifest.private).toBeUndefined();
    expect(manifest.version).toBe(VERSION);
  });

  it('publint finds nothing', async () => {
    const pkgDir = join(project.folder, 'node_modules/glyphgate');
    const { messages, pkg } = await publint({ pkgDir, strict: true, pack: false });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it('are the types wrong? No', async () => {
    const attw = join(process.cwd(), 'node_modules/@arethetypeswrong/cli/dist/index.js');
    const { code, output } = await project.run(
      process.execPath,
      attw,
      '--profile',
      'esm-only',
      project.tarball,
    );
    expect(output).toContain('"glyphgate/fastify"');
    expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
  });
});

describe('the installed package', () => {
  it('has the command', async () => {
    const { code, output } = await project.run(process.execPath, bin('glyphgate'), '--version');
    expect({ code, output }).toEqual({ code: 0, output: `${VERSION}\n` });
    const drawn = await project.run(
      process.execPath,
      bin('glyphgate'),
      'render',
      '--kind',
      'text',
      '--out',
      'x.png',
    );
    expect(drawn.code, drawn.output).toBe(0);
    expect(readFileSync(join(project.folder, 'x.png')).subarray(1, 4).toString()).toBe('PNG');
  });

  it('serves, its demo too', async () => {
    expect(await (await fetch(`${service}/`)).text()).toContain('Glyphgate');
    expect(await (await fetch(`${service}/demo/demo.js`)).text()).toContain('onLanguage');
  });

  it('lets a server import the widget, which does nothing there', async () => {
    project.write('widget.ts', WIDGET_USER);
    const { code, output } = await project.run(process.execPath, '--experimental-strip-types', 'widget.ts');
    expect(output).toContain('zh-CN');
    expect(code).toBe(0);
  });

  it('names the package that a store lacks, and the command that brings it', async () => {
    const env = {
      NODE_ENV: 'development',
      GLYPHGATE_STORE: 'redis',
      GLYPHGATE_REDIS_URL: 'redis://localhost:1',
    };
    await expect(project.serve([bin('glyphgate'), 'serve'], env)).rejects.toThrow(
      'GLYPHGATE_STORE: store redis needs the package redis, which is not installed: npm install redis',
    );
  });
});

const WIDGET_USER = `import { type GlyphgateCaptcha, LANGUAGES } from 'glyphgate/widget';
export const reset = (captcha: GlyphgateCaptcha) => captcha.reset();
console.log(LANGUAGES.join());
`;
const REACT_USER = `import { createRef } from 'react';
import type { GlyphgateCaptcha } from 'glyphgate/widget';
const captcha = createRef<GlyphgateCaptcha>();
export const page = <form><glyphgate-captcha sitekey="k" action="login" ref={captcha} /></form>;
export const again = () => captcha.current?.reset();
`;
const snippets = ['integrate', 'testing', 'migrate-svg-captcha', 'widget'].flatMap((page) =>
  [...readFileSync(`docs/${page}.md`, 'utf8').matchAll(/```ts file=(\S+)\n([\s\S]*?)```/g)].map(
    ([, name, text]) => ({ name: name!, text: text! }),
  ),
);

describe('the examples of the docs', () => {
  const start = (name: string) =>
    project.serve(['--experimental-strip-types', name], {
      CAPTCHA_URL: service,
      CAPTCHA_SECRET: secretOf('pass'),
      NODE_ENV: 'development',
    });
  const signUp = (url: string, token: string | undefined, type: string) => {
    const fields = { name: 'Ada', ...(token !== undefined && { 'captcha-response': token }) };
    return fetch(`${url}/sign-up`, {
      method: 'POST',
      headers: { 'Content-Type': type },
      body: type.includes('json') ? JSON.stringify(fields) : new URLSearchParams(fields).toString(),
    });
  };

  beforeAll(() => {
    for (const { name, text } of snippets) project.write(name, text);
  });

  it('compiles against the declarations', async () => {
    project.write('page.tsx', REACT_USER);
    project.write(
      'tsconfig.json',
      JSON.stringify({
        compilerOptions: {
          strict: true,
          noEmit: true,
          module: 'nodenext',
          target: 'es2024',
          jsx: 'react-jsx',
          types: ['node'],
          exactOptionalPropertyTypes: true,
        },
        files: [...snippets.map(({ name }) => name), 'widget.ts', 'page.tsx'],
      }),
    );
    const { code, output } = await project.run(join(process.cwd(), 'node_modules/.bin/tsc'), '-p', '.');
    expect({ code, output }).toEqual({ code: 0, output: '' });
    expect(snippets.length).toBe(9);
  });

  it.each([
    ['express.ts', 'application/x-www-form-urlencoded'],
    ['fastify.ts', 'application/json'],
    ['hono.ts', 'application/x-www-form-urlencoded'],
  ])('%s protects a form', async (name, type) => {
    const url = await start(name);
    const token = await tokenFrom(service, 'pass', 'sign-up');
    const welcome = await signUp(url, token, type);
    expect(await welcome.json()).toEqual({ welcome: 'Ada', kind: 'scene' });
    expect((await signUp(url, token, type)).status).toBe(403);
    expect((await signUp(url, undefined, type)).status).toBe(400);
  });

  it('plain.ts redeems', async () => {
    const url = await start('plain.ts');
    const token = await tokenFrom(service, 'pass', 'sign-up');
    const call = (value: string) => fetch(url, { headers: { 'X-Captcha-Response': value } });
    expect(await (await call(token)).json()).toEqual({ accepted: true, reason: 'redeemed' });
    expect((await call(token)).status).toBe(403);
  });

  it('proxy.ts keeps id and token from the browser', async () => {
    const url = await start('proxy.ts');
    const asked = await fetch(`${url}/captcha`);
    const shown = (await asked.json()) as Record<string, unknown>;
    expect(shown).toMatchObject({ success: true, kind: 'scene' });
    expect(shown).not.toHaveProperty('captcha_id');
    const cookie = asked.headers.get('Set-Cookie')!.split(';')[0]!;
    const answer = (headers: Record<string, string>) =>
      fetch(`${url}/sign-up`, {
        method: 'POST',
        headers,
        body: new URLSearchParams({ name: 'Ada', answer: 'B' }),
      });
    expect((await answer({})).status).toBe(403);
    expect(await (await answer({ Cookie: cookie })).json()).toEqual({ welcome: 'Ada' });
    expect((await answer({ Cookie: cookie })).status).toBe(403);
  });

  it('from-svg-captcha.ts shows a picture and judges what is typed, once', async () => {
    const url = await start('from-svg-captcha.ts');
    const shown = await fetch(`${url}/captcha`);
    expect(shown.headers.get('Content-Type')).toContain('image/png');
    expect(
      Buffer.from(await shown.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    const cookie = shown.headers.get('Set-Cookie')!.split(';')[0]!;
    const login = () =>
      fetch(`${url}/login`, {
        method: 'POST',
        headers: { Cookie: cookie },
        body: new URLSearchParams({ name: 'Ada', answer: 'anything' }),
      });
    expect(await (await login()).json()).toEqual({ welcome: 'Ada' });
    expect((await login()).status).toBe(403);
  });

  it('e2e.ts runs to its end', async () => {
    const { code, output } = await project.run(process.execPath, '--experimental-strip-types', 'e2e.ts');
    expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
  });

  it('inside.ts is the service', async () => {
    const url = await start('inside.ts');
    expect(await tokenFrom(url)).toMatch(/^ey/);
  });
});
