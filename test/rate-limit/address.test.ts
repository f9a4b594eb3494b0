/** Addresses against ipaddr.js, which reads everything that was ever written as one. */
import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import { canonicalAddress, networksOf } from '../../lib/rate-limit/address.ts';

const word = fc.oneof(
  fc.constant('0'),
  fc.integer({ min: 0, max: 0xffff }).map((n) => n.toString(16)),
);
const whole = fc.array(word, { minLength: 8, maxLength: 8 }).map((words) => words.join(':'));
/** Some of the words left out, and perhaps the end dotted. */
const short = fc
  .tuple(fc.array(word, { maxLength: 3 }), fc.array(word, { maxLength: 2 }), fc.option(fc.ipV4()))
  .map(([head, tail, dotted]) => `${head.join(':')}::${[...tail, ...(dotted ? [dotted] : [])].join(':')}`);
// `::1.2.3.4` was given up (RFC 4291, 2.5.5.1) and is no mapped address; ipaddr.js takes it for one.
const address = fc
  .oneof(
    whole,
    short,
    fc.ipV4(),
    fc.ipV6(),
    fc.ipV4().map((v4) => `::FFFF:${v4}`),
  )
  .filter((text) => !/^::\d+\./.test(text));

describe('an address', () => {
  it('is read and written as ipaddr.js does', () =>
    fc.assert(
      fc.property(address, fc.constantFrom('', '%eth0'), fc.boolean(), (text, zone, loud) => {
        const given = `${loud ? text.toUpperCase() : text}${text.includes(':') ? zone : ''}`;
        expect(canonicalAddress(given)).toBe(ipaddr.process(given.replace(/%.*/, '')).toString());
      }),
      { numRuns: 2000 },
    ));

  it('belongs to the networks that ipaddr.js finds', () =>
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const canonical = canonicalAddress(text)!;
        fc.pre(canonical.includes(':'));
        const bytes = ipaddr.IPv6.parse(canonical).toByteArray();
        expect(networksOf(canonical).map(({ name }) => name)).toEqual(
          [64, 56, 48].map((bits) => {
            const kept = bytes.map((byte, at) => (at < bits / 8 ? byte : 0));
            return `${ipaddr.fromByteArray(kept).toString()}/${bits}`;
          }),
        );
      }),
      { numRuns: 500 },
    ));

  it('is not what only ends in one, or is anything else', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.stringMatching(/^[0-9a-f:.%\][/@?#]{1,20}$/),
          address.map((text) => `${text}]`),
        ),
        (text) => {
          const found = canonicalAddress(text);
          if (found === undefined) return;
          const bare = text.replace(/%.*/, '');
          expect(ipaddr.isValid(bare)).toBe(true);
          if (!/^::\d+\./.test(bare)) expect(found).toBe(ipaddr.process(bare).toString());
        },
      ),
      { numRuns: 5000 },
    ));
});
