/**
 * Whom a limit counts: an address as the network that one party can command. IPv4 counts by address; IPv6 by /64, and with more
 * room by /56 and /48, since one customer may own any of these.
 *
 * IPv6 is read and written by the platform's own URL (WHATWG URL, 3.5; RFC 5952): every runtime has it, and it weighs nothing.
 */
export interface Network {
  /** Canonical text, such as `192.0.2.7` or `2001:db8::/64`. */
  readonly name: string;
  /** How many times the rule's limit this network may use. */
  readonly factor: number;
}

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const DOTTED = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);

/** The address in canonical form, IPv4-mapped IPv6 as IPv4 and without a zone; undefined when it is none. */
export function canonicalAddress(text: string): string | undefined {
  // What nearly every request brings, without the general parser.
  const plain = text.startsWith('::ffff:') ? text.slice('::ffff:'.length) : text;
  if (DOTTED.test(plain)) return plain;
  const words = ipv6Words(text.replace(/%.*$/, ''));
  if (!words) return undefined;
  const mapped = words.slice(0, 6).join() === MAPPED;
  return mapped ? words.slice(6).flatMap(bytesOf).join('.') : ipv6Text(words);
}

const MAPPED = '0,0,0,0,0,65535';
const bytesOf = (word: number) => [word >> 8, word & 255];

/** Eight of 16 bits; undefined when it is no address. */
function ipv6Words(text: string): number[] | undefined {
  // Nothing that would end the host of a URL, and no address is longer.
  if (!/^[0-9A-Fa-f:.]{2,45}$/.test(text) || !URL.canParse(`http://[${text}]`)) return undefined;
  const [head = '', tail] = new URL(`http://[${text}]`).hostname.slice(1, -1).split('::');
  const [before, after] = [head, tail ?? ''].map((part) => (part === '' ? [] : part.split(':')));
  const zeros = tail === undefined ? 0 : 8 - before!.length - after!.length;
  return [...before!, ...Array<string>(zeros).fill('0'), ...after!].map((word) => Number.parseInt(word, 16));
}

const ipv6Text = (words: readonly number[]) =>
  new URL(`http://[${words.map((word) => word.toString(16)).join(':')}]`).hostname.slice(1, -1);

const IPV6_LEVELS = [
  { bits: 64, factor: 1 },
  { bits: 56, factor: 4 },
  { bits: 48, factor: 16 },
] as const;

/** `address` is canonical. */
export function networksOf(address: string): readonly Network[] {
  if (!address.includes(':')) return [{ name: address, factor: 1 }];
  const words = ipv6Words(address)!;
  return IPV6_LEVELS.map(({ bits, factor }) => {
    const kept = (at: number) => Math.min(16, Math.max(0, bits - 16 * at));
    const prefix = words.map((word, at) => word & (0xffff << (16 - kept(at))) & 0xffff);
    return { name: `${ipv6Text(prefix)}/${bits}`, factor };
  });
}

/** For logs: the last part of an address is masked. */
export function maskAddress(address: string): string {
  return address.includes(':') ? `${networksOf(address)[2]!.name}` : address.replace(/\.\d+$/, '.0/24');
}
