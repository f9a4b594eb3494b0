/** A proven draft becomes a picture. Nothing here knows which option is right. */

import type { PaintSurface, Renderer } from '../../render/renderer.ts';
import type { Random } from '../../util/random.ts';
import { cos, sin } from '../../util/trig.ts';
import type { PictureLanguage } from '../challenge.ts';
import { COATS, THEMES, WHITE } from './colors.ts';
import type { Draft, Item } from './graph.ts';
import { LETTERS } from './graph.ts';
import { PALETTE, SHADES } from './icons.ts';
import { type Box, CARD, contentOf, HEADER, HEIGHT, type Plan, planOf, WIDTH } from './layout.ts';
import type { Level } from './levels.ts';
import type { SceneObject } from './objects.ts';
import { fitLine, wrap } from './typeset.ts';
import { optionWords } from './words.ts';

export const palette = Uint8Array.from(PALETTE.match(/../g)!, (pair) => Number.parseInt(pair, 16));

export interface Look {
  readonly renderer: Renderer;
  /** Icon name → the renderer's number for it. */
  readonly icons: ReadonlyMap<string, number>;
  /** The renderer's number of the face for a language. */
  readonly faces: Readonly<Record<PictureLanguage, number>>;
}

/** Draws; `random` decides theme, ground and lettering. */
export function paint(
  look: Look,
  draft: Draft,
  level: Level,
  lang: PictureLanguage,
  random: Random,
): PaintSurface {
  const theme = random.pick(THEMES);
  const surface = look.renderer.paint(WIDTH, HEIGHT, palette, theme.ground);
  const { barTop, scene, cards } = planOf(draft);
  if (draft.drawing?.paint) draft.drawing.paint(surface, theme, draft.items);
  else paintGround(surface, theme.shade, level, scene, random);
  for (const item of draft.items) paintItem(surface, look.icons.get(item.object.name)!, item);
  surface.block(0, 0, WIDTH, HEADER.height, theme.hue);
  surface.block(0, barTop, WIDTH, HEIGHT - barTop, theme.shade);
  paintQuestion(surface, look, draft.question[lang], look.faces[lang]);
  for (const [i, card] of cards.entries()) {
    const claim = draft.claims[i]!;
    if (claim.says === 'panel') {
      paintLetter(surface, look, i, card.x + 8 + CARD.disc, card.y + 8 + CARD.disc, theme.hue);
      continue;
    }
    paintCard(surface, look, card, i, theme.hue);
    if (claim.says === 'one') {
      paintThumb(surface, look.icons.get(claim.object.name)!, claim.object, contentOf(card), random);
      continue;
    }
    const isNumber = claim.says === 'count';
    const face = look.faces[isNumber ? 'en' : lang];
    const size = random.integer(25, 32) + (isNumber ? 4 : 0);
    paintWords(surface, look, contentOf(card), optionWords(claim, lang), face, size, random);
  }
  return surface;
}

function paintGround(
  surface: PaintSurface,
  shade: number,
  level: Level,
  scene: Plan['scene'],
  random: Random,
): void {
  const spot = () => [random.integer(0, WIDTH), random.integer(scene.top, scene.bottom)] as const;
  // One by one: a fill looks at all pixels of the box around what it paints. Of so many sizes that tiles would take half the room for them
  for (let i = 0; i < level.blobs; i++) {
    surface.circle(...spot(), random.integer(24, 72));
    surface.fill(shade);
  }
  const speck = random.chance() ? WHITE : shade;
  for (let i = 0; i < level.specks; i++) surface.disc(...spot(), random.integer(3, 6), speck);
}

export function paintItem(
  surface: PaintSurface,
  icon: number,
  { x, y, size, angle, flip, coat }: Item,
): void {
  const scale = size / 1024;
  const a = cos(angle) * scale;
  const b = sin(angle) * scale;
  const side = flip ? -1 : 1;
  const matrix = [a * side, b * side, -b, a, x - 512 * (a * side - b), y - 512 * (b * side + a)] as const;
  surface.icon(icon, matrix, coat === undefined ? undefined : coatOf(coat));
}

const coats = COATS.map((coat) => {
  const shown = Uint8Array.from({ length: 256 }, (_, color) => color);
  for (const [color, shade] of SHADES) shown[color] = coat[shade]!;
  return (color: number) => shown[color]!;
});
const coatOf = (coat: number) => coats[coat]!;

export function paintQuestion(
  surface: PaintSurface,
  { renderer }: Look,
  question: string,
  face: number,
): void {
  const { lines, size } = wrap(renderer, question, face, {
    width: WIDTH - 2 * HEADER.padding,
    lines: 2,
    largest: HEADER.largest,
    smallest: HEADER.smallest,
  });
  const step = size * HEADER.lineHeight;
  // Capitals and Chinese characters alike look centred when the middle of a line is 0.36 em above its baseline
  const first = HEADER.height / 2 - ((lines.length - 1) * step) / 2 + size * 0.36;
  for (const [i, line] of lines.entries())
    surface.text(line, { face, size, x: HEADER.padding, y: first + i * step, color: WHITE });
}

export function paintCard(surface: PaintSurface, look: Look, card: Box, i: number, hue: number): void {
  const { x, y, width, height } = card;
  surface.slab(x, y, width, height, CARD.radius, WHITE);
  paintLetter(surface, look, i, x + 12 + CARD.disc, y + height / 2, hue);
}

/** The letter of option `i` on its disc. */
function paintLetter(
  surface: PaintSurface,
  { renderer, faces }: Look,
  i: number,
  x: number,
  y: number,
  hue: number,
): void {
  surface.disc(x, y, CARD.disc, hue);
  const letter = LETTERS[i]!;
  const size = 21;
  const left = x - renderer.measure(letter, faces.en, size) / 2;
  surface.text(letter, { face: faces.en, size, x: left, y: y + size * 0.36, color: WHITE });
}

/** An option that is a picture: a little larger or smaller, a little tilted. */
function paintThumb(
  surface: PaintSurface,
  icon: number,
  object: SceneObject,
  box: Box,
  random: Random,
): void {
  paintItem(surface, icon, {
    object,
    x: box.x + box.width / 2,
    y: box.y + box.height / 2,
    size: random.integer(52, 58),
    angle: random.between(-0.12, 0.12),
    flip: random.chance(),
    coat: undefined,
  });
}

/** In a random ink, size and tilt, always inside its box. Every ink is dark enough on white for small print. */
export function paintWords(
  surface: PaintSurface,
  { renderer }: Look,
  box: Box,
  words: string,
  face: number,
  wanted: number,
  random: Random,
): void {
  const tilt = random.between(-1, 1);
  const { size, width, angle } = fitLine(renderer, words, face, box, wanted, tilt);
  const x = box.x + (box.width - width) * random.between(0.3, 0.7);
  const a = cos(angle);
  const b = sin(angle);
  // Turned about its middle: the start of the baseline follows
  const [halfWidth, rise] = [width / 2, size * 0.36];
  surface.text(words, {
    face,
    size,
    x: x + halfWidth - a * halfWidth - b * rise,
    y: box.y + box.height / 2 - b * halfWidth + a * rise,
    color: random.pick(THEMES).hue,
    rotation: angle,
  });
}
