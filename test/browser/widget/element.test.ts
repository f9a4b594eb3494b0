/** `<glyphgate-captcha>` against the real service, under the strictest policy: every way that an answer can go, and every place for it. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { redeem, solve, stage, truthOf } from './kit.ts';

const visit = stage();
const TEXT = '<glyphgate-captcha kind="text"></glyphgate-captcha>';

test('a right answer, typed: the token is the value of a field that redeems once', () =>
  visit(
    '<form><glyphgate-captcha kind="text" name="proof" action="login" cdata="u-1"></glyphgate-captcha></form>',
    async (on) => {
      await solve(on);
      const form = () => on.page.evaluate(() => Object.fromEntries(new FormData(document.forms[0]!)));
      const token = await on.widget.token();
      expect(await form()).toEqual({ proof: token });
      expect(await on.widget.status.textContent()).toBe('Verified');
      expect(await redeem(on.server, token)).toMatchObject({ success: true, kind: 'text', action: 'login' });
      expect(await redeem(on.server, token)).toMatchObject({ success: false });
    },
  ));

test('a scene by its buttons, with room asked for where none was kept', () =>
  visit('<glyphgate-captcha></glyphgate-captcha>', async ({ page, widget, server }) => {
    const id = await widget.id();
    await page.getByRole('button', { name: 'Show the question' }).click();
    await page.getByRole('button', { name: `Answer ${await server.answer(id)}` }).click();
    await widget.in('solved');
    expect(await redeem(server, await widget.token())).toMatchObject({ success: true, kind: 'scene' });
  }));

test('a wrong answer says so and brings a new one; a click, the button and refresh() do too', () =>
  visit(TEXT, async ({ page, widget, server }) => {
    const first = await widget.id();
    await widget.input.fill('!');
    await widget.input.press('Enter');
    await page.getByText('That was not right. Here is a new one.').waitFor();
    const second = await widget.id(first);
    expect(await widget.token()).toBe('');
    // Whoever was typing goes on typing.
    expect(await widget.host.evaluate((host) => host.shadowRoot!.activeElement?.localName)).toBe('input');
    await widget.host.locator('canvas').click();
    await page.getByText('Here is a new one.').waitFor();
    const third = await widget.id(second);
    await widget.refresh.click();
    await widget.id(third);
    await expect(server.answer(third)).rejects.toThrow('404');
    await widget.check.click();
    await page.getByText('Enter your answer first.').waitFor();
  }));

test('time: the last seconds are announced, then comes a new one by itself; a token grows old', () =>
  visit(
    TEXT,
    async ({ page, widget, server }) => {
      const first = await widget.id();
      await page.clock.runFor(270_500);
      await page.getByText('30 seconds left.').waitFor();
      await page.clock.runFor(30_000);
      await page.getByText('Time was up. Here is a new one.').waitFor();
      const second = await widget.id(first);
      await widget.input.fill(await server.answer(second));
      await widget.check.click();
      await widget.in('solved');
      await page.evaluate(() => {
        addEventListener('glyphgate-expired', () => document.body.append('too old now'));
      });
      await page.clock.runFor(300_500);
      await page.getByText('too old now').waitFor();
      expect(await widget.token()).toBe('');
      await widget.id(second);
    },
    { before: (page) => page.clock.install() },
  ));

test('nobody there: after three renewals it waits for a hand', () =>
  visit(
    TEXT,
    async ({ page, widget }) => {
      let id = await widget.id();
      for (let round = 1; round <= 3; round++) {
        await page.clock.runFor(301_000);
        id = await widget.id(id);
      }
      await page.clock.runFor(301_000);
      await widget.in('expired');
      await page.getByRole('button', { name: 'Start again' }).click();
      await widget.id(id);
    },
    { before: (page) => page.clock.install() },
  ));

const limited = (path: string, headers: Record<string, string>) => (page: Page) =>
  page.route(
    path,
    (route) =>
      route.fulfill({
        status: 429,
        headers,
        json: { success: false, error: 'Too many requests', code: 429, error_code: 'rate_limited' },
      }),
    { times: 1 },
  );

test('429: says until when, and goes on then with the very same answer', () =>
  visit(TEXT, async ({ page, widget, server }) => {
    const id = await widget.id();
    await limited('**/verify', { 'Retry-After': '2' })(page);
    await widget.input.fill(await server.answer(id));
    await widget.check.click();
    await page.getByText(/Too many tries\. You can go on at \d/).waitFor();
    await page.getByRole('button', { name: /Try again in [12] s/ }).waitFor();
    await page.getByText('You can go on now.').waitFor();
    await page.getByRole('button', { name: 'Try again', exact: true }).click();
    await widget.in('solved');
  }));

