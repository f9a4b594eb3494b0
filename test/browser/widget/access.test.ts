/**
 * For everyone (WCAG 2.2 AA): axe in every state of every view, light and dark; the accessibility tree; the keyboard alone; a finger;
 * reduced motion, forced colours, 400 % zoom, right to left; targets large enough.
 */
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { stage, truthOf } from './kit.ts';

const visit = stage({ GLYPHGATE_PROFILE: 'compat' });
/** axe itself writes markup. */
const LOOSE = "default-src 'self'";

async function axeFinds(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }),
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
}

/** Interactive elements in all shadow trees that are smaller than 24 px; ours are meant to be 44. */
const smallTargets = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('glyphgate-captcha')].flatMap((host) =>
      [...host.shadowRoot!.querySelectorAll<HTMLElement>('button, input')]
        .filter((each) => each.checkVisibility())
        .map((each) => each.getBoundingClientRect())
        .filter(({ width, height }) => width < 40 || height < 43.5)
        .map(({ width, height }) => `${width} × ${height}`),
    ),
  );

const WIDGETS: Readonly<Record<string, string>> = {
  text: 'kind="text"',
  unopened: '',
  scene: 'kind="scene"',
  audio: 'kind="audio"',
  reveal: 'kind="reveal"',
  stuck: 'kind="text" sitekey="nobodys"',
  arabic: 'kind="text" lang="ar"',
  loading: 'kind="text" cdata="held"',
  expired: 'kind="text" cdata="brief" refresh-expired="manual"',
};

test('axe finds nothing in any state of any view, light and dark; targets are large', () =>
  visit(
    Object.entries(WIDGETS)
      .map(([id, attributes]) => `<glyphgate-captcha id="${id}" ${attributes}></glyphgate-captcha>`)
      .join(''),
    async ({ page, widgetAt, server, byKind }) => {
      const look = async (states: string) => {
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          expect(await axeFinds(page), `${states}, ${colorScheme}`).toEqual([]);
        }
        expect(await smallTargets(page), states).toEqual([]);
      };
      for (const id of Object.keys(WIDGETS))
        await widgetAt(`#${id}`).in(/stuck|loading|expired/.test(id) ? id : 'ready');
      await look('at first');

      const [text, audio, arabic] = [widgetAt('#text'), widgetAt('#audio'), widgetAt('#arabic')];
      await text.input.fill('!');
      await text.check.click();
      await page.getByText('That was not right').waitFor();
      await text.in('ready');
      await audio.input.fill(await server.answer(byKind.audio!));
      await audio.check.click();
      await audio.in('solved');
      await page.route('**/verify', () => {});
      await arabic.input.fill('?');
      await arabic.check.click();
      await arabic.in('checking');
      await look('wrong, solved, checking');
      await widgetAt('#loading').in('loading');
    },
    {
      csp: LOOSE,
      async before(page) {
        // What is held stays held, however long axe takes.
        await page.addInitScript(() => {
          AbortSignal.timeout = () => new AbortController().signal;
        });
        await page.route('**/generate*cdata=held*', () => {});
        await page.route('**/generate*cdata=brief*', async (route) => {
          const response = await route.fetch();
          await route.fulfill({ response, json: { ...(await response.json()), expire_time: 1 } });
        });
      },
    },
  ));

test('the tree that assistive technology sees', () =>
  visit(
    '<glyphgate-captcha kind="text" preset="classic"></glyphgate-captcha><glyphgate-captcha id="scene" kind="scene"></glyphgate-captcha>',
    async ({ page, widgetAt }) => {
      const text = widgetAt('[kind=text]');
      await text.in('ready');
      await widgetAt('#scene').in('ready');
      expect(await text.host.ariaSnapshot()).toMatch(
        new RegExp(
          [
            '^- group "Security check":',
            '- text: Security check',
            '- .timer "Time left: [0-9:]+".: [0-9:]+',
            '- paragraph: Type the characters .*',
            '- img "A captcha picture .*"',
            '- textbox "Your answer"',
            '- button "Check"',
            '- status',
            '- button "Listen instead"',
            '- button "New challenge"$',
          ].join('\\n {2}'),
        ),
      );
      const scene = await page.locator('#scene').ariaSnapshot();
      expect(scene).toMatch(/- group "Your answer":\n {4}- button "Answer A": A\n {4}- button "Answer B": B/);
      // The note belongs to the field.
      expect(await text.input.getAttribute('aria-describedby')).toBe('note');
      await page.route('**/verify', async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 300));
        await route.continue();
      });
      await page.locator('#scene').getByRole('button', { name: 'Answer A' }).click();
      await page.locator('#scene [aria-busy=true]').waitFor();
      expect(await page.locator('#scene').ariaSnapshot()).toMatch(
        /button "Answer A" \[disabled\].*status: Checking …/s,
      );
    },
  ));

