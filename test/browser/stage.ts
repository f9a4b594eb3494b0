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

/** The challenge on display, once the page is ready for an answer; with `after`, once it is another than that. */
export async function challengeOf(page: Page, after = ''): Promise<string> {
  const ready = page.locator(`#challenge[data-state="ready"]:not([data-challenge="${after}"])`);
  await ready.waitFor();
  return (await ready.getAttribute('data-challenge')) ?? '';
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