test('a service that is gone from the start is said to be gone; a retry works once it is back', () =>
  visit(
    TEXT,
    async ({ page, widget }) => {
      await page.getByText('The service cannot be reached').waitFor();
      await page.unroute('**/generate*');
      await page.getByRole('button', { name: 'Try again' }).click();
      await widget.id();
    },
    { before: (page) => page.route('**/generate*', (route) => route.abort()) },
  ));

test('a service that never answers is given up, whatever part of it is silent', () => {
  let ask = () => {};
  const asked = new Promise<void>((resolve) => {
    ask = resolve;
  });
  return visit(
    '<glyphgate-captcha kind="scene"></glyphgate-captcha>',
    async ({ page, widget }) => {
      await asked;
      await page.clock.runFor(13_000);
      await widget.in('stuck');
      await page.getByRole('button', { name: 'Try again' }).waitFor();
    },
    {
      // The part with the view: asked for, never answered.
      before: async (page) => {
        await page.clock.install();
        await page.route('**/widget/scene-*', () => ask());
      },
    },
  );
});

test('a service that is slow is waited for, up to a point, at each step', () => {
  let ask = () => {};
  const asked = () =>
    new Promise<void>((resolve) => {
      ask = resolve;
    });
  let answers = () => {};
  const first = asked();
  return visit(
    TEXT,
    async ({ page, widget, server }) => {
      await first;
      await page.clock.runFor(11_000);
      await widget.in('loading');
      answers();
      const id = await widget.id();
      const second = asked();
      await page.route('**/verify', () => ask());
      await widget.input.fill(await server.answer(id));
      await widget.check.click();
      await second;
      await page.clock.runFor(13_000);
      await widget.in('stuck');
      await page.getByText('The service took too long. Please try again.').waitFor();
      await page.unroute('**/verify');
      await page.getByRole('button', { name: 'Try again' }).click();
      await widget.in('solved');
    },
    {
      before: async (page) => {
        await page.clock.install();
        // The clock of the test knows nothing of this timer.
        await page.addInitScript(() => {
          AbortSignal.timeout = (ms) => {
            const controller = new AbortController();
            setTimeout(() => controller.abort(), ms);
            return controller.signal;
          };
        });
        await page.route('**/generate*', (route) => {
          answers = () => void route.continue();
          ask();
        });
      },
    },
  );
});

test('a lost reply is asked for again, by the same attempt, and costs nothing', () =>
  visit(TEXT, async (on) => {
    const bodies: string[] = [];
    await on.page.route('**/verify', async (route) => {
      bodies.push(route.request().postData()!);
      if (bodies.length > 2) return route.continue();
      await route.fetch();
      await route.abort();
    });
    await solve(on);
    expect(bodies.length).toBe(3);
    expect(new Set(bodies).size).toBe(1);
    expect(await redeem(on.server, await on.widget.token())).toMatchObject({ success: true });
  }));