const focused = (page: Page) =>
  page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return `${at?.localName ?? ''} ${at?.getAttribute('aria-label') ?? at?.textContent ?? ''}`.trim();
  });

test('the keyboard alone: typed, with the focus never lost', () =>
  visit(
    '<a href="#">before</a><glyphgate-captcha kind="text"></glyphgate-captcha><a href="#">after</a>',
    async ({ page, widget, server }) => {
      const first = await widget.id();
      await page.keyboard.press('Tab');
      const order = [];
      for (let presses = 0; presses < 5; presses++) {
        await page.keyboard.press('Tab');
        order.push(await focused(page));
      }
      expect(order).toEqual([
        'input Your answer',
        'button Check',
        'button Listen instead',
        'button New challenge',
        'a after',
      ]);
      await page.keyboard.press('Shift+Tab');
      const ring = await widget.host.evaluate(
        (host) => getComputedStyle(host.shadowRoot!.activeElement!).outlineWidth,
      );
      expect(ring).toBe('3px');
      await page.keyboard.press('Enter');
      const second = await widget.id(first);
      expect(await focused(page)).toBe('input Your answer');
      await page.keyboard.type('wrong');
      await page.keyboard.press('Enter');
      const third = await widget.id(second);
      expect(await focused(page)).toBe('input Your answer');
      await page.keyboard.type(await server.answer(third));
      await page.keyboard.press('Enter');
      await widget.in('solved');
      expect(await focused(page)).toBe('div Verified');
    },
  ));

test('the keyboard alone: a scene, then a recording', () =>
  visit(
    '<glyphgate-captcha id="scene" kind="scene"></glyphgate-captcha><glyphgate-captcha id="audio" kind="audio"></glyphgate-captcha>',
    async ({ page, widgetAt, server, byKind }) => {
      const [scene, audio] = [widgetAt('#scene'), widgetAt('#audio')];
      await audio.in('ready');
      await scene.in('ready');
      // The page may know of a reply before the test does.
      await expect.poll(() => byKind.scene && byKind.audio).toBeTruthy();
      const reach = async (name: string) => {
        for (let presses = 0; presses < 12 && (await focused(page)) !== name; presses++)
          await page.keyboard.press('Tab');
        expect(await focused(page)).toBe(name);
      };
      const wrong = byKind.scene!;
      await reach((await server.answer(wrong)) === 'B' ? 'button Answer A' : 'button Answer B');
      await page.keyboard.press('Space');
      await scene.host.getByText('That was not right').waitFor();
      await scene.in('ready');
      await expect.poll(() => byKind.scene).not.toBe(wrong);
      expect(await focused(page)).toBe('button Answer A');
      await reach(`button Answer ${await server.answer(byKind.scene!)}`);
      await page.keyboard.press('Enter');
      await scene.in('solved');
      expect(await focused(page)).toBe('div Verified');

      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe('button Play');
      await page.keyboard.press('Space');
      await audio.host.getByRole('button', { name: 'Stop' }).waitFor();
      // Whoever listens types at once.
      expect(await focused(page)).toBe('input Your answer');
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Shift+Tab');
      expect(await focused(page)).toBe('button Stop');
      await page.keyboard.press('Enter');
      await reach('input Your answer');
      await page.keyboard.type(await server.answer(byKind.audio!));
      await page.keyboard.press('Enter');
      await audio.in('solved');
      expect(await focused(page)).toBe('div Verified');
    },
  ));

/** Walks from the middle of the box to a point of it. */
async function walk(
  [x, y]: readonly [number, number],
  press: (direction: string) => Promise<unknown>,
  step: number,
) {
  for (const [far, there, back] of [
    [x - 150, 'Right', 'Left'],
    [y - 50, 'Down', 'Up'],
  ] as const)
    for (let i = Math.round(Math.abs(far) / step); i > 0; i--) await press(far > 0 ? there : back);
}

test('reveal by arrow keys, and by step buttons where motion is unwelcome', () =>
  visit(
    '<glyphgate-captcha kind="reveal"></glyphgate-captcha>',
    async ({ page, widget, server }) => {
      const first = await widget.id();
      const byKeys = await truthOf(server, first);
      await page.keyboard.press('Tab');
      await walk(byKeys.point, (direction) => page.keyboard.press(`Arrow${direction}`), 6);
      await page.keyboard.press('Enter');
      await page.getByText('There it is.').waitFor();
      expect(await focused(page)).toBe('input Your answer');
      await widget.refresh.click();
      const second = await widget.id(first);
      const byButtons = await truthOf(server, second);
      const names: Record<string, string> = {
        Left: 'To the left',
        Right: 'To the right',
        Up: 'Up',
        Down: 'Down',
      };
      await walk(
        byButtons.point,
        (direction) => page.getByRole('button', { name: names[direction]!, exact: true }).click(),
        12,
      );
      await page.getByRole('button', { name: 'Rest here' }).click();
      await page.getByText('There it is.').waitFor();
      await page.keyboard.type(byButtons.answer);
      await page.keyboard.press('Enter');
      await widget.in('solved');
    },
    { reducedMotion: 'reduce' },
  ));

