/**
 * `npm run screenshots [FOLDER]`: the widget as a visitor meets it, to be looked at. Every view, light and dark, 320 px wide and right
 * to left, and the states besides. Writes PNG files (default: out/screenshots).
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startServer } from '../runtime/server.ts';
import { launchChromium } from './stage.ts';

const folder = process.argv[2] ?? 'out/screenshots';
mkdirSync(folder, { recursive: true });
const [browser, server] = await Promise.all([launchChromium(), startServer()]);

const VIEWS = ['text', 'scene', 'audio', 'reveal'].map(
  (kind) => `<glyphgate-captcha kind="${kind}"></glyphgate-captcha>`,
);
const STATES = [
  '<glyphgate-captcha id="wrong" kind="text"></glyphgate-captcha>',
  '<glyphgate-captcha id="solved" kind="text"></glyphgate-captcha>',
  '<glyphgate-captcha id="offline" kind="text" endpoint="http://127.0.0.1:1/api"></glyphgate-captcha>',
  '<glyphgate-captcha id="broken" kind="text" sitekey="nobodys"></glyphgate-captcha>',
  '<glyphgate-captcha id="unopened"></glyphgate-captcha>',
  '<glyphgate-captcha id="compact" kind="text" preset="classic" size="compact"></glyphgate-captcha>',
  '<glyphgate-captcha id="flexible" kind="text" preset="classic" size="flexible"></glyphgate-captcha>',
];

interface Look {
  readonly width?: number;
  readonly colorScheme?: 'light' | 'dark';
  readonly lang?: string;
  readonly forcedColors?: 'active';
}

async function shoot(
  name: string,
  widgets: readonly string[],
  look: Look,
  act?: (page: Page) => Promise<unknown>,
) {
  const { width = 1100, lang = 'en', ...media } = look;
  const context = await browser.newContext({
    locale: lang,
    viewport: { width, height: 800 },
    deviceScaleFactor: 2,
    ...media,
  });
  const page = await context.newPage();
  const direction = lang === 'ar' ? 'rtl' : 'ltr';
  await page.route('**/page', (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: `<!doctype html><html lang="${lang}" dir="${direction}"><meta name="viewport" content="width=device-width">
        <meta name="color-scheme" content="light dark"><style>body{display:flex;flex-wrap:wrap;gap:16px;align-items:start;margin:16px}</style>
        <script src="/api.js"></script>${widgets.join('\n')}</html>`,
    }),
  );
  await page.goto(`${server.url}/page`);
  await page.waitForFunction((count) => {
    const all = [...document.querySelectorAll('glyphgate-captcha')];
    return (
      all.length === count &&
      all.every((one) =>
        /ready|stuck/.test(one.shadowRoot!.querySelector<HTMLElement>('.frame')!.dataset.state!),
      )
    );
  }, widgets.length);
  await act?.(page);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true, animations: 'disabled' });
  console.log(join(folder, `${name}.png`));
  await context.close();
}

for (const colorScheme of ['light', 'dark'] as const) {
  await shoot(`views-${colorScheme}`, VIEWS, { colorScheme });
  await shoot(`narrow-${colorScheme}`, VIEWS, { colorScheme, width: 320 });
  await shoot(`rtl-${colorScheme}`, VIEWS, { colorScheme, lang: 'ar' });
  await shoot(`states-${colorScheme}`, STATES, { colorScheme }, async (page) => {
    for (const [id, answer] of [
      ['wrong', '!'],
      ['solved', ''],
    ] as const) {
      const widget = page.locator(`#${id}`);
      const [given] = await Promise.all([
        page.waitForResponse(/refresh/).then((response) => response.json()),
        widget.getByRole('button', { name: 'New challenge' }).click(),
      ]);
      await widget.locator('.frame[data-state=ready]').waitFor();
      await widget.locator('input').fill(answer || (await server.answer(given.captcha_id)));
      await widget.getByRole('button', { name: 'Check' }).click();
    }
    await page.locator('#solved .frame[data-state=solved]').waitFor();
    await page.locator('#wrong').getByText('That was not right').waitFor();
    await page.locator('#wrong .frame[data-state=ready]').waitFor();
    await page.locator('#wrong input').focus();
  });
}
await shoot('german-narrow', [...VIEWS.slice(0, 1), ...VIEWS.slice(3)], { lang: 'de', width: 320 });
await shoot('japanese', VIEWS.slice(0, 2), { lang: 'ja' });
await shoot('forced-colours', VIEWS, { forcedColors: 'active' });
await Promise.all([browser.close(), server.stop()]);
