/**
 * What a photo's file says about itself, read without decoding a pixel: what it is, how large it would become, and whether it is whole.
 * A bomb (a small file that unfolds to gigabytes) is known by its header, so the decoder never meets it.
 *
 * PNG: W3C Portable Network Graphics, third edition. JPEG: ITU-T T.81; orientation: Exif 2.32, tag 0x0112. WebP: RFC 9649.
 */
import { orientationIn } from './photo-orientation.ts';

export const PHOTO_TYPES = ['png', 'jpeg', 'webp'] as const;
export type PhotoType = (typeof PHOTO_TYPES)[number];

export interface PhotoHeader {
  readonly type: PhotoType;
  /** Of the pixels as they are stored, before `orientation` turns them. */
  readonly width: number;
  readonly height: number;
  /** 1 … 8 as Exif numbers them; 1: as stored. */
  readonly orientation: number;
}

/** Why a file is no photo that can be used: to follow the file's name. */
export interface PhotoProblem {
  readonly problem: string;
}

const OTHERS: readonly (readonly [signature: string, name: string])[] = [
  ['GIF8', 'a GIF'],
  ['BM', 'a BMP'],
  ['%PDF', 'a PDF'],
  ['<svg', 'an SVG'],
  ['<?xml', 'an XML or SVG file'],
  ['II*\0', 'a TIFF'],
  ['MM\0*', 'a TIFF'],
  ['PK\u0003\u0004', 'a ZIP'],
];

export function readPhotoHeader(bytes: Uint8Array): PhotoHeader | PhotoProblem {
  if (bytes.length === 0) return { problem: 'is empty' };
  if (tag(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return png(bytes);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return jpeg(bytes);
  if (tag(bytes, 0, 4) === 'RIFF' && tag(bytes, 8, 4) === 'WEBP') return webp(bytes);
  return { problem: `is ${nameOf(bytes)}; expected a PNG, JPEG or WebP` };
}

function nameOf(bytes: Uint8Array): string {
  const known = OTHERS.find(([signature]) => tag(bytes, 0, signature.length) === signature);
  if (known) return known[1];
  const kind = tag(bytes, 4, 8);
  if (kind.startsWith('ftyp')) return /avi[fs]/.test(kind) ? 'an AVIF' : 'a HEIC or a video';
  const printable = bytes.subarray(0, 256).every((byte) => byte >= 32 || (byte >= 9 && byte <= 13));
  return printable ? 'text' : 'of an unknown type';
}

const CUT_SHORT: PhotoProblem = { problem: 'is cut short' };
const damaged = (what: string): PhotoProblem => ({ problem: `is damaged: ${what}` });

function png(bytes: Uint8Array): PhotoHeader | PhotoProblem {
  const view = viewOf(bytes);
  if (bytes.length < 33) return CUT_SHORT;
  if (tag(bytes, 12, 4) !== 'IHDR') return damaged('it does not begin with IHDR');
  for (let at = 8; ; ) {
    if (at + 12 > bytes.length) return CUT_SHORT;
    const next = at + 12 + view.getUint32(at);
    const name = tag(bytes, at + 4, 4);
    if (next > bytes.length) return CUT_SHORT;
    if (name === 'acTL') return { problem: 'is animated; expected a still picture' };
    if (name === 'IEND') break;
    at = next;
  }
  return sized('png', view.getUint32(16), view.getUint32(20), 1);
}

const ESSENTIAL = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'];

/** A whole PNG without what no pixel needs: profiles and texts are compressed, and may unfold to gigabytes. */
export function essentialPng(bytes: Uint8Array): Uint8Array {
  const view = viewOf(bytes);
  const kept = new Uint8Array(bytes.length);
  kept.set(bytes.subarray(0, 8));
  let length = 8;
  for (let at = 8; at < bytes.length; ) {
    const name = tag(bytes, at + 4, 4);
    const next = at + 12 + view.getUint32(at);
    if (ESSENTIAL.includes(name)) {
      kept.set(bytes.subarray(at, next), length);
      length += next - at;
    }
    if (name === 'IEND') break;
    at = next;
  }
  return kept.subarray(0, length);
}

/** A progressive file may have this many passes; each costs the decoder a walk over the whole picture. */
const MOST_SCANS = 100;

function jpeg(bytes: Uint8Array): PhotoHeader | PhotoProblem {
  const view = viewOf(bytes);
  let size: readonly [width: number, height: number] | undefined;
  let orientation = 1;
  let scans = 0;
  let at = 2;
  for (;;) {
    if (at + 4 > bytes.length && !(bytes[at] === 0xff && bytes[at + 1] === 0xd9)) return CUT_SHORT;
    if (bytes[at] !== 0xff) return damaged('no marker where one has to be');
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xd9) break;
    const length = view.getUint16(at + 2);
    if (length < 2) return damaged('a segment of no length');
    if (at + 2 + length > bytes.length) return CUT_SHORT;
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      if (marker > 0xc2)
        return { problem: 'is a JPEG of a rare kind; expected a baseline or a progressive one' };
      if (size || length < 8) return damaged('its size is given twice or not at all');
      size = [view.getUint16(at + 7), view.getUint16(at + 5)];
    }
    if (marker === 0xe1 && tag(bytes, at + 4, 6) === 'Exif\0\0')
      orientation = orientationIn(bytes.subarray(at + 10, at + 2 + length));
    at += 2 + length;
    if (marker === 0xda) {
      if (++scans > MOST_SCANS) return { problem: `has more than ${MOST_SCANS} scans` };
      at = endOfScan(bytes, at);
    }
  }
  if (!size || scans === 0) return damaged('it holds no picture');
  return sized('jpeg', size[0], size[1], orientation);
}

