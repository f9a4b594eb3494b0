/**
 * Whom a limit counts: an address as the network that one party can command. IPv4 counts by address; IPv6 by /64, and with more
 * room by /56 and /48, since one customer may own any of these.
 */
import ipaddr from 'ipaddr.js';

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
  const bare = text.replace(/%.*$/, '');
  if (!ipaddr.IPv4.isValidFourPartDecimal(bare) && !ipaddr.IPv6.isValid(bare)) return undefined;
  return ipaddr.process(bare).toString();
}

const IPV6_LEVELS = [
  { bits: 64, factor: 1 },
  { bits: 56, factor: 4 },
  { bits: 48, factor: 16 },
] as const;

/** `address` is canonical. */
export function networksOf(address: string): readonly Network[] {
  if (!address.includes(':')) return [{ name: address, factor: 1 }];
  const bytes = ipaddr.IPv6.parse(address).toByteArray();
  return IPV6_LEVELS.map(({ bits, factor }) => {
    const prefix = bytes.map((byte, at) => (at < bits / 8 ? byte : 0));
    return { name: `${ipaddr.fromByteArray(prefix).toString()}/${bits}`, factor };
  });
}

/** For logs: the last part of an address is masked. */
export function maskAddress(address: string): string {
  return address.includes(':') ? `${networksOf(address)[2]!.name}` : address.replace(/\.\d+$/, '.0/24');
}
