/** Five hundred refreshes of each view: what the page holds stays the same. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../browser/stage.ts';
import { type Server, startServer } from '../runtime/server.ts';

let browser: Browser;
let server: Server;
beforeAll(async () => {
  [browser, server] = await Promise.all([launchChromium(), startServer()]);
});
afterAll(async () => {
  await Promise.all([browser?.close(), server?.stop()]);
});

test.each(['text', 'scene', 'reveal', 'audio'])('%s: memory is flat over 500 refreshes', async (kind) => {
  const page = await browser.newPage();
  await page.route('**/page', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><title>Long</title><script src="/widget/element.js"></script><glyphgate-captcha kind="${kind}"></glyphgate-captcha>`,
    }),
  );
  await page.goto(`${server.url}/page`);
  const session = await page.context().newCDPSession(page);
  const refresh = (times: number) =>
    page.evaluate(async (count) => {
      const root = document.querySelector('glyphgate-captcha')!.shadowRoot!;
      const frame = root.querySelector<HTMLElement>('.frame')!;
      const state = async (wanted: string) => {
        while (frame.dataset.state !== wanted) await new Promise((resolve) => setTimeout(resolve, 1));
      };
      for (let i = 0; i < count; i++) {
        await state('ready');
        [...root.querySelectorAll<HTMLElement>('.icon')].at(-1)!.click();
        await state('loading');
      }
      await state('ready');
    }, times);
  const held = async () => {
    // What the DOM and the script hold of each other may outlast one collection
    for (let i = 0; i < 2; i++) await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
    return { kilobytes: usedSize / 1000, nodes, jsEventListeners };
  };
  await refresh(50);
  const before = await held();
  await refresh(500);
  const after = await held();
  console.log(kind, before, after);
  expect(after.kilobytes - before.kilobytes).toBeLessThan(400);
  // Less than one view
  expect(after.nodes - before.nodes).toBeLessThan(10);
  expect(after.jsEventListeners - before.jsEventListeners).toBeLessThan(3);
  await page.close();
});
