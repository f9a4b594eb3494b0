/**
 * The drawn picture as a file. The kernel writes png and bmp from its palette indices. jpeg and webp take Photon (1.6 MB, about 1 ms
 * a picture): it is loaded when one of them is asked for by name, and gets the pixels of the bmp.
 */
import type { Format, Picture } from '../challenge.ts';
import type { Drawn } from './preset.ts';

export interface PhotoEncoder {
  /** `quality` 1 … 100. */
  encodeJpeg(picture: Pixels, quality: number): Uint8Array<ArrayBuffer>;
  /** Without loss. */
  encodeWebp(picture: Pixels): Uint8Array<ArrayBuffer>;
}

export type LoadEncoder = () => Promise<PhotoEncoder>;

interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

/** Where edges of letters still look clean. */
const QUALITY = 85;

type Encoded = 'jpeg' | 'webp';

export const isEncoded = (format: Format): format is Encoded => format === 'jpeg' || format === 'webp';

/** Throws RangeError for a format whose encoder was not loaded. */
export function pictureOf(
  { surface, palette }: Drawn,
  format: Format,
  encoder: PhotoEncoder | undefined,
): Picture {
  const { width, height } = surface;
  const written = (bytes: Uint8Array<ArrayBuffer>): Picture => ({
    bytes,
    mediaType: `image/${format}`,
    width,
    height,
    usedHeight: height,
  });
  if (!isEncoded(format)) return written(surface.encode(format, palette));
  if (!encoder)
    throw new RangeError(
      `text format ${format}: expected ready(${JSON.stringify(format)}) to be awaited first`,
    );
  const pixels = { width, height, rgba: rgbaOf(surface.encode('bmp', palette), width, height) };
  return written(format === 'jpeg' ? encoder.encodeJpeg(pixels, QUALITY) : encoder.encodeWebp(pixels));
}

const HEADER = 54;

/** The pixels of a bmp of ours: 24 bits, bottom row first, rows of whole words. */
function rgbaOf(bmp: Uint8Array, width: number, height: number): Uint8Array {
  const rgba = new Uint8Array(4 * width * height);
  const row = (3 * width + 3) & ~3;
  for (let y = 0, to = 0; y < height; y++) {
    let from = HEADER + (height - 1 - y) * row;
    for (let x = 0; x < width; x++, from += 3, to += 4) {
      rgba[to] = bmp[from + 2]!;
      rgba[to + 1] = bmp[from + 1]!;
      rgba[to + 2] = bmp[from]!;
      rgba[to + 3] = 255;
    }
  }
  return rgba;
}
