/** Bytes and their spellings. */
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text);
/**
 * A `utf8` for texts that are read at once and not kept: its bytes stand in one buffer, which the next call overwrites. To allocate
 * a buffer costs more than what is done with most of them.
 */
export function brieflyUtf8(): (text: string) => Uint8Array<ArrayBuffer> {
  const buffer = new Uint8Array(256);
  return (text) => {
    const { read, written } = encoder.encodeInto(text, buffer);
    return read === text.length ? buffer.subarray(0, written) : utf8(text);
  };
}

/** Several texts as one run of bytes, without joining them as text first; all but the first ASCII. */
export function utf8Parts(first: string, ...ascii: readonly string[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(3 * first.length + ascii.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of [first, ...ascii]) at += encoder.encodeInto(part, bytes.subarray(at)).written;
  return bytes.subarray(0, at);
}

export const fromUtf8 = (bytes: Uint8Array): string => decoder.decode(bytes);

export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Compares without telling where the first difference is. Lengths are not secret. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!;
  return difference === 0;
}

const BASE32 = '0123456789abcdefghjkmnpqrstvwxyz';
const BASE32_CODE = Uint8Array.from(BASE32, (symbol) => symbol.charCodeAt(0));
/** By the symbol's code; 32: foreign. */
const BASE32_VALUE = new Uint8Array(128).fill(32);
for (const [value, code] of BASE32_CODE.entries()) BASE32_VALUE[code] = value;

/** Crockford's base32 in lower case, no padding; throws unless the bit count is a multiple of five. */
export function toBase32(bytes: Uint8Array): string {
  if (bytes.length % 5 !== 0) throw new RangeError('toBase32: expected a multiple of 5 bytes');
  // Joined at once: a text that grows by one symbol is a chain of as many pieces.
  const codes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      codes.push(BASE32_CODE[(held >>> bits) & 31]!);
    }
    held &= 31;
  }
  return String.fromCharCode(...codes);
}

/** Inverse of `toBase32`; undefined when a symbol is foreign. */
export function fromBase32(text: string): Uint8Array<ArrayBuffer> | undefined {
  const out = new Uint8Array((text.length * 5) >> 3);
  let held = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const value = BASE32_VALUE[text.charCodeAt(i)] ?? 32;
    if (value === 32) return undefined;
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out[at++] = (held >>> bits) & 255;
    }
  }
  return out;
}

const CHUNK = 0x8000;

/** Standard base64 with padding, by the fastest way that the runtime has. */
export function toBase64(bytes: Uint8Array): string {
  const native = bytes as Uint8Array & { toBase64?: () => string };
  if (native.toBase64) return native.toBase64();
  const node = globalThis.Buffer as typeof Buffer | undefined;
  if (node) return node.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  let binary = '';
  for (let i = 0; i < bytes.length; i += CHUNK)
    binary += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  return btoa(binary);
}

/** Inverse of `toBase64`. */
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (symbol) => symbol.charCodeAt(0));

export function toBase64Url(bytes: Uint8Array): string {
  const node = globalThis.Buffer as typeof Buffer | undefined;
  if (node) return node.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
  return toBase64(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** Of a text's bytes in UTF-8. */
export function textToBase64Url(text: string): string {
  const node = globalThis.Buffer as typeof Buffer | undefined;
  return node ? node.from(text).toString('base64url') : toBase64Url(utf8(text));
}

/** Undefined when the text is not base64url. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return undefined;
  const node = globalThis.Buffer as typeof Buffer | undefined;
  if (node) return new Uint8Array(node.from(text, 'base64url'));
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