test('by finger, 320 px wide: every kind fits and answers', () =>
  visit(
    '<glyphgate-captcha id="text" kind="text"></glyphgate-captcha><glyphgate-captcha id="scene" kind="scene"></glyphgate-captcha><glyphgate-captcha id="reveal" kind="reveal"></glyphgate-captcha>',
    async ({ page, widgetAt, server, byKind: ids }) => {
      for (const kind of ['text', 'scene', 'reveal']) await widgetAt(`#${kind}`).in('ready');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);

      await page
        .locator('#scene')
        .getByRole('button', { name: `Answer ${await server.answer(ids.scene!)}` })
        .tap();
      await widgetAt('#scene').in('solved');

      const { answer, point } = await truthOf(server, ids.reveal!);
      await page.locator('#reveal canvas').scrollIntoViewIfNeeded();
      const box = (await page.locator('#reveal canvas').boundingBox())!;
      const to = { x: box.x + (point[0] / 300) * box.width, y: box.y + (point[1] / 100) * box.height };
      const session = await page.context().newCDPSession(page);
      const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', share = 0) =>
        session.send('Input.dispatchTouchEvent', {
          type,
          touchPoints:
            type === 'touchEnd'
              ? []
              : [
                  {
                    x: box.x + 20 + (to.x - box.x - 20) * share,
                    y: box.y + 20 + (to.y - box.y - 20) * share,
                  },
                ],
        });
      await touch('touchStart');
      for (let i = 1; i <= 10; i++) await touch('touchMove', i / 10);
      await page.getByText('There it is.').waitFor();
      await touch('touchEnd');
      await widgetAt('#reveal').input.fill(answer);
      await page.locator('#reveal').getByRole('button', { name: 'Check' }).tap();
      await widgetAt('#reveal').in('solved');
    },
    { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
  ));

test('at 400 % zoom, in forced colours, right to left: nothing is cut off and borders stay', () =>
  visit(
    '<glyphgate-captcha kind="text" lang="ar"></glyphgate-captcha><glyphgate-captcha id="de" kind="reveal" lang="de"></glyphgate-captcha>',
    async ({ page, widgetAt }) => {
      const arabic = widgetAt('glyphgate-captcha[lang=ar]');
      await arabic.in('ready');
      await widgetAt('#de').in('ready');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll('glyphgate-captcha')].flatMap((host) =>
          [...host.shadowRoot!.querySelectorAll<HTMLElement>('button, .note, .status, .top')]
            .filter((each) => each.checkVisibility() && each.scrollWidth > each.clientWidth + 1)
            .map((each) => each.outerHTML),
        ),
      );
      expect(cut).toEqual([]);
      const [input, check] = await Promise.all([arabic.input.boundingBox(), arabic.check.boundingBox()]);
      expect(input!.x).toBeGreaterThan(check!.x);
      const border = await arabic.host.evaluate(
        (host) => getComputedStyle(host.shadowRoot!.querySelector('.icon')!).borderTopStyle,
      );
      expect(border).toBe('solid');
    },
    // 1280 px at 400 %
    { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4, forcedColors: 'active' },
  ));

test('nothing on the page moves while it loads, and none of it after', () =>
  visit(
    '<glyphgate-captcha kind="text"></glyphgate-captcha><p>below</p><glyphgate-captcha id="scene" kind="scene"></glyphgate-captcha><p>below</p><glyphgate-captcha id="any"></glyphgate-captcha><p id="last">below</p>',
    async ({ page, widgetAt }) => {
      await widgetAt('#scene').in('ready');
      await widgetAt('#any').in('ready');
      const text = widgetAt('[kind=text]');
      await text.in('ready');
      const shifts = () => page.evaluate(() => (globalThis as unknown as { shifts: string[] }).shifts);
      const height = () => page.locator('#last').evaluate((last) => last.getBoundingClientRect().top);
      const before = await height();
      await text.input.fill('?');
      await text.check.click();
      await page.getByText('That was not right').waitFor();
      await text.in('ready');
      expect(await height()).toBe(before);
      expect(await shifts()).toEqual([]);
    },
    {
      // A script that is waited for: otherwise the page keeps the room by its own style (docs/widget.md).
      head: '<script src="/api.js"></script>',
      before: (page) =>
        page.addInitScript(() => {
          const shifts: string[] = [];
          Object.assign(globalThis, { shifts });
          new PerformanceObserver((list) => {
            for (const { sources } of list.getEntries() as (PerformanceEntry & {
              sources: { node?: Element }[];
            })[])
              shifts.push(
                ...sources.map(({ node }) => `${node?.nodeName} ${node?.className ?? node?.textContent}`),
              );
          }).observe({ type: 'layout-shift', buffered: true });
        }),
    },
  ));
