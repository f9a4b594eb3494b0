/** Refused pictures: JSON unless the site or a hook wants one that says so, with the same status and headers. */
import { expect, it } from 'vitest';
import { loadRenderAssets } from '../../functions/assets.ts';
import { noticePicture, noticeSound } from '../../lib/http/notice.ts';
import { createRenderer } from '../../lib/render/renderer.ts';
import { decodePng } from '../render/decode.ts';
import { rig } from './rig.ts';

const WANTED = { GLYPHGATE_ERROR_MEDIA: '1', GLYPHGATE_LIMIT_GENERATE: '1/60s' };
const MISSING = `/api/captcha/${'0'.repeat(32)}/image`;

it('is JSON where the site did not choose otherwise', async () => {
  const reply = await rig().call(MISSING);
  expect(reply.headers.get('Content-Type')).toMatch(/json/);
});

it('keeps the status and the headers of the refusal, and differs by language and reason', async () => {
  const r = rig({ env: WANTED });
  const image = (query = '') => r.call(`/api/captcha/image?${query}`, { from: '192.0.2.1' });
  expect((await image()).status).toBe(200);
  const limited = await image();
  expect(limited.status).toBe(429);
  expect(limited.headers.get('Content-Type')).toBe('image/png');
  expect(Number(limited.headers.get('Retry-After'))).toBeGreaterThan(0);
  expect(limited.headers.get('RateLimit-Policy')).toBe('"generate";q=1;w=60');
  expect(limited.headers.get('Cache-Control')).toBe('no-store');
  expect(decodePng(limited.bytes)).toMatchObject({ width: 200, height: 70 });
  const english = await image('lang=en');
  expect(Buffer.from(english.bytes).equals(limited.bytes)).toBe(false);
  const missing = await r.call(MISSING);
  expect(missing.status).toBe(404);
  expect(missing.headers.get('Content-Type')).toBe('image/png');
  expect((await r.call('/api/captcha/image?kind=none')).headers.get('Content-Type')).toBe('image/png');
});

it('is a sound where a sound was asked for', async () => {
  const reply = await rig({ env: WANTED }).call(MISSING.replace('image', 'audio'));
  expect(reply.status).toBe(404);
  expect(reply.headers.get('Content-Type')).toBe('audio/wav');
  expect(new TextDecoder('latin1').decode(reply.bytes.subarray(0, 4))).toBe('RIFF');
});

it('leaves every other route its JSON', async () => {
  const r = rig({ env: WANTED });
  for (const path of ['/api/captcha/generate?kind=none', '/api/captcha/none', '/api/none'])
    expect((await r.call(path)).headers.get('Content-Type')).toMatch(/json/);
});

it('a hook’s own picture goes before the service’s, by priority', async () => {
  const bytes = (text: string) => ({ bytes: new TextEncoder().encode(text), mediaType: 'image/svg+xml' });
  const r = rig({
    env: WANTED,
    hooks: [
      { name: 'second', refusedMedia: () => bytes('second') },
      {
        name: 'first',
        priority: 1,
        refusedMedia: ({ status }) => (status === 404 ? bytes('first') : undefined),
      },
    ],
  });
  const missing = await r.call(MISSING);
  expect(missing.status).toBe(404);
  expect(new TextDecoder().decode(missing.bytes)).toBe('first');
  const invalid = await r.call('/api/captcha/image?kind=none');
  expect(new TextDecoder().decode(invalid.bytes)).toBe('second');
});

it('every notice can be drawn: the faces hold its characters', () => {
  const renderer = createRenderer(loadRenderAssets());
  for (const lang of ['zh-CN', 'en'] as const)
    for (const status of [400, 403, 404, 429, 500, 503])
      for (const retrySeconds of [undefined, 7, 999, 86_400]) {
        const { bytes } = noticePicture(renderer, { status, lang, retrySeconds });
        expect(bytes.length).toBeLessThan(2500);
      }
});

it('the sound is a WAV of a third of a second', () => {
  const { bytes, mediaType } = noticeSound();
  expect(mediaType).toBe('audio/wav');
  expect(new TextDecoder('latin1').decode(bytes.subarray(0, 4))).toBe('RIFF');
  expect(new DataView(bytes.buffer).getUint32(40, true)).toBe(bytes.length - 44);
  expect(bytes.length - 44).toBe(2800);
});

const LIVE = (id: string) => `/api/captcha/${id}/image`;

it('carries headers of hooks; of several that set one the first in order prevails', async () => {
  const r = rig({
    hooks: [
      { name: 'low', priority: -1, mediaHeaders: () => ({ 'Cache-Control': 'private', 'X-Low': '1' }) },
      { name: 'high', priority: 5, mediaHeaders: () => ({ 'Cache-Control': 'private, max-age=300' }) },
      { name: 'none', mediaHeaders: ({ route }) => (route === 'image' ? { 'X-One-Step': '1' } : undefined) },
    ],
  });
  const { captcha_id } = (await r.generate('kind=text')).body;
  const { headers } = await r.call(LIVE(captcha_id));
  expect(headers.get('Cache-Control')).toBe('private, max-age=300');
  expect(headers.get('X-Low')).toBe('1');
  expect(headers.get('X-One-Step')).toBeNull();
  expect((await r.call('/api/captcha/image')).headers.get('X-One-Step')).toBe('1');
});

it('a hook that fails to say something of media is logged, and the reply is what it would be without', async () => {
  const broken = () => {
    throw new Error('lookup failed');
  };
  const r = rig({
    hooks: [
      { name: 'broken', mediaHeaders: broken, refusedMedia: broken },
      { name: 'wrong', mediaHeaders: () => ({ 'X-Wrong': 'a\nb' }) },
      { name: 'well', mediaHeaders: () => ({ 'X-Well': '1' }) },
    ],
  });
  const { captcha_id } = (await r.generate('kind=text')).body;
  const shown = await r.call(LIVE(captcha_id));
  expect({ status: shown.status, well: shown.headers.get('X-Well') }).toEqual({ status: 200, well: '1' });
  const refused = await r.call(MISSING);
  expect({ status: refused.status, code: refused.body.error_code }).toEqual({
    status: 404,
    code: 'challenge_not_found',
  });
  expect(r.events).toMatchObject([
    { event: 'hook_failed', hook: 'wrong', route: ':id/image' },
    { event: 'hook_failed', hook: 'broken', route: ':id/image', error: { message: 'lookup failed' } },
    { event: 'hook_failed', hook: 'broken', route: ':id/image' },
  ]);
});
