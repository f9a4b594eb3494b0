/** Talks to the server as any client would, and keeps the list of requests that the page shows. */

/**
 * @typedef {{kind: 'ok', body: any}
 *   | {kind: 'refused', status: number, code: string, message: string, retryAfter: number}
 *   | {kind: 'unreachable'} | {kind: 'slow'}} Reply
 * @typedef {{method: string, path: string, status: number | undefined, ms: number}} Exchange
 */

const DEADLINE_MS = 12_000;

/** @type {((exchange: Exchange) => void)[]} */
const listeners = [];

/** @param {(exchange: Exchange) => void} listener */
export const onExchange = (listener) => listeners.push(listener);

/** @param {string} path @param {Record<string, string | number | undefined>} [query] */
export const get = (path, query = {}) => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return exchange('GET', search ? `${path}?${search}` : path);
};

/** @param {string} path @param {Record<string, unknown>} body */
export const post = (path, body) => exchange('POST', path, JSON.stringify(body));

/** @param {'GET' | 'POST'} method @param {string} path @param {string} [body] @returns {Promise<Reply>} */
async function exchange(method, path, body) {
  const started = performance.now();
  /** @param {number} [status] */
  const note = (status) => {
    for (const listener of listeners) listener({ method, path, status, ms: performance.now() - started });
  };
  try {
    const response = await fetch(path, {
      method,
      cache: 'no-store',
      signal: AbortSignal.timeout(DEADLINE_MS),
      ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
    });
    const content = await response.json();
    note(response.status);
    if (response.ok) return { kind: 'ok', body: content };
    return {
      kind: 'refused',
      status: response.status,
      code: String(content.error_code ?? ''),
      message: String(content.error ?? response.statusText),
      retryAfter: Number(response.headers.get('retry-after')) || 0,
    };
  } catch (error) {
    note();
    return { kind: /** @type {Error} */ (error).name === 'TimeoutError' ? 'slow' : 'unreachable' };
  }
}

/** 160 bits that name one attempt at one challenge: sent again after a lost reply, it gets the same reply. */
export function newAttempt() {
  const bytes = crypto.getRandomValues(new Uint8Array(20));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
