/** A visitor at the demo, from the picture to the redeemed token. What the widget itself does is tested in widget/. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Server, startServer } from '../runtime/server.ts';
import { challengesOf, failuresOf, launchChromium } from './stage.ts';

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
  act: (page: Page, latest: (after?: string) => Promise<string>) => Promise<unknown>,
  options: BrowserContextOptions & { url?: string } = {},
) {
  const { url = server.url, ...more } = options;
  const context = await browser.newContext({ locale: 'en', ...more });
  const page = await context.newPage();
  const failures = failuresOf(page);
  const { ids } = challengesOf(page);
  await page.goto(new URL(path, url).href);
  await act(page, async (after) => {
    await expect.poll(() => ids.length > 0 && ids.at(-1) !== after).toBe(true);
    await page.locator('#captcha .frame[data-state="ready"]').waitFor();
    return ids.at(-1)!;
  });
  expect(failures).toEqual([]);
  await context.close();
}

async function answer(page: Page, text: string) {
  const choice = page.getByRole('button', { name: `Answer ${text}`, exact: true });
  if ((await choice.count()) > 0) return choice.click();
  await page.locator('#captcha input').fill(text);
  await page.locator('#captcha input').press('Enter');
}

const everyLook = [
  'kind=text&preset=classic',
  'kind=text&preset=bitmap&format=bmp',
  'kind=text&preset=strong',
  'kind=scene&difficulty=3',
  'kind=audio',
];

test.each(everyLook)('a right answer to %s earns a token that redeems once', (query) =>
  visit(`/?${query}`, async (page, latest) => {
    const id = await latest();
    await answer(page, await server.answer(id));
    await page.locator('#token-full').waitFor();
    expect(await page.locator('#claims').textContent()).toContain(id);

    const redeem = page.locator('#redeem');
    expect(await redeem.evaluate((button) => button === document.activeElement)).toBe(true);
    const verdicts = page.locator('#redemptions .verdict');
    await page.keyboard.press('Enter');
    await verdicts.nth(0).waitFor();
    expect(await verdicts.nth(0).textContent()).toContain('Accepted');
    await redeem.click();
    await verdicts.nth(1).waitFor();
    expect(await verdicts.nth(1).textContent()).toContain('a token works once');
    expect(await page.locator('#redemptions pre').nth(1).textContent()).toContain('timeout-or-duplicate');

    await page.locator('#again').click();
    await latest(id);
    expect(await page.locator('#token-full').isVisible()).toBe(false);
  }),
);

test('options choose what the widget asks for, and the page shows what to write and what was asked', () =>
  visit('/?kind=text', async (page, latest) => {
    const before = await latest();
    await page.locator('#option-preset select').selectOption('classic');
    const classic = await latest(before);
    expect(await page.locator('#markup').textContent()).toContain('kind="text" preset="classic"');
    await page.locator('#option-kind .segment', { hasText: 'Scene' }).click();
    await latest(classic);
    await page.locator('.wire summary').click();
    await page.locator('#exchanges code', { hasText: 'kind=scene' }).first().waitFor();
  }));

test('rounds: the token comes after the last picture', async () => {
  const strict = await startServer({ GLYPHGATE_PROFILE: 'standard' });
  try {
    await visit(
      '/?kind=scene',
      async (page, latest) => {
        let id = '';
        for (const round of [1, 2, 3]) {
          id = await latest(id);
          await page.getByText(`${round} of 3`, { exact: true }).waitFor();
          await answer(page, await strict.answer(id));
        }
        await page.locator('#redeem').click();
        await page.getByText('Accepted. The visitor').waitFor();
        expect(await page.locator('#redemptions pre').textContent()).toContain('"rounds": 3');
      },
      { url: strict.url },
    );
  } finally {
    await strict.stop();
  }
});

test('the language follows the visitor and can be switched', () =>
  visit(
    '/?kind=scene',
    async (page) => {
      await page.getByText('安全验证').waitFor();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('属于你自己的验证码服务');
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByText('A CAPTCHA service that you own').waitFor();
      expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
      await page.getByText('Security check').waitFor();
    },
    { locale: 'zh-CN' },
  ));
