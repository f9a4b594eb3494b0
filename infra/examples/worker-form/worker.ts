/**
 * A form that Glyphgate protects, in a Worker of its own. Both talk over a service binding: no request leaves Cloudflare, no script runs
 * in the page, and the visitor's address goes along as an argument.
 */

/** What the binding offers; the whole of it is in lib/http/rpc.ts of Glyphgate. */
interface Glyphgate {
  generate(
    call: { kind?: string; action?: string; lang?: string },
    visitor: { address: string; cf?: unknown },
  ): Promise<Challenge | Failure>;
  verify(
    call: { captcha_id: string; answer: string },
    visitor: { address: string; cf?: unknown },
  ): Promise<{ success: true; verified: boolean; token?: string } | Failure>;
  siteverify(call: { secret: string; response: string }): Promise<{ success: boolean; action?: string }>;
}
interface Challenge {
  success: true;
  captcha_id: string;
  image_base64: string;
  note: string;
  description: string;
}
interface Failure {
  success: false;
  code: number;
  error: string;
  retry_after?: number;
}

interface Env {
  readonly CAPTCHA: Glyphgate;
  readonly GLYPHGATE_SECRET: string;
}

const ACTION = 'guestbook';

export default {
  async fetch(request: Request & { cf?: unknown }, env: Env): Promise<Response> {
    const address = request.headers.get('CF-Connecting-IP');
    if (address === null) return page('<p>Who are you?</p>', 400);
    const visitor = { address, cf: request.cf };
    if (request.method !== 'POST') return form(env, visitor);

    const fields = await request.formData();
    const [captcha_id, answer, name] = ['captcha_id', 'answer', 'name'].map((each) =>
      String(fields.get(each) ?? ''),
    ) as [string, string, string];
    const verdict = await env.CAPTCHA.verify({ captcha_id, answer }, visitor);
    if (!verdict.success && verdict.code !== 404) return failed(verdict);
    if (!verdict.success || !verdict.token)
      return form(env, visitor, 'That was not it, or it was too late. Here is another one.');

    // Verified means that the picture was read; redeemed means that nobody else uses the same proof.
    const redeemed = await env.CAPTCHA.siteverify({ secret: env.GLYPHGATE_SECRET, response: verdict.token });
    if (!redeemed.success || redeemed.action !== ACTION) return form(env, visitor, 'Please try again.');
    return page(`<p>Thank you, ${plain(name)}.</p>`);
  },
};

async function form(env: Env, visitor: { address: string; cf?: unknown }, message = ''): Promise<Response> {
  const challenge = await env.CAPTCHA.generate({ kind: 'text', action: ACTION, lang: 'en' }, visitor);
  if (!challenge.success) return failed(challenge);
  return page(
    `<p role="status">${plain(message)}</p>
    <form method="post">
      <p><label>Your name <input name="name" required></label></p>
      <p><img src="${challenge.image_base64}" alt="${plain(challenge.description)}"></p>
      <input type="hidden" name="captcha_id" value="${challenge.captcha_id}">
      <p><label>${plain(challenge.note)} <input name="answer" required autocomplete="off"></label></p>
      <button>Sign the guest book</button>
    </form>`,
    message === '' ? 200 : 422,
  );
}

function failed({ code, error, retry_after }: Failure): Response {
  const headers = retry_after === undefined ? {} : { 'Retry-After': String(retry_after) };
  return page(`<p>${plain(error)}</p>`, code, headers);
}

function page(body: string, status = 200, headers: Record<string, string> = {}): Response {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Guest book</title><body style="font: 16px system-ui; margin: 2rem auto; max-width: 30rem; padding: 0 1rem">
<h1>Guest book</h1>${body}</body></html>`;
  return new Response(html, {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy':
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'self'",
      ...headers,
    },
  });
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const plain = (text: string) => text.replace(/[&<>"']/g, (symbol) => ESCAPES[symbol]!);
