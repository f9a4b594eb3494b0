/**
 * The cookie that ties `<img>` challenges to a visitor without script: the last four challenge ids by form name, sealed.
 * Same-site by nature. `__Host-` and `Secure`, except on loopback in development, where there is no https.
 */
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Keyring } from '../token/keys.ts';
import { fromBase64Url, toBase64Url } from '../util/bytes.ts';

type Entry = readonly [form: string, id: string];

const MOST_ENTRIES = 4;
const NAME = 'glyphgate';

export interface CookieJar {
  /** The challenge of `form`, or the latest one when no form is named. */
  read(context: Context, form: string | undefined): string | undefined;
  write(context: Context, form: string, id: string): void;
}

export function createCookieJar(ring: Keyring, development: boolean, maxAgeSeconds: number): CookieJar {
  const plain = (context: Context) => development && isLoopback(new URL(context.req.url).hostname);

  const entries = (context: Context): readonly Entry[] => {
    const value = getCookie(context, NAME, plain(context) ? undefined : 'host');
    const sealed = value === undefined ? undefined : fromBase64Url(value);
    if (!sealed) return [];
    for (const keys of ring.all) {
      const text = keys.unseal('cookie', 'cookie', sealed);
      if (text !== undefined) return JSON.parse(text) as Entry[];
    }
    return [];
  };

  return {
    read(context, form) {
      const found = entries(context);
      return (form === undefined ? found[0] : found.find(([name]) => name === form))?.[1];
    },
    write(context, form, id) {
      const others = entries(context).filter(([name]) => name !== form);
      const text = JSON.stringify([[form, id], ...others].slice(0, MOST_ENTRIES));
      const value = toBase64Url(ring.current.seal('cookie', 'cookie', text));
      const shared = { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: maxAgeSeconds } as const;
      if (plain(context)) setCookie(context, NAME, value, shared);
      else setCookie(context, NAME, value, { ...shared, secure: true, prefix: 'host' });
    },
  };
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
}
