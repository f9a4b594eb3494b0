/** The light classes against the real ones: the same calls, the same outcome. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Headers as LightHeaders,
  Request as LightRequest,
  Response as LightResponse,
} from '../../functions/lambda/fetch-classes.ts';

const RealHeaders = globalThis.Headers;
const RealResponse = globalThis.Response;
const RealRequest = globalThis.Request;

/** What came of it: a value, or the kind of error. */
function outcome<T>(work: () => T): T | string {
  try {
    return work();
  } catch (error) {
    return (error as Error).name;
  }
}

const name = fc.constantFrom(
  'a',
  'A',
  'Set-Cookie',
  'set-cookie',
  'Cookie',
  'vary',
  'X-Id',
  '',
  'no name',
  'né',
);
const value = fc.oneof(
  fc.constantFrom('', ' x ', 'a, b', 'x\r\ny', '\tz\n', 'x\0', 'é', '字', 'a=b; Path=/'),
  fc.string({ maxLength: 6 }),
);
const step = fc.oneof(
  fc.record({ do: fc.constantFrom('append', 'set'), name, value }),
  fc.record({ do: fc.constantFrom('get', 'has', 'delete'), name, value: fc.constant('') }),
);
const listed = (headers: Iterable<readonly [string, string]>) => JSON.stringify([...headers]);

describe('the light classes', () => {
  it('Headers: whatever is done to them', () =>
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const run = (headers: Headers | LightHeaders) => {
          const seen = steps.map((each) =>
            outcome(() =>
              (headers[each.do as 'set'] as (n: string, v: string) => unknown)(each.name, each.value),
            ),
          );
          const visited: string[] = [];
          headers.forEach((text: string, key: string) => void visited.push(`${key}=${text}`));
          return JSON.stringify([
            seen,
            [...headers],
            [...headers.keys()],
            [...headers.values()],
            headers.getSetCookie(),
            visited,
          ]);
        };
        expect(run(new LightHeaders())).toBe(run(new RealHeaders()));
      }),
      { numRuns: 500 },
    ));

  it('Headers: made of pairs, of a record, of others', () => {
    const pairs = [
      ['b', '1'],
      ['a', '2'],
      ['Set-Cookie', 'x'],
      ['set-cookie', 'y'],
    ] as [string, string][];
    const light = new LightHeaders(pairs);
    const real = new RealHeaders(pairs);
    expect(listed(light)).toBe(listed(real));
    expect(listed(new LightHeaders(light))).toBe(listed(new RealHeaders(real)));
    expect(listed(new LightHeaders({ B: '1', a: '2' }))).toBe(listed(new RealHeaders({ B: '1', a: '2' })));
    expect(listed(new LightHeaders(real))).toBe(listed(real));
  });

  const BODIES = [
    '',
    'plain',
    '\uFEFFmarked',
    '{"a":[1,"字"]}',
    new Uint8Array([0, 255, 98]),
    new ArrayBuffer(3),
    null,
  ];
  it.each(BODIES.map((body) => [body]))('Response and Request of %o', async (body) => {
    for (const read of ['text', 'arrayBuffer', 'json'] as const) {
      const told = async (of: Pick<Response | LightResponse | LightRequest, typeof read | 'bodyUsed'>) => {
        const first: unknown = await of[read]().catch((error: Error) => error.name);
        const content = first instanceof ArrayBuffer ? [...new Uint8Array(first)] : first;
        const again = await of[read]().then(
          () => 'read again',
          (error: Error) => error.name,
        );
        return JSON.stringify([content, again, of.bodyUsed]);
      };
      expect(await told(new LightResponse(body))).toBe(await told(new RealResponse(body)));
      if (body === null) continue;
      const init = { method: 'POST', body };
      expect(await told(new LightRequest('https://x.example/a?b', init))).toBe(
        await told(new RealRequest('https://x.example/a?b', init)),
      );
    }
  });

  it('Response: status, headers, and one made of another', () => {
    const shown = ({ status, statusText, ok, headers }: Response | LightResponse) =>
      JSON.stringify([status, statusText, ok, [...headers]]);
    const init = { status: 404, statusText: 'Nope', headers: { 'X-A': '1' } };
    expect(shown(new LightResponse('a', init))).toBe(shown(new RealResponse('a', init)));
    expect(shown(new LightResponse(null, new LightResponse('a', init)))).toBe(
      shown(new RealResponse(null, new RealResponse('a', init))),
    );
    expect(shown(new LightResponse())).toBe(shown(new RealResponse()));
    for (const status of [100, 600])
      expect(outcome(() => new LightResponse('', { status }))).toBe(
        outcome(() => new RealResponse('', { status })),
      );
  });

  it('Response: hands what it does not know to the real one', async () => {
    const form = new URLSearchParams({ a: '1 2' });
    expect(await new LightResponse(form).text()).toBe(await new RealResponse(form).text());
    const stream = new RealResponse('streamed').body;
    expect(await new LightResponse(stream, { status: 201 }).text()).toBe('streamed');
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    expect([...(await new LightResponse('a=1&b=%20', { headers }).formData())]).toEqual([
      ['a', '1'],
      ['b', ' '],
    ]);
  });

  it('Request: address, method, body as a stream', async () => {
    const light = new LightRequest('https://x.example/a b?c=字#d', { method: 'POST', body: 'text' });
    const real = new RealRequest('https://x.example/a b?c=字#d', { method: 'POST', body: 'text' });
    expect([light.url, light.method]).toEqual([real.url, real.method]);
    expect(await new RealResponse(light.body).text()).toBe('text');
    expect(new LightRequest('https://x.example').body).toBeNull();
    expect(outcome(() => new LightRequest('nonsense'))).toBe('TypeError');
  });
});
