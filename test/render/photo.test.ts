import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openPhotos, readBoundedHeader } from '../../lib/render/photo.ts';
import { essentialPng, readPhotoHeader } from '../../lib/render/photo-header.ts';
import { upright } from '../../lib/render/photo-orientation.ts';
import { encoded, photo, pixels } from '../challenge/bank/kit.ts';

const photos = await openPhotos();
const asIs = (size: { width: number; height: number }) => size;
const text = (characters: string) => new TextEncoder().encode(characters);
const problem = (bytes: Uint8Array) => {
  const found = photos.decode(bytes, asIs);
  return 'problem' in found ? found.problem : 'none';
};

function with32(bytes: Uint8Array, at: number, ...values: number[]): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  values.forEach((value, i) => {
    view.setUint32(at + 4 * i, value);
  });
  return copy;
}

/** Where a JPEG's frame header begins. */
const frameOf = (jpeg: Uint8Array) => jpeg.findIndex((byte, i) => byte === 0xff && jpeg[i + 1] === 0xc0);

function jpegOfSize(width: number, height: number): Uint8Array {
  const copy = photo('jpeg').slice();
  new DataView(copy.buffer).setUint32(frameOf(copy) + 5, (height << 16) | width);
  return copy;
}

/** An Exif segment that only says how the camera was held. */
function turned(jpeg: Uint8Array, orientation: number): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
  const body = [...text('Exif\0\0'), ...tiff];
  return Uint8Array.from([0xff, 0xd8, 0xff, 0xe1, 0, body.length + 2, ...body, ...jpeg.subarray(2)]);
}

