/** The zips that would be uploaded, each in processes of its own behind the Runtime API: the journey, and every form of event. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTIONS } from '../../infra/aws/permissions.ts';
import { FUNCTIONS } from '../../infra/aws/routes.ts';
import { WIDGET } from '../../lib/widget/built.ts';
import { ENVIRONMENT, GENERATE_LIMIT, insider, newVisitor } from './deployment.ts';
import { runtimeJourney } from './journey.ts';
import { type LambdaDeployment, openLambdas } from './lambda-deployment.ts';
import type { EventForm } from './lambda-events.ts';

runtimeJourney('Lambda', openLambdas);

describe('beside the code', () => {
  let under: LambdaDeployment;
  beforeAll(async () => {
    under = await openLambdas(ENVIRONMENT);
  });
  afterAll(() => under?.stop());
  const get = (path: string, headers = {}) =>
    under.request(new Request(`http://localhost${path}`, { headers }), newVisitor());

  it('lie the widget, its parts and the OpenAPI document', async () => {
    expect(await (await get('/openapi.json')).json()).toEqual(
      JSON.parse(readFileSync('lib/http/openapi.json', 'utf8')),
    );
    const script = await get('/api.js', { 'Accept-Encoding': 'identity' });
    expect(await script.text()).toBe(WIDGET.script);
    expect(script.headers.get('ETag')).toBe(`"${WIDGET.etag}"`);
    expect(await (await get('/widget/element.js')).text()).toBe(WIDGET.element);
    for (const [file, text] of Object.entries(WIDGET.files).slice(0, 3))
      expect(await (await get(`/widget/${file}`)).text()).toBe(text);
    expect((await get('/widget/nothing.js')).status).toBe(404);
  });
});

describe.each<EventForm>(['http-api', 'rest-api', 'function-url'])('%s events', (form) => {
  let under: LambdaDeployment;
  beforeAll(async () => {
    under = await openLambdas(ENVIRONMENT);
  });
  afterAll(() => under?.stop());

  const url = (path: string) => `http://localhost/api${path}`;
  const send = (path: string, init: RequestInit = {}, from = newVisitor()) =>
    under.send(form, new Request(url(path), init), from);
  const answerOf = async (id: string) => {
    const live = await insider(under).service.recall(id, { address: newVisitor() });
    if (!live.ok) throw new Error(`no live challenge ${id}`);
    return live.puzzle.answer;
  };

  it('carry queries, pictures, cookies, JSON and forms, and no address but the platform’s', async () => {
    const made = await send('/captcha/generate?kind=text&preset=classic&cdata=c-1&lang=en');
    const challenge = (await made.json()) as { captcha_id: string; image_base64: string };
    expect(challenge).toMatchObject({ success: true, kind: 'text', lang: 'en' });
    const picture = await send(`/captcha/${challenge.captcha_id}/image`);
    expect(picture.headers.get('Content-Type')).toBe('image/png');
    const base64 = Buffer.from(await picture.arrayBuffer()).toString('base64');
    expect(`data:image/png;base64,${base64}`).toBe(challenge.image_base64);

    const step = await send('/captcha/image?kind=text&form=login');
    const cookie = step.headers.getSetCookie().map((each) => each.split(';')[0]!);
    expect(cookie).toHaveLength(1);
    const answer = await answerOf(step.headers.get('X-Captcha-Id')!);
    const verdict = await send('/captcha/verify', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        Cookie: `theme=dark; ${cookie[0]}`,
      },
      body: new URLSearchParams({ answer, form: 'login' }).toString(),
    });
    const { token } = (await verdict.json()) as { token: string };
    const redeemed = await send('/captcha/siteverify', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ secret: ENVIRONMENT.GLYPHGATE_SECRET, response: token }),
    });
    expect(await redeemed.json()).toMatchObject({ success: true, kind: 'text' });

    const from = newVisitor();
    const statuses = [];
    for (let i = 0; i <= GENERATE_LIMIT; i++) {
      const headers = { 'X-Forwarded-For': `192.0.2.${i}` };
      statuses.push((await send('/captcha/generate?preset=bitmap', { headers }, from)).status);
    }
    expect(statuses).toEqual([...Array(GENERATE_LIMIT).fill(200), 429]);
  });

  it('find each function serving its own routes, within its permissions, and keeping addresses out of its log', async () => {
    expect((await send('/health')).status).toBe(200);
    expect(await (await send('/health')).json()).toMatchObject({ renderer: { ok: null } });
    expect((await send('/captcha/verify')).headers.get('Allow')).toBe('POST');
    const lost = await send('/nothing', { headers: { 'Accept-Language': 'en' } });
    expect(await lost.json()).toMatchObject({ code: 404, error_code: 'no_such_route' });
    // What sst.config.ts permits each, and no more.
    const { generate, verify, health } = under.calls;
    expect([...verify].sort()).toEqual([...ACTIONS.verify].sort());
    expect([...health]).toEqual(ACTIONS.health);
    expect([...generate].filter((call) => !ACTIONS.generate.includes(call))).toEqual([]);
    expect(generate).toContain('PutItem');

    const lines = FUNCTIONS.flatMap((name) => under.functions[name].log.trimEnd().split('\n'));
    for (const line of lines.filter((each) => each !== '')) {
      expect(JSON.parse(line)).toMatchObject({
        level: 'info',
        event: 'request',
        requests: 1,
        _aws: { CloudWatchMetrics: [{ Namespace: 'Glyphgate' }] },
      });
      expect(line).not.toMatch(/198\.1[89]\.\d+\.\d+(?!\/24)/);
    }
  });
});
