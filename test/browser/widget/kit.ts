/**
 * A page with the widget on it, served from the service's own origin under the strictest policy there is, and what a test needs to
 * know about it: which challenge is on display, and what the service would say.
 */
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { type Server, startServer } from '../../runtime/server.ts';
import { challengesOf, failuresOf, launchChromium } from '../stage.ts';

const STRICT = "default-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

export interface VisitOptions extends BrowserContextOptions {
  readonly csp?: string;
  /** What stands in the page's head instead of the usual script. */
  readonly head?: string;
  /** Errors that the page may have. */
  readonly allow?: RegExp;
  readonly before?: (page: Page) => Promise<unknown>;
}

/** The widget, or the one that `selector` finds. */
export interface Widget {
  readonly host: Locator;
  readonly input: Locator;
  readonly check: Locator;
  readonly refresh: Locator;
  readonly status: Locator;
  /** The challenge on display, once it can be answered; with `after`, once it is another. */
  id(after?: string): Promise<string>;
  in(state: string): Promise<void>;
  token(): Promise<string>;
}

export interface Visit {
  readonly page: Page;
  readonly widget: Widget;
  readonly server: Server;
  widgetAt(selector: string): Widget;
  /** The latest challenge of each kind. */
  readonly byKind: Readonly<Record<string, string>>;
}

/** One browser and one server for a file. */
export function stage(env: Record<string, string> = {}) {
  let browser: Browser;
  let server: Server;
  beforeAll(async () => {
    [browser, server] = await Promise.all([
      launchChromium(),
      startServer({ GLYPHGATE_LIMIT_REVEAL: '100000/60s', ...env }),
    ]);
  });
  afterAll(async () => {
    await Promise.all([browser?.close(), server?.stop()]);
  });

  return async function visit(
    body: string,
    act: (visit: Visit) => Promise<unknown>,
    {
      csp = STRICT,
      head = '<script src="/widget/element.js" async></script>',
      allow,
      before,
      ...context
    }: VisitOptions = {},
  ): Promise<void> {
    const opened = await browser.newContext({ locale: 'en', ...context });
    const page = await opened.newPage();
    const failures = failuresOf(page);
    const { ids, byKind } = challengesOf(page);
    await page.route(`${server.url}/page*`, (route) =>
      route.fulfill({
        contentType: 'text/html; charset=utf-8',
        headers: { 'Content-Security-Policy': csp },
        body: `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width, initial-scale=1"><title>A page</title>${head}</head><body><main><h1>A page</h1>${body}</main></body></html>`,
      }),
    );
    await before?.(page);
    await page.goto(`${server.url}/page`);

    const widgetAt = (selector: string): Widget => {
      const host = page.locator(selector);
      const inState = (state: string) =>
        host.locator(`.frame[data-state="${state}"]`).waitFor({ state: 'attached' });
      return {
        host,
        input: host.locator('input'),
        check: host.locator('button.primary').first(),
        refresh: host.locator('button.icon').last(),
        status: host.getByRole('status'),
        async id(after) {
          if (after) await expect.poll(() => ids.at(-1)).not.toBe(after);
          await inState('ready');
          return ids.at(-1)!;
        },
        in: inState,
        token: () => host.evaluate((element) => (element as HTMLInputElement).value),
      };
    };
    await act({ page, widget: widgetAt('glyphgate-captcha'), server, widgetAt, byKind });
    expect(failures.filter((failure) => !allow?.test(failure))).toEqual([]);
    await opened.close();
  };
}

/** What the service knows about a live challenge. */
export async function truthOf(
  server: Server,
  id: string,
): Promise<{ answer: string; point: [x: number, y: number] }> {
  return (await (await fetch(`${server.url}/demo/answer?captcha_id=${id}`)).json()) as never;
}

/** What a site's back end is told about a token. */
export async function redeem(
  server: Server,
  token: string,
  secret = 'development-secret-never-use-in-production',
) {
  const response = await fetch(`${server.url}/api/captcha/siteverify`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ secret, response: token }),
  });
  return (await response.json()) as { success: boolean; kind: string; action: string; rounds: number };
}

export async function solve(
  { widget, server }: Pick<Visit, 'widget' | 'server'>,
  after?: string,
): Promise<string> {
  const id = await widget.id(after);
  await widget.input.fill(await server.answer(id));
  await widget.check.click();
  await widget.in('solved');
  return id;
}
