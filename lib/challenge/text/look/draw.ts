/** Draws a look: background, glyphs bent by the deformation, interference, finish. */
import type { RampSurface, Renderer } from '../../../render/renderer.ts';
import type { Random } from '../../../util/random.ts';
import type { TextOptions } from '../../challenge.ts';
import { hexColor } from '../contrast.ts';
import type { Drawn, Size } from '../preset.ts';
import { type Bend, bendSurface, drawBend, straighten } from './bend.ts';
import { Canvas } from './canvas.ts';
import { type Placed, setLine } from './line.ts';
import { drawMark } from './marks.ts';
import type { Finish, Glyphs, Look } from './stages.ts';
import { between, drawColor, drawInk, type Rgb } from './values.ts';

/** Where a request departs from the look. */
export type Own = Pick<TextOptions, 'ink' | 'ground' | 'font'>;

/** Free at the border, in pixels of the look's own size. */
const PADDING = 1.5;

export function drawLook(
  look: Look,
  shown: readonly string[],
  size: Size,
  own: Own,
  renderer: Renderer,
  random: Random,
): Drawn {
  const scale = Math.min(size.width / look.width, size.height / look.height);
  const { ground, inks } = drawColors(look, shown.length, own, random);
  const bend = drawBend(look.deformation, size, scale, random);
  const finish = finishOf(look.finish, scale, random);
  const swell = PADDING * scale + finish.spread + (look.glyphs.outlined[1] > 0 ? 1 : 0);
  const room = {
    ...size,
    scale,
    shear: bend.shear,
    marginX: bend.reachX + swell,
    marginY: bend.reachY + swell,
  };
  const characters = shown.map(casing(look.glyphs, random));
  const line = setLine(
    characters,
    facesOf(look.glyphs, shown.length, own, renderer, random),
    look.glyphs,
    room,
    renderer,
    random,
  );

  const surface = renderer.ramp(size.width, size.height);
  const canvas = new Canvas(surface, scale, ground, inks);
  const anyInk = () => (inks.length === 1 ? 0 : random.below(inks.length));
  surface.soften(finish.blur);
  for (const one of look.background) drawMark(canvas, one, anyInk, random);
  drawGlyphs(canvas, line, look.glyphs, inks, bend, random);
  for (const one of look.interference) if (one.stage !== 'dots') drawMark(canvas, one, anyInk, random);
  if (finish.rerender) surface.rerender(finish.rerender);
  // What is not made of inks comes last
  for (const one of look.interference) if (one.stage === 'dots') drawMark(canvas, one, anyInk, random);
  for (const one of look.finish)
    if (one.stage === 'border') drawBorder(canvas, one.width, drawColor(one.color, random));
  return { surface, palette: canvas.palette() };
}

function drawColors(
  { background, glyphs }: Look,
  count: number,
  own: Own,
  random: Random,
): { ground: Rgb; inks: Rgb[] } {
  if (own.ink !== undefined && own.ground !== undefined)
    return { ground: hexColor(own.ground), inks: [hexColor(own.ink)] };
  const stage = background.find((one) => one.stage === 'ground')!;
  const ground = drawColor(stage.color, random);
  const inks = Array.from({ length: glyphs.colorful ? count : 1 }, () =>
    drawInk(glyphs.color, ground, random),
  );
  return { ground, inks };
}

/** Capitals as they are shown. A small L looks like anything. */
function casing(style: Glyphs, random: Random): (character: string) => string {
  if (style.case === 'upper') return (character) => character;
  if (style.case === 'lower') return (character) => character.toLowerCase();
  return (character) => (character !== 'L' && random.chance() ? character.toLowerCase() : character);
}

function facesOf(style: Glyphs, count: number, own: Own, renderer: Renderer, random: Random): number[] {
  const named = own.font === undefined ? style.faces : facesOfFamily(own.font, renderer);
  const one = renderer.face(random.pick(named));
  return Array.from({ length: count }, () => (style.mix ? renderer.face(random.pick(named)) : one));
}

const facesOfFamily = (font: string, { faces }: Renderer): string[] =>
  faces.flatMap(({ family, name }) => (family === font ? [name] : []));

function drawGlyphs(
  canvas: Canvas,
  line: readonly Placed[],
  style: Glyphs,
  inks: readonly Rgb[],
  bend: Bend,
  random: Random,
): void {
  const { surface } = canvas;
  const outlined = between(random, style.outlined);
  const alike = inks.length === 1 && outlined === 0;
  bendSurface(surface, bend);
  line.forEach(({ face, character, matrix }, i) => {
    surface.glyph(face, character, matrix);
    if (alike) return;
    if (outlined > 0 && random.chance(outlined)) surface.outline();
    else canvas.apply('ink', random, i % inks.length);
  });
  if (alike) canvas.apply('ink', random);
  straighten(surface, bend);
}

interface FinishPlan {
  readonly blur: number;
  readonly rerender: Parameters<RampSurface['rerender']>[0] | undefined;
  /** Pixels that all of it moves or swells a glyph by at most; a border counts. */
  readonly spread: number;
}

function finishOf(stages: readonly Finish[], scale: number, random: Random): FinishPlan {
  let blur = 0;
  let rerender: FinishPlan['rerender'];
  let border = 0;
  for (const one of stages) {
    if (one.stage === 'blur') blur = Math.min(8, Math.round(one.times * Math.max(1, scale)));
    else if (one.stage === 'border') border = one.width;
    else
      rerender = {
        amplitude: scale * between(random, one.amplitude),
        frequency: 1 / (scale * between(random, one.length)),
        phaseX: random.unit(),
        phaseY: random.unit(),
      };
  }
  // A blur's faint rim may cross the margin by a pixel or two without anybody seeing it
  return { blur, rerender, spread: border + Math.min(blur, 2) + Math.ceil(rerender?.amplitude ?? 0) };
}

function drawBorder(canvas: Canvas, thick: number, color: Rgb): void {
  const { surface, width, height } = canvas;
  surface.rect(0, 0, width, thick);
  surface.rect(0, height - thick, width, thick);
  surface.rect(0, thick, thick, height - 2 * thick);
  surface.rect(width - thick, thick, thick, height - 2 * thick);
  canvas.stamp(color);
}
