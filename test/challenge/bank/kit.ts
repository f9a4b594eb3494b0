/** What the tests of banks share: photos made on the spot, and a bank in memory. */
import { PhotonImage } from 'photon-wasm';
import { type BankReading, openBank } from '../../../lib/challenge/bank/bank.ts';
import type { BankFolder } from '../../../lib/challenge/bank/folder.ts';
import { openPhotos, type Pixels } from '../../../lib/render/photo.ts';
import { renderer } from '../scene/kit.ts';

export const photos = await openPhotos();

/** A smooth picture of its own for every number. */
export function pixels(width: number, height: number, number = 1): Pixels {
  const rgba = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      rgba[at] = 128 + 100 * Math.sin((x / width) * (3 + number) + number);
      rgba[at + 1] = 128 + 100 * Math.sin((y / height) * (2 + number));
      rgba[at + 2] = (x * 255) / width;
      rgba[at + 3] = 255;
    }
  return { width, height, rgba };
}

type Encoding = 'png' | 'jpeg' | 'webp';

export function encoded(type: Encoding, { width, height, rgba }: Pixels): Uint8Array {
  const image = new PhotonImage(rgba, width, height);
  try {
    if (type === 'png') return image.get_bytes();
    return type === 'jpeg' ? image.get_bytes_jpeg(85) : image.get_bytes_webp();
  } finally {
    image.free();
  }
}

const made = new Map<string, Uint8Array>();

/** A sound photo. */
export function photo(type: Encoding = 'jpeg', number = 1, width = 480, height = 360): Uint8Array {
  const key = `${type} ${number} ${width} ${height}`;
  const found = made.get(key) ?? encoded(type, pixels(width, height, number));
  made.set(key, found);
  return found;
}

export type Entry = Record<string, unknown>;

/** A sound question. */
export const question = (more: Entry = {}): Entry => ({
  id: 'one',
  image: 'one.jpg',
  question: { 'zh-CN': '图中有什么？', en: 'What is in the picture?' },
  options: { 'zh-CN': ['1', '12', '13', '14'], en: ['A cat', 'A dog', 'A tree', 'A boat'] },
  answer: 'B',
  ...more,
});

export type Files = Readonly<Record<string, Uint8Array | string>>;

const folderOf = (files: Files): BankFolder => ({
  read(name, mostBytes) {
    const file = files[name];
    if (file === undefined) return { problem: 'does not exist' };
    const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
    return bytes.length > mostBytes ? { problem: 'is too large' } : bytes;
  },
});

export const read = (files: Files): BankReading => openBank(folderOf(files), { renderer, photos });

/** A bank of these questions; `one.jpg` is there unless something else is put in its place. */
export const bankOf = (questions: readonly unknown[], files: Files = {}): BankReading =>
  read({ 'questions.json': JSON.stringify({ questions }), 'one.jpg': photo(), ...files });

export { renderer };
