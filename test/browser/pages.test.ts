/** Every page, as it is met: light and dark, 320 px wide, with axe, with scripts off. */
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { STRINGS } from '../../lib/http/demo/strings.js';
import { type Server, startServer } from '../runtime/server.ts';
import { launchChromium } from './stage.ts';

let browser: Browser;
let server: Server;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchChromium(), startServer()]);
});
afterAll(async () => {
  await Promise.all([browser?.close(), server?.stop()]);
});

const ready: Record<string, (page: Page) => Promise<unknown>> = {
  '/?kind=text': (page) => page.locator('#captcha .frame[data-state="ready"]').waitFor(),
  '/?kind=scene&lang=zh-CN': (page) => page.locator('#captcha .frame[data-state="ready"]').waitFor(),
  '/gallery': (page) => page.getByText(/\d+ pictures drawn/).waitFor(),
  '/noscript': (page) => page.getByRole('button', { name: 'Check' }).waitFor(),
};

async function open(path: string, options: { dark?: boolean; width?: number } = {}): Promise<Page> {
  const context = await browser.newContext({
    locale: 'en',
    colorScheme: options.dark ? 'dark' : 'light',
    viewport: { width: options.width ?? 1280, height: 900 },
  });
  const page = await context.newPage();
  await page.goto(server.url + path);
  await ready[path]?.(page);
  return page;
}

describe.each(Object.keys(ready))('%s', (path) => {
  test.each([false, true])('axe finds nothing, dark: %s', async (dark) => {
    const page = await open(path, { dark });
    await page.evaluate(axe.source);
    const results = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run());
    const found = results.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`,
    );
    expect(found).toEqual([]);
    await page.context().close();
  });

  test('fits 320 px without scrolling sideways', async () => {
    const page = await open(path, { width: 320 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await page.context().close();
  });

  test('controls are 44 px high, and focus is visible', async () => {
    const page = await open(path);
    const small = await page.evaluate(() =>
      [
        ...document.querySelectorAll<HTMLElement>(
          'button, select, input[type=text], summary, .segment, .toggle',
        ),
      ]
        .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 44)
        .map((element) => element.outerHTML.slice(0, 80)),
    );
    expect(small).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(
      () => getComputedStyle(document.activeElement as Element).outlineWidth,
    );
    expect(outline).toBe('3px');
    await page.context().close();
  });
});

test('dark mode is dark', async () => {
  const ground = async (dark: boolean) => {
    const page = await open('/?kind=text', { dark });
    const color = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    await page.context().close();
    return (color.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, channel) => sum + Number(channel), 0);
  };
  expect(await ground(true)).toBeLessThan(150);
  expect(await ground(false)).toBeGreaterThan(600);
});

test('the gallery shows every kind, its answers only when asked, and redraws a picture that is clicked', async () => {
  const page = await open('/gallery');
  const config = (await (await fetch(`${server.url}/demo/config.json`)).json()) as {
    kinds: { name: string; presets: { alphabets: string[] }[]; difficulties: number[] }[];
    languages: string[];
  };
  const expected = config.kinds
    .flatMap(({ presets, difficulties }) =>
      presets.map(({ alphabets }) => (alphabets.length || config.languages.length) * difficulties.length),
    )
    .reduce((sum, count) => sum + count, 0);
  expect(await page.locator('figure img[src]').count()).toBe(expected);

  const answer = page.locator('.answer').first();
  expect(await answer.isVisible()).toBe(false);
  await page.getByLabel('Show the answers').check();
  expect(await answer.textContent()).toMatch(/^Answer: \S+/);

  const image = page.locator('figure img').first();
  const before = await image.getAttribute('src');
  await page.locator('figure button').first().click();
  await expect.poll(() => image.getAttribute('src')).not.toBe(before);
  await page.context().close();
});

describe('with scripts off', () => {
  async function submit(answer: (id: string) => Promise<string>) {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    const picture = page.waitForResponse(/\/api\/captcha\/image/);
    await page.goto(`${server.url}/noscript`);
    const id = (await (await picture).headerValue('x-captcha-id')) ?? '';
    await page.locator('#answer').fill(await answer(id));
    await page.getByRole('button', { name: 'Check' }).click();
    const passed = await page.locator('#result').getAttribute('data-passed');
    await context.close();
    return passed;
  }

  test('the form passes a right answer', async () => {
    expect(await submit((id) => server.answer(id))).toBe('true');
  });

  test('the form refuses a wrong answer', async () => {
    expect(await submit(async () => 'wrong')).toBe('false');
  });
});

test('the pages say everything in every language, with the same blanks to fill', () => {
  const blanks = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
  const { en, ...others } = STRINGS;
  for (const strings of Object.values(others)) {
    expect(Object.keys(strings)).toEqual(Object.keys(en));
    for (const [key, text] of Object.entries(strings))
      expect(blanks(text), key).toEqual(blanks(en[key as keyof typeof en]));
  }
});
