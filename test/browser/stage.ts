/** The stage of the browser tests: the real server as a child process on a free port, and Debian's Chromium. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium } from '../setup/chromium.ts';

export interface Server {
  readonly url: string;
  /** The right answer of a live challenge; the server tells it in development when it was started to. */
  answer(captchaId: string): Promise<string>;
  stop(): Promise<void>;
}

const READY = /listens on (http:\/\/localhost:\d+)/;
const GENEROUS = {
  GLYPHGATE_LIMIT_GENERATE: '100000/60s',
  GLYPHGATE_LIMIT_VERIFY: '100000/60s',
  GLYPHGATE_LIMIT_FAILED: '100000/60s',
  GLYPHGATE_LIMIT_MEDIA: '100000/60s',
};

export async function startServer(env: Record<string, string> = {}): Promise<Server> {
  const child = spawn(process.execPath, ['--experimental-strip-types', 'functions/node.ts'], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'development',
      PORT: '0',
      GLYPHGATE_DEMO_ANSWERS: '1',
      ...GENEROUS,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await address(child);
  return {
    url,
    async answer(captchaId) {
      const response = await fetch(`${url}/demo/answer?captcha_id=${captchaId}`);
      if (!response.ok)
        throw new Error(`No answer for ${captchaId}: ${response.status} ${await response.text()}`);
      return ((await response.json()) as { answer: string }).answer;
    },
    async stop() {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function address(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk;
      const ready = READY.exec(output);
      if (ready?.[1]) resolve(ready[1]);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${output}`)));
  });
}

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
