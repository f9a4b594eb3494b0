/**
 * A small perceptual hash: the mean colours of 16 × 12 fields. The same photo saved again in another size or quality stays within a level
 * or two in every field; one more cup on the table moves the fields that it stands in far.
 */
import type { Pixels } from '../../render/photo.ts';

const ACROSS = 16;
const DOWN = 12;

export type Likeness = Uint8Array;

export function likenessOf({ width, height, rgba }: Pixels): Likeness {
  const sums = new Float64Array(ACROSS * DOWN * 3);
  const counts = new Uint32Array(ACROSS * DOWN);
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * DOWN) / height) * ACROSS;
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      const field = row + Math.floor((x * ACROSS) / width);
      for (let channel = 0; channel < 3; channel++) sums[field * 3 + channel]! += rgba[at + channel]!;
      counts[field]!++;
    }
  }
  return Uint8Array.from(sums, (sum, i) => Math.round(sum / Math.max(1, counts[Math.floor(i / 3)]!)));
}

const MEAN_APART = 2;
const MOST_APART = 12;

/** Whether people would call the two the same picture. */
export function areAlike(a: Likeness, b: Likeness): boolean {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const apart = Math.abs(a[i]! - b[i]!);
    if (apart > MOST_APART) return false;
    sum += apart;
  }
  return sum <= MEAN_APART * a.length;
}

/** Fields of one colour differ by less, whatever a JPEG does to it. */
const EVEN = 3;

/** Whether there is nothing to be seen: every field is of the same colour. */
export function isBlank(likeness: Likeness): boolean {
  return likeness.every((level, i) => Math.abs(level - likeness[i % 3]!) < EVEN);
}
