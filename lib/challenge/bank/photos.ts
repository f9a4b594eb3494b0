/**
 * A bank's photos, read once, when the bank is opened: judged, decoded, reduced to just more than what is shown, and kept as small JPEGs, so
 * that a request never waits for a large file.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import {
  PHOTO_LIMITS,
  type Photos,
  type Pixels,
  readBoundedHeader,
  type Size,
  uprightSize,
} from '../../render/photo.ts';
import { toBase64 } from '../../util/bytes.ts';
import { keptSize, shownSize } from './fit.ts';
import type { BankFolder } from './folder.ts';
import { areAlike, isBlank, type Likeness, likenessOf } from './likeness.ts';

export interface BankPhoto {
  /** Its path in the folder. */
  readonly file: string;
  readonly jpeg: Uint8Array;
  readonly shown: Size;
  /** The JPEG quality at which pictures of it are as large as they should be. */
  readonly quality: number;
}

/** From the best to the least that may be offered to a visitor. */
export const QUALITIES = [86, 80, 74, 66, 58, 50, 42, 34] as const;
/** Of what a picture may weigh, the part that the photo takes; header and options need the rest. */
const MOST_PHOTO_BYTES = 74_000;
/** In which photos are kept: beyond what any picture shows of them. */
const KEPT_QUALITY = 93;
const SMALLEST = { long: 400, short: 300 } as const;
const MOST_SLENDER = 3;

const ENDINGS = { png: ['png'], jpeg: ['jpg', 'jpeg'], webp: ['webp'] } as const;
const EVERY_ENDING = Object.values(ENDINGS).flat();

interface Known {
  readonly photo: BankPhoto;
  readonly digest: string;
  readonly likeness: Likeness;
}

export interface PhotoReader {
  /** The number of the photo in that file, good or bad; each file is read once. */
  photo(file: string): number;
  readonly photos: readonly BankPhoto[];
  problems(): readonly string[];
}

export function createPhotoReader(folder: BankFolder, photon: Photos): PhotoReader {
  const numbers = new Map<string, number>();
  const known: Known[] = [];
  const problems: string[] = [];
  const read = (file: string): BankPhoto => {
    const found = readPhoto(folder, photon, file);
    if ('problem' in found) {
      problems.push(`${file}: ${found.problem}`);
      return { file, jpeg: new Uint8Array(0), shown: { width: 0, height: 0 }, quality: 0 };
    }
    const twin = known.find(({ digest }) => digest === found.digest);
    const like = twin ?? known.find(({ likeness }) => areAlike(likeness, found.likeness));
    if (like)
      problems.push(
        `${file}: is ${twin ? 'the same file as' : 'almost the same picture as'} ${like.photo.file}; questions may share one image, name it in each`,
      );
    known.push(found);
    return found.photo;
  };
  const photos: BankPhoto[] = [];
  return {
    photos,
    problems: () => problems,
    photo(file) {
      const number = numbers.get(file);
      if (number !== undefined) return number;
      numbers.set(file, photos.length);
      return photos.push(read(file)) - 1;
    },
  };
}

function readPhoto(folder: BankFolder, photon: Photos, file: string): Known | { readonly problem: string } {
  const ending = /\.([^./]+)$/.exec(file)?.[1]?.toLowerCase();
  if (!EVERY_ENDING.some((known) => known === ending))
    return { problem: `expected a name that ends in ${EVERY_ENDING.map((known) => `.${known}`).join(', ')}` };
  const bytes = folder.read(file, PHOTO_LIMITS.bytes);
  if ('problem' in bytes) return bytes;
  const header = readBoundedHeader(bytes);
  if ('problem' in header) return header;
  if (!ENDINGS[header.type].some((known) => known === ending))
    return { problem: `is a ${header.type.toUpperCase()}, but its name ends in .${ending}` };
  const size = uprightSize(header);
  const unfit = problemOfForm(size);
  if (unfit) return { problem: unfit };
  const kept = photon.decode(bytes, keptSize);
  if ('problem' in kept) return kept;
  const likeness = likenessOf(kept);
  if (isBlank(likeness)) return { problem: 'is all of one colour; there is nothing to ask about' };
  const shown = shownSize(size);
  const quality = qualityFor(photon, kept);
  if (quality === undefined)
    return { problem: 'is too full of fine detail for a small picture; blur it a little, or take another' };
  return {
    photo: { file, jpeg: photon.encodeJpeg(kept, KEPT_QUALITY), shown, quality },
    digest: toBase64(sha256(bytes)),
    likeness,
  };
}

function problemOfForm({ width, height }: Size): string | undefined {
  const [short, long] = width < height ? [width, height] : [height, width];
  if (long < SMALLEST.long || short < SMALLEST.short)
    return `has ${width}×${height} pixels; expected at least ${SMALLEST.long}×${SMALLEST.short} (or upright)`;
  if (long > MOST_SLENDER * short)
    return `has ${width}×${height} pixels; expected one side at most ${MOST_SLENDER} times the other`;
  return undefined;
}

/** The kept photo is larger than what is shown of it, which leaves room for the noise of a picture. */
function qualityFor(photon: Photos, kept: Pixels): number | undefined {
  return QUALITIES.find((quality) => photon.encodeJpeg(kept, quality).length <= MOST_PHOTO_BYTES);
}
