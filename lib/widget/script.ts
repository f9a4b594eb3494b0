/**
 * What `api.js` does when a page loads it: defines the element, offers the script interface under `glyphgate`, and fills the places
 * that the page has marked. `?render=explicit` fills none, `?onload=NAME` calls a function of the page, `?compat=turnstile` answers
 * to that interface too: its global, its class and its field name.
 */
import { globalFunction } from './globals.ts';
import { createInterface } from './interface.ts';
import { home } from './tag.ts';

const asked = home.searchParams;
const page = globalThis as unknown as Record<string, unknown>;
const interfaces = [createInterface('.glyphgate', 'captcha-response', false)];
// What a second script tag finds is what the first one made.
if (!Object.hasOwn(page, 'glyphgate')) page.glyphgate = interfaces[0]!.api;
if (asked.get('compat') === 'turnstile') {
  interfaces.push(createInterface('.cf-turnstile', 'cf-turnstile-response', true));
  page.turnstile = interfaces[1]!.api;
}

function begin(): void {
  for (const each of interfaces) each.begin(asked.get('render') !== 'explicit');
  globalFunction(asked.get('onload'))?.();
}

if (document.readyState === 'loading') addEventListener('DOMContentLoaded', begin, { once: true });
// After the rest of this task: a page may set its callback right behind the script.
else queueMicrotask(begin);
