/** Talks to the server as any client would. */

/**
 * @typedef {{kind: 'ok', body: any}
 *   | {kind: 'refused', status: number, code: string, message: string, retryAfter: number}
 *   | {kind: 'unreachable'} | {kind: 'slow'}} Reply
 */

const DEADLINE_MS = 12_000;

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
  try {
    const response = await fetch(path, {
      method,
      cache: 'no-store',
      signal: AbortSignal.timeout(DEADLINE_MS),
      ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
    });
    const content = await response.json();
    if (response.ok) return { kind: 'ok', body: content };
    return {
      kind: 'refused',
      status: response.status,
      code: String(content.error_code ?? ''),
      message: String(content.error ?? response.statusText),
      retryAfter: Number(response.headers.get('retry-after')) || 0,
    };
  } catch (error) {
    return { kind: /** @type {Error} */ (error).name === 'TimeoutError' ? 'slow' : 'unreachable' };
  }
}
