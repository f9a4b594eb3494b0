/** The checks of what is given out: challenges of every kind, a picture, a wrong answer, a trade, a cookie. */
import { ATTEMPT, type Deployment, expect, generate, query, said, verify } from './deployment-kit.ts';

export async function challenges(deployment: Deployment): Promise<string> {
  const { kinds } = (await deployment.wire.ask('/health')).body;
  const given: string[] = [];
  const refused: string[] = [];
  for (const kind of kinds as string[]) {
    const { status, body } = await generate(deployment, `kind=${kind}`);
    if (status === 400) {
      refused.push(kind);
      continue;
    }
    expect(status === 200, `a challenge of kind ${kind}`, said(status, body));
    expect(/^[0-9a-z]{32}$/.test(body.captcha_id), 'an id of 32 characters', String(body.captcha_id));
    expect(
      body.expire_time > 0 && typeof body.note === 'string',
      'a question and a time',
      JSON.stringify(body).slice(0, 80),
    );
    given.push(kind);
  }
  expect(given.length > 0, 'at least one kind', `all are refused: ${refused.join(', ')}`);
  return `${given.join(', ')}${refused.length ? `; the site's policy has no ${refused.join(', ')}` : ''}`;
}

export async function picture(deployment: Deployment): Promise<string> {
  const { status, body } = await generate(deployment, '');
  expect(status === 200, 'a challenge', said(status, body));
  const image = await deployment.wire.ask(`/captcha/${body.captcha_id}/image`);
  expect(image.status === 200, 'its picture', said(image.status, image.body));
  const inline = Uint8Array.from(atob(String(body.image_base64).split(',')[1] ?? ''), (c) => c.charCodeAt(0));
  expect(
    inline.length === image.bytes.length && inline.every((byte, i) => byte === image.bytes[i]),
    'the same bytes inline and by its own address',
    `${inline.length} and ${image.bytes.length} bytes (is the content type ${image.headers.get('Content-Type')} passed on as binary?)`,
  );
  const { width, height } = body.image_size;
  const view = new DataView(image.bytes.buffer);
  const isPng = image.bytes[0] === 0x89 && image.bytes[1] === 0x50;
  expect(
    isPng && view.getUint32(16) === width && view.getUint32(20) === height,
    `a PNG of ${width}×${height}`,
    'another',
  );
  return `a PNG of ${width}×${height}, ${image.bytes.length} bytes, the same twice`;
}

export async function oneTry(deployment: Deployment): Promise<string> {
  const { body: challenge } = await generate(deployment, '');
  const attempt = ATTEMPT();
  const answer = (await wrongAnswer(deployment, challenge)) ?? '?';
  const wrong = { captcha_id: challenge.captcha_id, answer, attempt };
  const first = await verify(deployment, wrong);
  expect(
    first.status === 200 && first.body.verified === false,
    'a wrong answer',
    said(first.status, first.body),
  );
  const repeated = await verify(deployment, wrong);
  expect(
    repeated.status === 200 && repeated.body.verified === false,
    'the same reply to the same attempt',
    said(repeated.status, repeated.body),
  );
  const other = await verify(deployment, { ...wrong, attempt: ATTEMPT() });
  expect(other.status === 404, '404 for a second try', said(other.status, other.body));
  return 'a wrong answer spends the challenge; the same attempt gets the same reply';
}

export async function refresh(deployment: Deployment): Promise<string> {
  const { body: old } = await generate(deployment, '');
  const again = () => deployment.wire.ask('/captcha/refresh', { body: { captcha_id: old.captcha_id } });
  const fresh = await again();
  expect(
    fresh.status === 200 && fresh.body.captcha_id !== old.captcha_id,
    'another challenge',
    said(fresh.status, fresh.body),
  );
  const { status, body } = await again();
  expect(status === 404, '404 for the old one', said(status, body));
  return 'trades a challenge for another, once';
}

export async function cookie(deployment: Deployment): Promise<string> {
  const image = await deployment.wire.ask(`/captcha/image${query(deployment, '')}`);
  expect(image.status === 200, 'a picture', said(image.status, image.body));
  const set = image.headers.get('Set-Cookie') ?? '';
  const secure = deployment.wire.base.startsWith('https:');
  expect(
    /HttpOnly/.test(set) && /SameSite=Lax/.test(set) && (!secure || /^__Host-.*; Secure/.test(set)),
    'an HttpOnly cookie of the host',
    set === '' ? 'no cookie' : set.replace(/=[^;]+/, '=…'),
  );
  return 'a page without script gets its picture and a sealed cookie';
}

/** One that is surely wrong where that can be known, else one that no alphabet has. */
async function wrongAnswer(
  { answerOf }: Deployment,
  challenge: { captcha_id: string },
): Promise<string | undefined> {
  const right = await answerOf?.(challenge.captcha_id);
  return right === undefined ? undefined : right === 'A' ? 'B' : 'A';
}
