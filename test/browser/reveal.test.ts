/** The kind reveal in a real browser: by mouse, finger, keyboard and step buttons; two on a page; without a layout while it moves. */
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Server, startServer } from '../runtime/server.ts';
import { challengeOf, failuresOf, launchChromium } from './stage.ts';

let browser: Browser;
let server: Server;

beforeAll(async () => {
  [browser, server] = await Promise.all([
    launchChromium(),
    startServer({ GLYPHGATE_LIMIT_REVEAL: '100000/60s' }),
  ]);
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
  await page.goto(server.url + path);
  await act(page);
  expect(failures).toEqual([]);
  await context.close();
}

interface Truth {
  answer: string;
  point: [x: number, y: number];
}

async function truthOf(page: Page): Promise<Truth> {
  const id = await challengeOf(page);
  return (await (await fetch(`${server.url}/demo/answer?captcha_id=${id}`)).json()) as Truth;
}

/** Where a point of the box is on the page. */
async function onPage(page: Page, [x, y]: readonly [number, number]) {
  await page.locator('.reveal-box').scrollIntoViewIfNeeded();
  const box = (await page.locator('.reveal-box canvas').boundingBox())!;
  return { x: box.x + (x / 300) * box.width, y: box.y + (y / 100) * box.height };
}

const found = (page: Page) => page.getByText('There it is. Type the characters.').waitFor();

async function answer(page: Page, text: string) {
  await page.locator('#answer').fill(text);
  await page.locator('#typed button').click();
  await page.locator('#challenge[data-state="solved"]').waitFor();
}

const LOOKS: [string, BrowserContextOptions][] = [
  ['at 320 px', { viewport: { width: 320, height: 700 } }],
  ['at 200 % zoom', { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }],
  ['on a dense screen, dark', { deviceScaleFactor: 3, colorScheme: 'dark' }],
];

test.concurrent.each(LOOKS)('by mouse, %s', (_, options) =>
  visit(
    '/?kind=reveal',
    async (page) => {
      const { answer: code, point } = await truthOf(page);
      const to = await onPage(page, point);
      const from = await onPage(page, [150, 50]);
      await page.mouse.move(from.x, from.y);
      await page.mouse.move(to.x, to.y, { steps: 12 });
      await page.mouse.down();
      await found(page);
      await page.mouse.up();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        page.viewportSize()!.width,
      );
      await answer(page, code);
    },
    options,
  ),
);

async function touch(session: CDPSession, type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) {
  await session.send('Input.dispatchTouchEvent', {
    type,
    touchPoints: type === 'touchEnd' ? [] : [{ x, y }],
  });
}

