/**
 * Pictures as RGB pixels, for contact sheets: reads the two formats that the renderer writes (palette PNG without interlacing, 24-bit
 * BMP from the bottom up), writes RGB PNG. PNG: W3C Portable Network Graphics, third edition.
 */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Three bytes a pixel, rows from the top. */
  readonly rgb: Buffer;
}

export function readPixels(file: Uint8Array): Pixels {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length);
  if (bytes.toString('latin1', 1, 4) === 'PNG') return readPng(bytes);
  if (bytes.toString('latin1', 0, 2) === 'BM') return readBmp(bytes);
  throw new TypeError('readPixels: expected a PNG or a BMP');
}

/** A page of one colour. */
export function blank(width: number, height: number, gray: number): Pixels {
  return { width, height, rgb: Buffer.alloc(width * height * 3, gray) };
}

export function place(picture: Pixels, page: Pixels, left: number, top: number): void {
  const row = picture.width * 3;
  for (let y = 0; y < picture.height; y++)
    picture.rgb.copy(page.rgb, ((top + y) * page.width + left) * 3, y * row, (y + 1) * row);
}

/** Every pixel a square of `times` pixels. */
export function enlarge(picture: Pixels, times: number): Pixels {
  if (times === 1) return picture;
  const [width, height] = [picture.width * times, picture.height * times];
  const rgb = Buffer.alloc(width * height * 3);
  for (let y = 0; y < picture.height; y++) {
    const first = y * times * width * 3;
    for (let x = 0, to = first; x < picture.width; x++)
      for (let i = 0; i < times; i++, to += 3)
        picture.rgb.copy(rgb, to, (y * picture.width + x) * 3, (y * picture.width + x + 1) * 3);
    for (let i = 1; i < times; i++) rgb.copy(rgb, first + i * width * 3, first, first + width * 3);
  }
  return { width, height, rgb };
}

export function writePng({ width, height, rgb }: Pixels): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y++)
    rgb.copy(rows, y * (width * 3 + 1) + 1, y * width * 3, (y + 1) * width * 3);
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const parts = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...parts]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

function readPng(bytes: Buffer): Pixels {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + length);
    chunks.set(type, Buffer.concat([chunks.get(type) ?? Buffer.alloc(0), data]));
    at += length + 12;
  }
  const head = chunks.get('IHDR')!;
  const [width, height, depth, color] = [head.readUInt32BE(0), head.readUInt32BE(4), head[8]!, head[9]!];
  if (color !== 3 || ![2, 4, 8].includes(depth))
    throw new TypeError('readPixels: expected a palette PNG of 2, 4 or 8 bits');
  const stride = Math.ceil((width * depth) / 8);
  const rows = inflateSync(chunks.get('IDAT')!);
  const palette = chunks.get('PLTE')!;
  const rgb = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    const start = y * (stride + 1) + 1;
    if (rows[start - 1] !== 0) throw new TypeError('readPixels: expected rows without a filter');
    for (let x = 0; x < width; x++) {
      const bit = x * depth;
      const index = (rows[start + (bit >> 3)]! >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
      palette.copy(rgb, (y * width + x) * 3, index * 3, index * 3 + 3);
    }
  }
  return { width, height, rgb };
}

function readBmp(bytes: Buffer): Pixels {
  const [start, width, height] = [bytes.readUInt32LE(10), bytes.readInt32LE(18), bytes.readInt32LE(22)];
  const stride = Math.ceil((width * 3) / 4) * 4;
  const rgb = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = start + (height - 1 - y) * stride + x * 3;
      rgb.set([bytes[at + 2]!, bytes[at + 1]!, bytes[at]!], (y * width + x) * 3);
    }
  return { width, height, rgb };
}
