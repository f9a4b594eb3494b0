/** Strict decoders: they accept only the files this engine means to write, and say what is wrong with any other. */
import { crc32, inflateSync } from 'node:zlib';

export interface Decoded {
  readonly width: number;
  readonly height: number;
  /** 3 bytes a pixel, top row first. */
  readonly rgb: Uint8Array;
}

export interface DecodedPng extends Decoded {
  readonly depth: 4 | 8;
  readonly indices: Uint8Array;
}

const SIGNATURE = '89504e470d0a1a0a';

function fail(what: string): never {
  throw new Error(`not a valid picture: ${what}`);
}

function chunksOf(file: Buffer): [string, Buffer][] {
  const chunks: [string, Buffer][] = [];
  let at = 8;
  while (at < file.length) {
    const length = file.readUInt32BE(at);
    if (at + 12 + length > file.length) fail(`a chunk ends at ${at + 12 + length} of ${file.length}`);
    const type = file.toString('latin1', at + 4, at + 8);
    if (file.readUInt32BE(at + 8 + length) !== crc32(file.subarray(at + 4, at + 8 + length)))
      fail(`CRC of ${type}`);
    chunks.push([type, file.subarray(at + 8, at + 8 + length)]);
    at += 12 + length;
  }
  return chunks;
}

export function decodePng(bytes: Uint8Array): DecodedPng {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (file.toString('hex', 0, 8) !== SIGNATURE) fail('signature');
  const chunks = chunksOf(file);
  if (chunks.map(([type]) => type).join() !== 'IHDR,PLTE,IDAT,IEND') fail(`chunks ${chunks.map(([t]) => t)}`);
  const [header, colors, data, end] = chunks.map(([, body]) => body) as [Buffer, Buffer, Buffer, Buffer];
  if (header.length !== 13 || end.length !== 0) fail('length of IHDR or IEND');
  const [width, height, depth] = [header.readUInt32BE(0), header.readUInt32BE(4), header[8]];
  if (depth !== 4 && depth !== 8) fail(`depth ${depth}`);
  if (header.toString('hex', 9) !== '03000000') fail('colour type, compression, filter or interlacing');
  if (colors.length % 3 || colors.length < 3 || colors.length > 3 * 2 ** depth) fail('PLTE');
  // inflateSync checks the zlib header and Adler-32; nothing may follow the stream
  const { buffer: raw, engine } = inflateSync(data, { info: true }) as unknown as {
    buffer: Buffer;
    engine: { bytesWritten: number };
  };
  if (engine.bytesWritten !== data.length) fail('bytes after the compressed stream');
  const row = Math.ceil((width * depth) / 8);
  if (raw.length !== (row + 1) * height) fail(`${raw.length} bytes of rows`);
  const indices = new Uint8Array(width * height);
  const rgb = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    if (raw[y * (row + 1)] !== 0) fail('filter');
    if (depth === 4 && width % 2 && raw[(y + 1) * (row + 1) - 1]! & 15) fail('bits after the last pixel');
    for (let x = 0; x < width; x++) {
      const at = y * (row + 1) + 1;
      const index = depth === 8 ? raw[at + x]! : (raw[at + (x >> 1)]! >> (x & 1 ? 0 : 4)) & 15;
      if (3 * index >= colors.length) fail(`index ${index} at ${x}, ${y} has no colour`);
      indices[y * width + x] = index;
      rgb.set(colors.subarray(3 * index, 3 * index + 3), 3 * (y * width + x));
    }
  }
  return { width, height, depth, indices, rgb };
}

export function decodeBmp(bytes: Uint8Array): Decoded {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const [width, height] = [file.readInt32LE(18), file.readInt32LE(22)];
  const row = (3 * width + 3) & ~3;
  const header = Buffer.alloc(54);
  header.write('BM', 'latin1');
  header.writeUInt32LE(54 + row * height, 2);
  header.writeUInt32LE(54, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(24, 28);
  header.writeUInt32LE(row * height, 34);
  header.writeUInt32LE(2834, 38);
  header.writeUInt32LE(2834, 42);
  if (!header.equals(file.subarray(0, 54))) fail(`BMP header ${file.toString('hex', 0, 54)}`);
  if (file.length !== 54 + row * height) fail('BMP length');
  const rgb = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    const at = 54 + (height - 1 - y) * row;
    for (let x = 0; x < width; x++)
      for (let k = 0; k < 3; k++) rgb[3 * (y * width + x) + k] = file[at + 3 * x + 2 - k]!;
    for (let i = 3 * width; i < row; i++) if (file[at + i] !== 0) fail('BMP padding');
  }
  return { width, height, rgb };
}