/** The next marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next !== undefined && next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}

function webp(bytes: Uint8Array): PhotoHeader | PhotoProblem {
  const view = viewOf(bytes);
  const end = 8 + view.getUint32(4, true);
  if (end > bytes.length) return CUT_SHORT;
  let canvas: readonly [number, number] | undefined;
  let frame: readonly [number, number] | undefined;
  let orientation = 1;
  for (let at = 12; at + 8 <= end; ) {
    const name = tag(bytes, at, 4);
    const length = view.getUint32(at + 4, true);
    const data = at + 8;
    if (data + length > end) return CUT_SHORT;
    if (name === 'ANIM' || name === 'ANMF') return { problem: 'is animated; expected a still picture' };
    if (name === 'VP8X' && length >= 10) canvas = [1 + uint24(view, data + 4), 1 + uint24(view, data + 7)];
    if (name === 'VP8 ' && length >= 10)
      frame = [view.getUint16(data + 6, true) & 0x3fff, view.getUint16(data + 8, true) & 0x3fff];
    if (name === 'VP8L' && length >= 5) {
      const bits = view.getUint32(data + 1, true);
      frame = [1 + (bits & 0x3fff), 1 + ((bits >>> 14) & 0x3fff)];
    }
    if (name === 'EXIF') orientation = orientationIn(bytes.subarray(data, data + length));
    at = data + length + (length & 1);
  }
  if (!frame) return damaged('it holds no picture');
  if (canvas && (canvas[0] !== frame[0] || canvas[1] !== frame[1]))
    return damaged('its two sizes contradict each other');
  return sized('webp', frame[0], frame[1], orientation);
}

function sized(
  type: PhotoType,
  width: number,
  height: number,
  orientation: number,
): PhotoHeader | PhotoProblem {
  return width > 0 && height > 0 ? { type, width, height, orientation } : damaged('it has no size');
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
const uint24 = (view: DataView, at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
const tag = (bytes: Uint8Array, at: number, length: number) =>
  String.fromCharCode(...bytes.subarray(at, at + length));