describe('the header', () => {
  it.each(['png', 'jpeg', 'webp'] as const)('%s: says type and size', (type) => {
    expect(readPhotoHeader(photo(type))).toEqual({ type, width: 480, height: 360, orientation: 1 });
  });

  it('refuses a bomb unseen', () => {
    const png = with32(photo('png'), 16, 60_000, 60_000);
    const webp = photo('webp').slice();
    const at = 12 + 8 + 1;
    new DataView(webp.buffer).setUint32(at, 0x0fffffff, true);
    for (const bomb of [png, jpegOfSize(60_000, 60_000), jpegOfSize(4001, 4000), webp]) {
      const started = performance.now();
      expect(problem(bomb)).toMatch(/has \d+×\d+ pixels; expected at most 16 million/);
      expect(performance.now() - started).toBeLessThan(100);
    }
    expect(readBoundedHeader(jpegOfSize(4000, 4000))).toMatchObject({ width: 4000 });
  });

  it('refuses a file that is too large before looking at it', () => {
    expect(problem(new Uint8Array(8 * 2 ** 20 + 1))).toBe('has 8.1 MiB; expected at most 8 MiB');
  });

  it.each([
    ['nothing', new Uint8Array(0), 'is empty'],
    ['text', text('not a picture at all'), 'is text; expected a PNG, JPEG or WebP'],
    ['a GIF', text('GIF89a\x01\x00\x01\x00'), 'is a GIF; expected'],
    ['an SVG', text('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'is an SVG'],
    ['a HEIC', text('\0\0\0\x18ftypheic\0\0\0\0'), 'is a HEIC or a video'],
    ['zero bytes', new Uint8Array(100), 'is of an unknown type'],
    ['a PNG signature alone', photo('png').subarray(0, 8), 'is cut short'],
    ['a JPEG signature alone', photo('jpeg').subarray(0, 2), 'is cut short'],
    ['a WebP signature alone', photo('webp').subarray(0, 12), 'is cut short'],
    ['a JPEG of no size', jpegOfSize(0, 0), 'is damaged: it has no size'],
  ])('refuses %s', (_, bytes, expected) => {
    expect(problem(bytes)).toContain(expected);
  });

  it.each(['png', 'jpeg', 'webp'] as const)('%s: refuses a file that is cut anywhere', (type) => {
    const whole = photo(type);
    for (let i = 1; i <= 40; i++) {
      const cut = whole.subarray(0, Math.floor((whole.length * i) / 41));
      expect(problem(cut)).toMatch(/is cut short|is damaged|of an unknown type/);
    }
    expect(problem(whole.subarray(0, whole.length - 1))).toBe('is cut short');
  });

  it.each(['png', 'jpeg', 'webp'] as const)('%s: no flipped byte does more than be told', (type) => {
    const whole = photo(type);
    const told = new Set<string>();
    for (let i = 0; i < 160; i++) {
      const copy = whole.slice();
      // The head is where the structure is
      const at = i < 120 ? i * 3 : Math.floor((copy.length * (i - 120)) / 40);
      copy[Math.min(at, copy.length - 1)]! ^= 1 << (i % 8);
      told.add(problem(copy));
    }
    for (const each of told) expect(each).toMatch(/^(none|is |has )/);
    expect(problem(whole)).toBe('none');
  });

  it('does not unfold what no pixel needs: profiles and texts', () => {
    const plain = photo('png');
    const bomb = deflateSync(Buffer.alloc(40 * 2 ** 20));
    const extras = ['iCCPx\0\0', 'zTXtx\0\0', 'iTXtx\0\u0001\0\0\0'].map((begin) => {
      const body = Buffer.concat([Buffer.from(begin, 'latin1'), bomb]);
      const ends = Buffer.alloc(8);
      ends.writeUInt32BE(body.length - 4, 0);
      ends.writeUInt32BE(crc32(body), 4);
      return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
    });
    const file = Buffer.concat([plain.subarray(0, 33), ...extras, plain.subarray(33)]);
    expect(Buffer.from(essentialPng(file)).equals(plain)).toBe(true);
    const found = photos.decode(file, () => ({ width: 60, height: 45 }));
    expect(found).toEqual(photos.decode(plain, () => ({ width: 60, height: 45 })));
  });

  it('refuses an animation, and a JPEG of endless scans', () => {
    const png = photo('png');
    const control = [0, 0, 0, 8, ...text('acTL'), 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0];
    expect(problem(Uint8Array.from([...png.subarray(0, 33), ...control, ...png.subarray(33)]))).toContain(
      'animated',
    );
    const jpeg = photo('jpeg');
    const scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 0, 0];
    const endless = [...jpeg.subarray(0, -2), ...Array.from({ length: 200 }, () => scan).flat(), 0xff, 0xd9];
    expect(problem(Uint8Array.from(endless))).toBe('has more than 100 scans');
  });
});

describe('decoding', () => {
  it('scales, and lays what is transparent on white', () => {
    const clear = pixels(40, 30);
    clear.rgba.fill(0);
    const found = photos.decode(encoded('png', clear), () => ({ width: 8, height: 6 }));
    expect(found).toEqual({ width: 8, height: 6, rgba: new Uint8Array(8 * 6 * 4).fill(255) });
  });

  it('shows a photo as the camera was held', () => {
    const lying = photos.decode(turned(photo('jpeg'), 1), asIs);
    for (const orientation of [2, 3, 4, 5, 6, 7, 8]) {
      const found = photos.decode(turned(photo('jpeg'), orientation), asIs);
      if ('problem' in found || 'problem' in lying) throw new Error('not decoded');
      expect(found).toEqual(upright(lying, orientation));
      expect(found.width).toBe(orientation >= 5 ? 360 : 480);
    }
  });

  it.each([
    [2, 'badc'],
    [3, 'dcba'],
    [4, 'cdab'],
    [5, 'acbd'],
    [6, 'cadb'],
    [7, 'dbca'],
    [8, 'bdac'],
  ])('orientation %i', (orientation, expected) => {
    // a b / c d
    const rgba = Uint8Array.from([...'abcd'].flatMap((letter) => [letter.charCodeAt(0), 0, 0, 255]));
    const shown = upright({ width: 2, height: 2, rgba }, orientation).rgba;
    expect(String.fromCharCode(shown[0]!, shown[4]!, shown[8]!, shown[12]!)).toBe(expected);
  });
});
