/** The platform's own counter in front of the limits. */
import { expect, it } from 'vitest';
import { rig, SECRET } from './rig.ts';

const shut = () => {
  const asked: string[] = [];
  const gate = async (address: string) => {
    asked.push(address);
    return false;
  };
  return { ...rig({ gate }), asked };
};
const path = '/api/captcha/generate?kind=text';

it.each([{}, { Authorization: 'Basic dTpw' }, { Authorization: 'Bearer' }])(
  'stands before a visitor, whatever is in Authorization: %j',
  async (headers) => {
    const { call, asked } = shut();
    const { status, headers: got, body } = await call(path, { headers, from: '192.0.2.7' });
    expect({ status, slug: body.error_code }).toEqual({ status: 429, slug: 'rate_limited' });
    expect(got.get('Retry-After')).toBe('10');
    expect(asked).toEqual(['192.0.2.7']);
  },
);

it('lets a site’s own server by, which speaks for many', async () => {
  const { call, asked } = shut();
  expect((await call(path, { headers: { Authorization: `Bearer ${SECRET}` } })).status).toBe(200);
  expect(asked).toEqual([]);
});

it('stands open when it fails', async () => {
  const r = rig({ gate: () => Promise.reject(new Error('away')) });
  expect((await r.generate()).status).toBe(200);
});
