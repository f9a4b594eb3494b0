/** The stage of the browser tests: the real server as a child process on a free port, and Debian's Chromium. */
import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium } from '../setup/chromium.ts';

export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('Chromium is not installed; npm test says how to install it.');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Which challenges a page was given: they stand in no attribute. */
export function challengesOf(page: Page): {
  readonly ids: string[];
  readonly byKind: Record<string, string>;
} {
  const ids: string[] = [];
  const byKind: Record<string, string> = {};
  page.on('response', async (response) => {
    if (!/\/captcha\/(generate|refresh)/.test(response.url()) || response.status() !== 200) return;
    const reply = await response.json().catch(() => undefined);
    if (!reply?.captcha_id) return;
    ids.push(reply.captcha_id);
    byKind[reply.kind] = reply.captcha_id;
  });
  return { ids, byKind };
}

/** Collects errors in a page's scripts and refusals of its content security policy. */
export function failuresOf(page: Page): string[] {
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(error.message));
  page.on('console', (message) => {
    // A refused request is an answer like any other; what the page makes of it is tested.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      failures.push(message.text());
  });
  return failures;
}
