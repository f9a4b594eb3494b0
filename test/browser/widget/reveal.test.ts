/** The view of reveal where it is delicate: on other screens, by a hand that only passes by, and without a layout while it moves. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { stage, truthOf } from './kit.ts';

const visit = stage();
const GUARDED = '<glyphgate-captcha kind="reveal"></glyphgate-captcha>';

/** Where a point of the box is on the page. */
async function onPage(page: Page, [x, y]: readonly [number, number], host = 'glyphgate-captcha') {
  const canvas = page.locator(`${host} canvas`);
  await canvas.scrollIntoViewIfNeeded();
  const box = (await canvas.boundingBox())!;
  return { x: box.x + (x / 300) * box.width, y: box.y + (y / 100) * box.height };
}

const found = (page: Page) => page.getByText('There it is. Type the characters.').waitFor();

test('two on a page: each hand moves its own', () =>
  visit(
    '<glyphgate-captcha id="one" kind="reveal"></glyphgate-captcha>',
    async ({ page, widgetAt, server }) => {
      const one = widgetAt('#one');
      const two = widgetAt('#two');
      const first = await one.id();
      await page.evaluate(() => {
        const other = document.createElement('glyphgate-captcha');
        other.id = 'two';
        other.setAttribute('kind', 'reveal');
        document.querySelector('main')!.append(other);
      });
      const second = await two.id(first);
      for (const [widget, id, host] of [
        [two, second, '#two'],
        [one, first, '#one'],
      ] as const) {
        const { answer, point } = await truthOf(server, id);
        const [from, to] = [await onPage(page, [150, 50], host), await onPage(page, point, host)];
        await page.mouse.move(from.x, from.y);
        await page.mouse.move(to.x, to.y, { steps: 12 });
        await page.mouse.down();
        await widget.host.getByText('There it is. Type the characters.').waitFor();
        await page.mouse.up();
        await widget.host.locator('.box[data-whole]').waitFor();
        if (widget === two) expect(await one.host.locator('.box[data-whole]').count()).toBe(0);
        await page.keyboard.type(answer);
        await page.keyboard.press('Enter');
        await widget.in('solved');
        if (widget === two) await one.in('ready');
      }
    },
  ));

const LOOKS: [string, BrowserContextOptions][] = [
  ['at 200 % zoom', { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }],
  ['on a dense screen, dark', { deviceScaleFactor: 3, colorScheme: 'dark' }],
];

test.each(LOOKS)('by mouse, %s', (_, options) =>
  visit(
    GUARDED,
    async ({ page, widget, server }) => {
      const { answer, point } = await truthOf(server, await widget.id());
      const [from, to] = [await onPage(page, [150, 50]), await onPage(page, point)];
      await page.mouse.move(from.x, from.y);
      await page.mouse.move(to.x, to.y, { steps: 12 });
      await page.mouse.down();
      await found(page);
      await page.mouse.up();
      await page.keyboard.type(answer);
      await page.keyboard.press('Enter');
      await widget.in('solved');
    },
    options,
  ),
);

test('a mouse that merely lies in the box costs no try; each miss says what is left; the third brings a new one', () =>
  visit(GUARDED, async ({ page, widget, server }) => {
    const before = await widget.id();
    const { point } = await truthOf(server, before);
    let asked = 0;
    page.on('request', (request) => {
      if (request.url().endsWith('/reveal')) asked++;
    });
    const { x, y } = await onPage(page, [40, 40]);
    await page.mouse.move(x, y, { steps: 5 });
    await page.waitForTimeout(900);
    await page.mouse.down();
    await page.mouse.up();
    await page.mouse.move(x + 60, y + 20, { steps: 5 });
    await page.waitForTimeout(700);
    expect(asked).toBe(0);

    for (const words of ['Tries left: 2', 'Tries left: 1', 'That was the third miss']) {
      const off = await onPage(page, [point[0] < 150 ? point[0] + 60 : point[0] - 60, point[1]]);
      await page.mouse.move(off.x, off.y, { steps: 6 });
      await page.mouse.down();
      await page.getByText(words).waitFor();
      await page.mouse.up();
    }
    await widget.id(before);
  }));

test('client: whoever slides over the place sees it whole', () =>
  visit(
    '<glyphgate-captcha kind="reveal" preset="client"></glyphgate-captcha>',
    async ({ page, widget, server }) => {
      const { answer } = await truthOf(server, await widget.id());
      const [from, to] = [await onPage(page, [4, 50]), await onPage(page, [296, 50])];
      await page.mouse.move(from.x, from.y);
      await page.mouse.move(to.x, to.y, { steps: 30 });
      await found(page);
      await page.locator('.box[data-whole]').waitFor();
      await widget.input.fill(answer);
      await widget.check.click();
      await widget.in('solved');
    },
  ));

test('no layout while the pointer moves', () =>
  visit(GUARDED, async ({ page, widget }) => {
    await widget.id();
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const layouts = async () =>
      (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'LayoutCount')!
        .value;
    const [from, to] = [await onPage(page, [10, 10]), await onPage(page, [290, 90])];
    await page.mouse.move(from.x, from.y);
    await page.waitForTimeout(600);
    const before = await layouts();
    await page.mouse.move(to.x, to.y, { steps: 60 });
    // The clock lays out its own text once a second; the pointer's moves lay out nothing
    expect((await layouts()) - before).toBeLessThanOrEqual(8);
  }));
