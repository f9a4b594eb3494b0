/** WOFF 1.0 (W3C, 2012) to the font inside: the same tables, inflated. */
import { inflateSync } from 'node:zlib';

const SIGNATURE = 0x774f4646;

/** Anything else is returned as it is. */
export function unwrapWoff(file: Uint8Array): Uint8Array<ArrayBuffer> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (view.getUint32(0) !== SIGNATURE) return new Uint8Array(file);
  const tables = view.getUint16(12);
  const parts: Uint8Array[] = [];
  const header = new Uint8Array(12 + 16 * tables);
  const out = new DataView(header.buffer);
  out.setUint32(0, view.getUint32(4));
  out.setUint16(4, tables);
  let at = header.length;
  for (let i = 0; i < tables; i++) {
    const entry = 44 + 20 * i;
    const [offset, packed, length] = [4, 8, 12].map((k) => view.getUint32(entry + k)) as [
      number,
      number,
      number,
    ];
    const body = file.subarray(offset, offset + packed);
    const table = packed < length ? inflateSync(body) : body;
    out.setUint32(12 + 16 * i, view.getUint32(entry));
    out.setUint32(16 + 16 * i, view.getUint32(entry + 16));
    out.setUint32(20 + 16 * i, at);
    out.setUint32(24 + 16 * i, length);
    const padded = new Uint8Array((length + 3) & ~3);
    padded.set(table);
    parts.push(padded);
    at += padded.length;
  }
  const font = new Uint8Array(at);
  font.set(header);
  at = header.length;
  for (const part of parts) {
    font.set(part, at);
    at += part.length;
  }
  return font;
}
