/** How the widget's files are served. */
import { describe, expect, it } from 'vitest';
import { WIDGET } from '../../lib/widget/built.ts';
import { rig } from './rig.ts';

const { call } = rig({ widget: WIDGET });
const [file = ''] = Object.keys(WIDGET.files);

describe('api.js', () => {
  it('is short-lived, for every origin, and known again by its tag', async () => {
    const first = await call('/api.js?render=explicit&onload=go');
    expect(first.status).toBe(200);
    expect(first.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8');
    expect(first.headers.get('Cache-Control')).toContain('max-age=300');
    expect(first.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(first.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(new TextDecoder().decode(first.bytes)).toBe(WIDGET.script);

    for (const tag of [
      first.headers.get('ETag')!,
      `W/${first.headers.get('ETag')}`,
      `"x", ${first.headers.get('ETag')}`,
    ]) {
      const again = await call('/api.js', { headers: { 'If-None-Match': tag } });
      expect([again.status, again.bytes.length]).toEqual([304, 0]);
    }
    expect((await call('/api.js', { headers: { 'If-None-Match': '"other"' } })).status).toBe(200);
  });

  it('is compressed for those who can read that', async () => {
    const reply = await call('/api.js', { headers: { 'Accept-Encoding': 'gzip' } });
    expect(reply.headers.get('Content-Encoding')).toBe('gzip');
    expect(reply.bytes.length).toBeLessThan(WIDGET.script.length / 2);
  });
});

describe('its parts', () => {
  it('are kept for a year', async () => {
    const reply = await call(`/widget/${file}`);
    expect(reply.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
    expect(reply.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(new TextDecoder().decode(reply.bytes)).toBe(WIDGET.files[file as keyof typeof WIDGET.files]);
  });

  it('answer to the name from before a deployment, and are not kept under it', async () => {
    const view = Object.keys(WIDGET.files).find((name) => name.startsWith('reveal'))!;
    const reply = await call('/widget/reveal-0123456789.js');
    expect(reply.status).toBe(200);
    expect(reply.headers.get('Cache-Control')).toBe('no-cache');
    expect(new TextDecoder().decode(reply.bytes)).toBe(WIDGET.files[view as keyof typeof WIDGET.files]);
  });

  it.each([
    '/widget/nothing-0123456789.js',
    '/widget/__proto__',
    '/widget/constructor',
    '/widget/..%2fapi.js',
  ])('%s is not there', async (path) => {
    expect((await call(path)).status).toBe(404);
    expect((await call(path, { method: 'HEAD' })).status).toBe(404);
  });
});

it('a deployment that does not serve the widget has no such paths', async () => {
  expect((await rig().call('/api.js')).status).toBe(404);
});