test('what is set up wrongly is said in words, and told to the page', () =>
  visit(
    '<glyphgate-captcha sitekey="nobodys"></glyphgate-captcha><glyphgate-captcha id="far" endpoint="javascript:alert(1)"></glyphgate-captcha>',
    async ({ page, widgetAt }) => {
      const bad = widgetAt('[sitekey]');
      await bad.in('stuck');
      expect(await bad.status.textContent()).toContain('Invalid sitekey');
      const far = widgetAt('#far');
      await far.in('stuck');
      expect(await far.status.textContent()).toContain('expected an http address');
      expect(await page.evaluate(() => (globalThis as { codes?: string[] }).codes)).toEqual(
        expect.arrayContaining(['invalid_sitekey', 'invalid_endpoint']),
      );
    },
    {
      before: (page) =>
        page.addInitScript(() => {
          const codes: string[] = [];
          Object.assign(globalThis, { codes });
          addEventListener('glyphgate-error', (event) => codes.push((event as CustomEvent).detail.code));
        }),
    },
  ));

test('two on a page, one in a shadow tree, moved about: each keeps to itself', () =>
  visit(
    '<div id="a"><glyphgate-captcha id="one" kind="text"></glyphgate-captcha></div><div id="b"></div><div id="root"></div>',
    async ({ page, widgetAt, server }) => {
      const one = widgetAt('#one');
      const first = await one.id();
      await page.evaluate(() => {
        const root = document.querySelector('#root')!.attachShadow({ mode: 'open' });
        const two = document.createElement('glyphgate-captcha');
        two.id = 'two';
        two.setAttribute('kind', 'text');
        root.append(two);
      });
      const two = widgetAt('#two');
      const second = await two.id(first);
      await one.input.fill('half an ans');
      await page.evaluate(() => document.querySelector('#b')!.append(document.querySelector('#one')!));
      expect(await one.input.inputValue()).toBe('half an ans');
      await two.input.fill(await server.answer(second));
      await two.check.click();
      await two.in('solved');
      await one.in('ready');
      await one.input.fill(await server.answer(first));
      await one.check.click();
      await one.in('solved');
    },
  ));

test('in a form: native validation, reset, disabled', () =>
  visit(
    `<form><fieldset>${TEXT}</fieldset><button id="send">Send</button><input id="undo" type="reset"></form>`,
    async (on) => {
      const { page, widget } = on;
      await page.evaluate(() =>
        document.forms[0]!.addEventListener('submit', (event) => {
          event.preventDefault();
          document.body.append('sent');
        }),
      );
      const first = await widget.id();
      await page.locator('#send').click();
      expect(await page.getByText('sent').count()).toBe(0);
      const state = () =>
        widget.host.evaluate((host) => {
          const { validity, validationMessage, willValidate, form } = host as HTMLInputElement;
          return [validity.valid, validationMessage, willValidate, form === document.forms[0]];
        });
      expect(await state()).toEqual([false, 'Please complete the security check.', true, true]);
      // The browser leads to the field.
      expect(await widget.host.evaluate((host) => host.shadowRoot!.activeElement?.localName)).toBe('input');
      await solve(on);
      expect(await state()).toEqual([true, '', true, true]);
      await page.locator('#send').click();
      await page.getByText('sent').waitFor();
      await page.locator('#undo').click();
      const second = await widget.id(first);
      expect(await widget.token()).toBe('');
      await page.evaluate(() => document.querySelector('fieldset')!.toggleAttribute('disabled', true));
      expect(await state()).toEqual([false, 'Please complete the security check.', false, true]);
      await page.locator('.frame[inert]').waitFor({ state: 'attached' });
      await page.evaluate(() => document.querySelector('fieldset')!.toggleAttribute('disabled', false));
      expect(await widget.id()).toBe(second);
    },
  ));

test('reveal: by mouse, and typed', () =>
  visit('<glyphgate-captcha kind="reveal"></glyphgate-captcha>', async ({ page, widget, server }) => {
    const { answer, point } = await truthOf(server, await widget.id());
    const box = (await widget.host.locator('canvas').boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.move(box.x + (point[0] / 300) * box.width, box.y + (point[1] / 100) * box.height, {
      steps: 12,
    });
    await page.mouse.down();
    await page.getByText('There it is. Type the characters.').waitFor();
    await page.mouse.up();
    await page.keyboard.type(answer);
    await page.keyboard.press('Enter');
    await widget.in('solved');
    expect(await redeem(server, await widget.token())).toMatchObject({ success: true, kind: 'reveal' });
  }));
