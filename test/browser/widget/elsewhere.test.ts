/** The widget away from its service: on another origin, allowed or not, and before a proxy that keeps id and token to itself. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Server, startServer } from '../../runtime/server.ts';
import { stage } from './kit.ts';

const SECRET = 'development-secret-never-use-in-production';

/** The page is served by one service; the widget talks to another, which knows this origin or does not. */
const visit = stage();
let knows: Server;
let knowsNot: Server;
let shop: HttpServer;
let elsewhere: string;

beforeAll(async () => {
  // A server of its own: a page that the test only pretends may not reach this machine.
  shop = createServer((request, response) => {
    const { url } = request.url === '/known' ? knows : knowsNot;
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><html lang="en"><title>Shop</title><script src="${url}/widget/element.js"></script>
      <main><glyphgate-captcha kind="scene" lang="de"></glyphgate-captcha></main></html>`);
  }).listen(0);
  elsewhere = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  [knows, knowsNot] = await Promise.all([startServer({ GLYPHGATE_ORIGINS: elsewhere }), startServer()]);
});
afterAll(async () => {
  shop?.close();
  await Promise.all([knows?.stop(), knowsNot?.stop()]);
});

test('cross-origin with the origin allowed: script, views, languages and calls', () =>
  visit('', async (on) => {
    await on.page.goto(`${elsewhere}/known`);
    const widget = on.widgetAt('glyphgate-captcha');
    const id = await widget.id();
    await on.page.getByText('Sicherheitsprüfung').waitFor();
    await on.page.getByRole('button', { name: `Antwort ${await knows.answer(id)}` }).click();
    await widget.in('solved');
    const redeemed = await fetch(`${knows.url}/api/captcha/siteverify`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ secret: SECRET, response: await widget.token() }),
    });
    expect(await redeemed.json()).toMatchObject({ success: true, hostname: '127.0.0.1' });
  }));

test('cross-origin with the origin not allowed: said to be out of reach, never a riddle without an end', () =>
  visit(
    '',
    async (on) => {
      await on.page.goto(`${elsewhere}/unknown`);
      await on.page.getByText('Der Dienst ist nicht erreichbar.').waitFor();
    },
    { allow: /CORS policy/ },
  ));

test('browser → your server → the service: id and token stay in the session, the page learns by event', async () => {
  // Between the example and the service, to know what passes: the browser must not.
  const ids: string[] = [];
  const relay = createServer(async (request, response) => {
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(chunk as Buffer);
    const reply = await fetch(knows.url + request.url, {
      method: request.method ?? 'GET',
      headers: Object.entries(request.headers).filter(([name]) =>
        /^(authorization|content-type)$/.test(name),
      ) as [string, string][],
      ...(body.length > 0 && { body: Buffer.concat(body) }),
    });
    const content = Buffer.from(await reply.arrayBuffer());
    const id = /"captcha_id":"(\w+)"/.exec(content.toString('latin1'))?.[1];
    if (id) ids.push(id);
    response
      .writeHead(reply.status, {
        'Content-Type': reply.headers.get('Content-Type')!,
        'Access-Control-Allow-Origin': '*',
      })
      .end(content);
  }).listen(0);
  const example = spawn(process.execPath, ['infra/examples/proxy/server.mjs'], {
    env: {
      PORT: '0',
      GLYPHGATE_URL: `http://localhost:${(relay.address() as AddressInfo).port}`,
      GLYPHGATE_SECRET: SECRET,
    },
  });
  try {
    const [said] = (await once(example.stdout, 'data')) as [Buffer];
    const url = /http:\S+/.exec(said.toString())![0];
    await visit(
      '',
      async (on) => {
        const replies: Promise<string>[] = [];
        on.page.on('response', (response) => {
          if (response.url().includes('/guard/')) replies.push(response.text().catch(() => ''));
        });
        await on.page.goto(url);
        await on.page.evaluate(() =>
          addEventListener('glyphgate-success', (event) =>
            document.body.append(`told: ${JSON.stringify((event as CustomEvent).detail)}`),
          ),
        );
        const widget = on.widgetAt('glyphgate-captcha');
        await widget.in('ready');
        await widget.input.fill('wrong');
        await widget.check.click();
        await on.page.getByText('That was not right').waitFor();
        await widget.in('ready');
        await widget.refresh.click();
        await on.page.getByText('Here is a new one.', { exact: true }).waitFor();
        await on.page.getByRole('button', { name: 'Listen instead' }).click();
        await on.page.getByRole('button', { name: 'Play', exact: true }).click();
        await on.page.getByRole('button', { name: 'Stop' }).click();
        expect(ids.length).toBeGreaterThanOrEqual(3);
        await widget.input.fill(await knows.answer(ids.at(-1)!));
        await widget.check.click();
        await widget.in('solved');
        await on.page.getByText('told: {}').waitFor();
        expect(await widget.token()).toBe('');
        for (const reply of await Promise.all(replies)) expect(reply).not.toMatch(/captcha_id|"token"/);
        await on.page.getByRole('button', { name: 'Sign in' }).click();
        await on.page.getByText('Welcome').waitFor();
        expect((await on.page.goto(`${url}/login`))!.status()).toBe(403);
      },
      { allow: /403/ },
    );
  } finally {
    example.kill();
    relay.close();
  }
});
