/** Composes a photo question: header and options as in every scene, drawn by the kernel; the photo between them; one JPEG of it all. */
import type { Photos, Pixels } from '../../render/photo.ts';
import type { Renderer } from '../../render/renderer.ts';
import { createLru } from '../../util/lru.ts';
import type { Random } from '../../util/random.ts';
import type { Picture, PictureLanguage } from '../challenge.ts';
import { THEMES } from '../scene/colors.ts';
import { BAR_TOP, CARDS, contentOf, HEADER, HEIGHT, NEEDED_HEIGHT, WIDTH } from '../scene/layout.ts';
import { type Look, paintCard, paintQuestion, paintWords, palette } from '../scene/paint.ts';
import { FACES } from '../scene/scene.ts';
import { VIEW } from './fit.ts';
import { disturb, drawDisturbed } from './perturb.ts';
import { type BankPhoto, QUALITIES } from './photos.ts';

/** No picture is larger. */
const MOST_BYTES = 90_000;
/** Decoded photos that are kept at hand, in bytes. */
const MOST_DECODED = 64 * 2 ** 20;

export interface PhotoPage {
  readonly photo: number;
  readonly question: string;
  /** In the order in which they are shown. */
  readonly options: readonly string[];
  readonly lang: PictureLanguage;
}

export interface PhotoPainterOptions {
  readonly renderer: Renderer;
  readonly photon: Photos;
  readonly photos: readonly BankPhoto[];
  /** Default 64 MiB. */
  readonly mostDecodedBytes?: number;
}

export type PhotoPainter = (page: PhotoPage, random: Random) => Picture;

export function createPhotoPainter(options: PhotoPainterOptions): PhotoPainter {
  const { renderer, photon, photos } = options;
  const look: Look = {
    renderer,
    icons: new Map(),
    faces: { 'zh-CN': renderer.face(FACES['zh-CN']), en: renderer.face(FACES.en) },
  };
  const decoded = createLru<number, Pixels>({
    most: options.mostDecodedBytes ?? MOST_DECODED,
    make: (number) => decodeKept(photon, photos[number]!),
    weigh: ({ rgba }) => rgba.length,
  });
  return (page, random) => {
    const { shown, quality } = photos[page.photo]!;
    const sheet = pixelsOf(paintFrame(look, page, random));
    const kept = decoded.get(page.photo);
    // Between the bands, where there are any, not always in the middle
    const left = Math.round((VIEW.width - shown.width) * random.between(0.35, 0.65));
    const top = VIEW.top + Math.round((VIEW.height - shown.height) * random.between(0.35, 0.65));
    drawDisturbed(kept, disturb(random, kept, shown), sheet, left, top, shown);
    return {
      bytes: encodeWithin(photon, sheet, quality),
      mediaType: 'image/jpeg',
      width: WIDTH,
      height: HEIGHT,
      usedHeight: NEEDED_HEIGHT,
    };
  };
}

/** Everything but the photo, as a 24-bit BMP. */
function paintFrame(look: Look, { question, options, lang }: PhotoPage, random: Random): Uint8Array {
  const theme = random.pick(THEMES);
  const surface = look.renderer.paint(WIDTH, HEIGHT, palette, theme.ground);
  surface.block(0, 0, WIDTH, HEADER.height, theme.hue);
  surface.block(0, BAR_TOP, WIDTH, HEIGHT - BAR_TOP, theme.shade);
  paintQuestion(surface, look, question, look.faces[lang]);
  for (const [i, card] of CARDS.entries()) {
    paintCard(surface, look, card, i, theme.hue);
    paintWords(surface, look, contentOf(card), options[i]!, look.faces[lang], random.integer(25, 32), random);
  }
  return surface.encode('bmp');
}

const BMP_HEAD = 54;

/** Rows of a BMP run from the bottom up, blue first; 600 pixels need no filling up. Every engine of the Web is little-endian. */
function pixelsOf(bmp: Uint8Array): Pixels {
  const pixels = new Uint32Array(WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) {
    let from = BMP_HEAD + (HEIGHT - 1 - y) * WIDTH * 3;
    for (let to = y * WIDTH; to < (y + 1) * WIDTH; to++, from += 3)
      pixels[to] = bmp[from + 2]! | (bmp[from + 1]! << 8) | (bmp[from]! << 16) | (255 << 24);
  }
  return { width: WIDTH, height: HEIGHT, rgba: new Uint8Array(pixels.buffer) };
}

function decodeKept(photon: Photos, { file, jpeg }: BankPhoto): Pixels {
  const kept = photon.decode(jpeg, (size) => size);
  if ('problem' in kept) throw new Error(`${file} ${kept.problem}`);
  return kept;
}

/** In the photo's own quality; a picture that came out too large is made again in less. */
function encodeWithin(photon: Photos, sheet: Pixels, quality: number): Uint8Array<ArrayBuffer> {
  const [first, ...less] = QUALITIES.filter((each) => each <= quality);
  let bytes = photon.encodeJpeg(sheet, first!);
  for (const each of less) {
    if (bytes.length <= MOST_BYTES) break;
    bytes = photon.encodeJpeg(sheet, each);
  }
  return bytes;
}