test.concurrent('by finger, at 320 px: it slides, then keeps still', () =>
  visit(
    '/?kind=reveal',
    async (page) => {
      const { answer: code, point } = await truthOf(page);
      const session = await page.context().newCDPSession(page);
      const [from, to] = [await onPage(page, [20, 20]), await onPage(page, point)];
      await touch(session, 'touchStart', from.x, from.y);
      for (let i = 1; i <= 10; i++)
        await touch(
          session,
          'touchMove',
          from.x + ((to.x - from.x) * i) / 10,
          from.y + ((to.y - from.y) * i) / 10,
        );
      await found(page);
      await touch(session, 'touchEnd');
      await answer(page, code);
    },
    { viewport: { width: 320, height: 700 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
  ));

/** Presses arrow keys until the pointer is at the point; it begins in the middle. */
async function walk(
  [x, y]: readonly [number, number],
  press: (direction: string) => Promise<void>,
  step: number,
) {
  for (const [far, there, back] of [
    [x - 150, 'Right', 'Left'],
    [y - 50, 'Down', 'Up'],
  ] as const)
    for (let i = Math.round(Math.abs(far) / step); i > 0; i--) await press(far > 0 ? there : back);
}

test.concurrent('by the keyboard alone', () =>
  visit('/?kind=reveal', async (page) => {
    const { answer: code, point } = await truthOf(page);
    const focused = () => page.evaluate(() => document.activeElement?.className);
    for (let presses = 0; (await focused()) !== 'reveal-box' && presses < 30; presses++)
      await page.keyboard.press('Tab');
    expect(await focused()).toBe('reveal-box');
    await walk(point, (direction) => page.keyboard.press(`Arrow${direction}`), 6);
    await page.keyboard.press('Enter');
    await found(page);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('answer');
    await page.keyboard.type(code);
    await page.keyboard.press('Enter');
    await page.locator('#challenge[data-state="solved"]').waitFor();
  }));

test.concurrent('by step buttons where motion is unwelcome', () =>
  visit(
    '/?kind=reveal&lang=en',
    async (page) => {
      const { answer: code, point } = await truthOf(page);
      const names: Record<string, string> = {
        Left: 'To the left',
        Right: 'To the right',
        Up: 'Up',
        Down: 'Down',
      };
      await walk(
        point,
        (direction) => page.getByRole('button', { name: names[direction]!, exact: true }).click(),
        12,
      );
      await page.getByRole('button', { name: 'Rest here' }).click();
      await found(page);
      await answer(page, code);
    },
    { reducedMotion: 'reduce' },
  ));

test.concurrent('a mouse that merely lies in the box costs no try', () =>
  visit('/?kind=reveal', async (page) => {
    await challengeOf(page);
    let asked = 0;
    await page.route('**/reveal', (route) => {
      asked++;
      return route.continue();
    });
    const { x, y } = await onPage(page, [40, 40]);
    await page.mouse.move(x, y, { steps: 5 });
    await page.waitForTimeout(900);
    await page.mouse.down();
    await page.mouse.up();
    await page.mouse.move(x + 60, y + 20, { steps: 5 });
    await page.waitForTimeout(700);
    expect(asked).toBe(0);
  }));

test.concurrent('a miss says how many tries are left, the third brings a new picture', () =>
  visit('/?kind=reveal', async (page) => {
    const before = await challengeOf(page);
    const { point } = await truthOf(page);
    for (const words of ['Tries left: 2', 'Tries left: 1', 'That was the third miss']) {
      const { x, y } = await onPage(page, [point[0] < 150 ? point[0] + 60 : point[0] - 60, point[1]]);
      await page.mouse.move(x, y, { steps: 6 });
      await page.mouse.down();
      await page.getByText(words).waitFor();
      await page.mouse.up();
    }
    await challengeOf(page, before);
  }));

test.concurrent('client: whoever slides over the place sees it whole', () =>
  visit('/?kind=reveal&preset=client', async (page) => {
    const { answer: code } = await truthOf(page);
    const [from, to] = [await onPage(page, [4, 50]), await onPage(page, [296, 50])];
    await page.mouse.move(from.x, from.y);
    await page.mouse.move(to.x, to.y, { steps: 30 });
    await found(page);
    await page.locator('.reveal[data-whole="true"]').waitFor();
    await answer(page, code);
  }));

const TWO_VIEWS = `(async () => {
  const { revealView } = await import('/demo/reveal.js');
  const trails = {};
  for (const name of ['one', 'two']) {
    const challenge = await (await fetch('/api/captcha/generate?kind=reveal')).json();
    const view = await revealView({ challenge, ask: async (trail) => { trails[name] = trail.length; } });
    view.element.id = name;
    document.querySelector('main').prepend(view.element);
  }
  for (const name of ['two', 'one']) {
    const box = document.querySelector('#' + name + ' .reveal-box');
    for (const key of ['ArrowLeft', 'ArrowLeft', 'Enter'])
      box.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve, 800));
    if (name === 'two' && trails.one !== undefined) throw new Error('the wrong one asked');
  }
  return trails;
})()`;

test.concurrent('two on a page don’t mind each other', () =>
  visit('/?kind=reveal', async (page) => {
    await challengeOf(page);
    // As text: the test runner would rewrite the import
    const asked = (await page.evaluate(TWO_VIEWS)) as Record<string, number>;
    expect(asked.one).toBeGreaterThanOrEqual(8);
    expect(asked.two).toBeGreaterThanOrEqual(8);
  }));

test('sixty frames a second, and no layout while the pointer moves', () =>
  visit('/?kind=reveal', async (page) => {
    await challengeOf(page);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const layouts = async () =>
      (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'LayoutCount')!
        .value;
    const [from, to] = [await onPage(page, [10, 10]), await onPage(page, [290, 90])];
    await page.mouse.move(from.x, from.y);
    await page.waitForTimeout(600);
    const before = await layouts();
    const cost = page.evaluate(
      () =>
        new Promise<number[]>((resolve) => {
          const times: number[] = [];
          const tick = (time: number) => {
            times.push(time);
            if (times.length < 60) requestAnimationFrame(tick);
            else resolve(times.slice(1).map((each, i) => each - times[i]!));
          };
          requestAnimationFrame(tick);
        }),
    );
    await page.mouse.move(to.x, to.y, { steps: 60 });
    const gaps = (await cost).sort((a, b) => a - b);
    // The page's clock lays out its own text twice a second; the pointer's moves lay out nothing
    expect((await layouts()) - before).toBeLessThanOrEqual(8);
    // Never a timed promise on a shared machine: only that frames were not blocked for long
    expect(gaps[30]).toBeLessThan(50);
  }));

test.concurrent('axe finds nothing', () =>
  visit('/?kind=reveal', async (page) => {
    await challengeOf(page);
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run());
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual(
      [],
    );
  }));
