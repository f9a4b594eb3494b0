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
