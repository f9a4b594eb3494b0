/**
 * The door to Photon, which decodes, resizes and encodes photos. It weighs 1.6 MB and is loaded when the first bank of photos is opened, by
 * nobody else. Every picture in its memory is freed here before the call returns.
 *
 * The npm package `photon-wasm` has no licence and no entry for Node or Workers; the name is an alias of the licensed build,
 * `@cf-wasm/photon` (Apache-2.0, of silvia-odwyer/photon).
 */
import type { PhotonImage } from 'photon-wasm';
import { essentialPng, type PhotoHeader, type PhotoProblem, readPhotoHeader } from './photo-header.ts';
import { isSideways, type Pixels, upright } from './photo-orientation.ts';

export type { Pixels } from './photo-orientation.ts';

/** What a file may be, so that decoding it costs a bounded time and memory. */
export const PHOTO_LIMITS = {
  bytes: 8 * 2 ** 20,
  pixels: 16_000_000,
  /** Photon's decoders take no more on a side. */
  side: 16_383,
} as const;

export interface Photos {
  /** Decodes and scales: `sizeFor` says from the upright size how large the result is to be. Transparent parts become white. */
  decode(bytes: Uint8Array, sizeFor: (size: Size) => Size): Pixels | PhotoProblem;
  /** `quality` 1 … 100. */
  encodeJpeg(picture: Pixels, quality: number): Uint8Array<ArrayBuffer>;
  /** Without loss. */
  encodeWebp(picture: Pixels): Uint8Array<ArrayBuffer>;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** @example const photos = await openPhotos(); */
export async function openPhotos(): Promise<Photos> {
  const photon = await import('photon-wasm');
  return {
    decode(bytes, sizeFor) {
      const header = readBoundedHeader(bytes);
      if ('problem' in header) return header;
      const pixels = header.type === 'png' ? essentialPng(bytes) : bytes;
      const decoded = attempt(() => photon.PhotonImage.new_from_byteslice(pixels));
      if (!decoded) return { problem: 'is damaged: it cannot be decoded' };
      return consume(decoded, (image) => {
        if (image.get_width() !== header.width || image.get_height() !== header.height)
          return { problem: 'is damaged: it is not as large as it says' };
        const asked = sizeFor(uprightSize(header));
        const [width, height] = isSideways(header.orientation)
          ? [asked.height, asked.width]
          : [asked.width, asked.height];
        const scaled = photon.resize(image, width, height, photon.SamplingFilter.CatmullRom);
        const rgba = consume(scaled, (result) => result.get_raw_pixels());
        flatten(rgba);
        return upright({ width, height, rgba }, header.orientation);
      });
    },
    encodeJpeg({ width, height, rgba }, quality) {
      const image = new photon.PhotonImage(rgba, width, height);
      return consume(image, (picture) => picture.get_bytes_jpeg(quality) as Uint8Array<ArrayBuffer>);
    },
    encodeWebp({ width, height, rgba }) {
      const image = new photon.PhotonImage(rgba, width, height);
      return consume(image, (picture) => picture.get_bytes_webp() as Uint8Array<ArrayBuffer>);
    },
  };
}

/** The header of a file that may be decoded. */
export function readBoundedHeader(bytes: Uint8Array): PhotoHeader | PhotoProblem {
  if (bytes.length > PHOTO_LIMITS.bytes)
    return { problem: `has ${megabytes(bytes.length)}; expected at most ${megabytes(PHOTO_LIMITS.bytes)}` };
  const header = readPhotoHeader(bytes);
  if ('problem' in header) return header;
  const { width, height } = header;
  if (width * height > PHOTO_LIMITS.pixels || Math.max(width, height) > PHOTO_LIMITS.side)
    return {
      problem: `has ${width}×${height} pixels; expected at most ${PHOTO_LIMITS.pixels / 1e6} million and ${PHOTO_LIMITS.side} a side`,
    };
  return header;
}

export function uprightSize({ width, height, orientation }: PhotoHeader): Size {
  return isSideways(orientation) ? { width: height, height: width } : { width, height };
}

const megabytes = (bytes: number) => `${Math.ceil((bytes * 10) / 2 ** 20) / 10} MiB`;

/** Photon stops with a trap on what it cannot decode. */
function attempt(decode: () => PhotonImage): PhotonImage | undefined {
  try {
    return decode();
  } catch {
    return undefined;
  }
}

function consume<T>(image: PhotonImage, use: (image: PhotonImage) => T): T {
  try {
    return use(image);
  } finally {
    image.free();
  }
}

/** Lays what is transparent on white. */
function flatten(rgba: Uint8Array): void {
  for (let at = 3; at < rgba.length; at += 4) {
    const alpha = rgba[at]!;
    if (alpha === 255) continue;
    for (let channel = at - 3; channel < at; channel++)
      rgba[channel] = Math.round((rgba[channel]! * alpha + 255 * (255 - alpha)) / 255);
    rgba[at] = 255;
  }
}
