/**
 * Browser → your server → Glyphgate. The visitor's browser talks to this server only; which challenge it was and the token it earned
 * stay in the session here, so a page has nothing to steal or to hand around. The service counts your visitors by the address that this
 * server vouches for (`client_ip`, with the site's secret).
 *
 *   GLYPHGATE_URL=http://localhost:8787 GLYPHGATE_SECRET=… node infra/examples/proxy/server.mjs
 *
 * It keeps sessions in memory and serves plain http: put in its place what your server has.
 */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';

const { GLYPHGATE_URL: service = 'http://localhost:8787', PORT = '3000' } = process.env;
const secret = process.env.GLYPHGATE_SECRET ?? 'development-secret-never-use-in-production';

/** @typedef {{id?: string | undefined, chain?: string | undefined, passed?: boolean}} Session */
/** @type {Map<string, Session>} */
const sessions = new Map();

const PAGE = `<!doctype html>
<html lang="en">
  <head><title>Sign in</title><script src="${service}/widget/element.js" async></script></head>
  <body><main>
    <form method="post" action="/login">
      <glyphgate-captcha kind="text" endpoint="/guard"></glyphgate-captcha>
      <p><button>Sign in</button></p>
    </form>
  </main></body>
</html>`;

/** @param {string} path @param {Record<string, unknown>} [body] a POST where there is one */
function ask(path, body) {
  return fetch(`${service}/api/captcha/${path}`, {
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
    headers: { Authorization: `Bearer ${secret}`, ...(body && { 'Content-Type': 'application/json' }) },
  });
}

/**
 * What the widget asks for, put to the service in the session's name.
 * @param {string} what @param {Session} session @param {URLSearchParams} query @param {any} body @param {string} address
 */
async function guard(what, session, query, body, address) {
  if (what === 'session/audio') return ask(`${session.id}/audio?${query}`);
  if (what === 'session/reveal')
    return ask(`${session.id}/reveal`, { trail: body.trail, client_ip: address });
  if (what === 'generate') {
    query.set('client_ip', address);
    if (session.chain) query.set('chain', session.chain);
    return ask(`generate?${query}`);
  }
  const known = { captcha_id: session.id, client_ip: address };
  if (what === 'refresh') return ask('refresh', { ...known, kind: body.kind });
  if (what === 'verify') return ask('verify', { ...known, answer: body.answer, attempt: body.attempt });
  return undefined;
}

/** Keeps what is the server's and gives the browser the rest. @param {Session} session @param {any} reply */
async function keep(session, { captcha_id, token, next, padding, ...rest }) {
  if (captcha_id) session.id = captcha_id;
  session.chain = next?.chain;
  if (token) {
    const redeemed = await ask('siteverify', { secret, response: token });
    session.passed = (await redeemed.json()).success === true;
    rest.verified = session.passed;
  }
  return { ...rest, ...(next && { next: { remaining: next.remaining } }) };
}

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://here');
  const given = /(?:^|; )session=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
  // A name that this server did not give is nobody's session.
  const name = sessions.has(given) ? given : randomBytes(24).toString('base64url');
  const session = sessions.get(name) ?? {};
  sessions.set(name, session);
  response.setHeader('Set-Cookie', `session=${name}; HttpOnly; SameSite=Lax; Path=/`);
  const send = (
    /** @type {number} */ status,
    /** @type {string} */ type,
    /** @type {string | Uint8Array} */ content,
  ) => response.writeHead(status, { 'Content-Type': type }).end(content);

  if (pathname === '/') return send(200, 'text/html; charset=utf-8', PAGE);
  if (pathname === '/login') {
    // Once: the next form needs another proof.
    const { passed } = session;
    session.passed = false;
    return send(passed ? 200 : 403, 'text/plain', passed ? 'Welcome' : 'Please complete the security check.');
  }
  try {
    let text = '';
    for await (const chunk of request) if (text.length < 16_384) text += chunk;
    const what = pathname.replace(/^\/guard\/captcha\//, '');
    const address = request.socket.remoteAddress ?? '';
    const reply = await guard(what, session, searchParams, text ? JSON.parse(text) : {}, address);
    if (!reply) return send(404, 'text/plain', 'Not found');
    const wait = reply.headers.get('Retry-After');
    if (wait) response.setHeader('Retry-After', wait);
    const type = reply.headers.get('Content-Type') ?? '';
    if (!type.includes('json')) return send(reply.status, type, new Uint8Array(await reply.arrayBuffer()));
    return send(reply.status, type, JSON.stringify(await keep(session, await reply.json())));
  } catch {
    return send(
      502,
      'application/json',
      '{"success":false,"error":"The service cannot be reached","code":502}',
    );
  }
});
server.listen(Number(PORT), () => {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  console.log(`The example listens on http://localhost:${port}`);
});
