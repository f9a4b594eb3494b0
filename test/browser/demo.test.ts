/** A visitor at the demo, from the picture to the redeemed token, by mouse and by keyboard. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Server, startServer } from '../runtime/server.ts';
import { challengeOf, failuresOf, launchChromium } from './stage.ts';

let browser: Browser;
let server: Server;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchChromium(), startServer()]);
});
afterAll(async () => {
  await Promise.all([browser?.close(), server?.stop()]);
});

async function visit(
  path: string,
  act: (page: Page) => Promise<unknown>,
  options: BrowserContextOptions = {},
) {
  const context = await browser.newContext({ locale: 'en', ...options });
  const page = await context.newPage();
  const failures = failuresOf(page);
  await page.goto(new URL(path, server.url).href);
  await act(page);
  expect(failures).toEqual([]);
  await context.close();
}

async function answer(page: Page, text: string) {
  if (await page.locator('#choices').isVisible())
    return page.locator(`#choices button[value="${text}"]`).click();
  await page.locator('#answer').fill(text);
  await page.locator('#typed button').click();
}

const solved = (page: Page) => page.locator('#challenge[data-state="solved"]').waitFor();

const everyLook = [
  'kind=text&preset=classic',
  'kind=text&preset=bitmap&format=bmp',
  'kind=text&preset=strong',
  'kind=scene&difficulty=3',
];

test.each(everyLook)('a right answer to %s earns a token that redeems once', (query) =>
  visit(`/?${query}`, async (page) => {
    const id = await challengeOf(page);
    await answer(page, await server.answer(id));
    await solved(page);
    expect(await page.locator('#claims').textContent()).toContain(id);

    const redeem = page.locator('#redeem');
    const verdicts = page.locator('#redemptions .verdict');
    await redeem.click();
    await verdicts.nth(0).waitFor();
    expect(await verdicts.nth(0).textContent()).toContain('Accepted');
    await redeem.click();
    await verdicts.nth(1).waitFor();
    expect(await verdicts.nth(1).textContent()).toContain('a token works once');
    expect(await page.locator('#redemptions pre').nth(1).textContent()).toContain('timeout-or-duplicate');

    await page.locator('#again').click();
    await challengeOf(page, id);
    expect(await page.locator('#token-full').isVisible()).toBe(false);
  }),
);

test.each(['text', 'scene'])('a wrong answer to %s says so and brings a new picture', (kind) =>
  visit(`/?kind=${kind}`, async (page) => {
    const id = await challengeOf(page);
    const right = await server.answer(id);
    await answer(page, kind === 'scene' ? 'ABCD'.replace(right, '').slice(0, 1) : '!');
    await page.getByText('That was not right').waitFor();
    await challengeOf(page, id);
    expect(await page.locator('#token-full').isVisible()).toBe(false);
  }),
);

test.each(['#picture', '#refresh'])('%s brings a new picture and ends the old one', (control) =>
  visit('/?kind=text', async (page) => {
    const before = await challengeOf(page);
    const source = await page.locator('#image').getAttribute('src');
    await page.locator(control).click();
    await page.getByText('Here is a new picture').waitFor();
    await challengeOf(page, before);
    expect(await page.locator('#image').getAttribute('src')).not.toBe(source);
    await expect(server.answer(before)).rejects.toThrow('404');
  }),
);

test('the keyboard alone is enough', () =>
  visit('/?kind=text', async (page) => {
    const id = await challengeOf(page);
    const focused = () => page.evaluate(() => document.activeElement?.id);
    for (let presses = 0; (await focused()) !== 'answer' && presses < 30; presses++)
      await page.keyboard.press('Tab');
    expect(await focused()).toBe('answer');
    await page.keyboard.type(await server.answer(id));
    await page.keyboard.press('Enter');
    await solved(page);
    expect(await focused()).toBe('redeem');
    await page.keyboard.press('Enter');
    await page.getByText('Accepted. The visitor').waitFor();
  }));

test('the countdown runs, and the end of it brings a new picture by itself', async () => {
  const context = await browser.newContext({ locale: 'en' });
  const page = await context.newPage();
  await page.clock.install();
  await page.goto(`${server.url}/?kind=text`);
  const before = await challengeOf(page);
  await page.clock.runFor(1000);
  expect(await page.locator('#clock').textContent()).toMatch(/^Expires in (5:00|4:5\d)$/);
  await page.clock.runFor(299_500);
  await page.getByText('The time was up').waitFor();
  await challengeOf(page, before);
  await context.close();
});

test('rounds: the token comes after the last picture', async () => {
  const strict = await startServer({ GLYPHGATE_PROFILE: 'standard' });
  try {
    await visit(`${strict.url}/?kind=scene`, async (page) => {
      let id = '';
      for (const round of [1, 2, 3]) {
        id = await challengeOf(page, id);
        expect(await page.locator('#round').textContent()).toBe(`Round ${round} of 3`);
        await answer(page, await strict.answer(id));
      }
      await solved(page);
      await page.locator('#redeem').click();
      await page.getByText('Accepted. The visitor').waitFor();
      expect(await page.locator('#redemptions pre').textContent()).toContain('"rounds": 3');
    });
  } finally {
    await strict.stop();
  }
});

test('too many tries: says when to go on, and goes on then', () =>
  visit('/?kind=text', async (page) => {
    const before = await challengeOf(page);
    await page.route(
      '**/refresh',
      (route) =>
        route.fulfill({
          status: 429,
          headers: { 'Retry-After': '2' },
          json: { success: false, error: 'Too many requests', code: 429, error_code: 'rate_limited' },
        }),
      { times: 1 },
    );
    await page.locator('#refresh').click();
    await page.getByText('Too many tries').waitFor();
    await page.getByRole('button', { name: /Try again in [12] s/ }).waitFor();
    await page.getByText('You can go on now').waitFor();
    await page.getByRole('button', { name: 'Try again', exact: true }).click();
    await challengeOf(page, before);
  }));

test('a server that is gone is said to be gone, and a retry works once it is back', () =>
  visit('/?kind=text', async (page) => {
    await challengeOf(page);
    await page.route('**/api/**', (route) => route.abort());
    await page.locator('#refresh').click();
    await page.getByText('The server cannot be reached').waitFor();
    await page.unroute('**/api/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await challengeOf(page);
  }));

test('a lost reply is asked for again and costs nothing', () =>
  visit('/?kind=text', async (page) => {
    const id = await challengeOf(page);
    let lost = 0;
    await page.route('**/verify', async (route) => {
      if (lost++ > 0) return route.continue();
      await route.fetch();
      await route.abort();
    });
    await answer(page, await server.answer(id));
    await solved(page);
    expect(lost).toBe(2);
  }));

test('the language follows the visitor and can be switched', () =>
  visit(
    '/?kind=scene',
    async (page) => {
      const before = await challengeOf(page);
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('属于你自己的验证码服务');
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByText('A CAPTCHA service that you own').waitFor();
      expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
      await page.waitForFunction(() => document.querySelector('#note')?.getAttribute('lang') === 'en');
      await challengeOf(page, before);
    },
    { locale: 'zh-CN' },
  ));
