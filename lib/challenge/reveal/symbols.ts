/**
 * The symbols of the guarded mode: every shape in every style, each once. One of them is asked for in words, and all are
 * equal but for that, so that nothing but knowing what a star looks like tells which point counts.
 */
import type { PieceSurface } from '../../render/renderer.ts';
import type { Random } from '../../util/random.ts';
import { cosTurns, sinTurns } from '../../util/trig.ts';
import type { PictureLanguage } from '../challenge.ts';
import { SHAPES, type ShapeName } from './shapes.ts';

const STYLES = ['solid', 'hollow', 'ringed'] as const;
type Style = (typeof STYLES)[number];

export interface Mark {
  readonly shape: ShapeName;
  readonly style: Style;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Turns. */
  readonly tilt: number;
}

const ROWS = 3;
/** The radius around a symbol within which no piece shows. */
export const HALO = 11.5;
const RING = { outer: 10, inner: 8.6 } as const;
const RINGED_SIZE = 0.68;

export function layOutSymbols(width: number, height: number, random: Random): Mark[] {
  const shapes = Object.keys(SHAPES) as ShapeName[];
  const all = random.shuffle(shapes.flatMap((shape) => STYLES.map((style) => ({ shape, style }))));
  const columns = Math.ceil(all.length / ROWS);
  const [stepX, stepY] = [width / columns, height / ROWS];
  const room = (step: number) => Math.max(0, step / 2 - HALO);
  return all.map(({ shape, style }, i) => ({
    shape,
    style,
    x: ((i % columns) + 0.5) * stepX + random.between(-1, 1) * room(stepX),
    y: (Math.floor(i / columns) + 0.5) * stepY + random.between(-1, 1) * room(stepY),
    radius: random.between(7.6, 8.8) * (style === 'ringed' ? RINGED_SIZE : 1),
    tilt: random.between(-0.05, 0.05),
  }));
}

/** Into the first box, in the four shades from index `first` on; around each symbol the ground shows. */
export function drawSymbols(surface: PieceSurface, symbols: readonly Mark[], first: number): void {
  for (const { x, y } of symbols) surface.circle(x, y, HALO);
  surface.stamp(0);
  for (const symbol of symbols)
    if (symbol.style !== 'hollow') path(surface, symbol, SHAPES[symbol.shape].solid);
  surface.shade(first);
  for (const symbol of symbols) {
    if (symbol.style === 'hollow') {
      path(surface, symbol, SHAPES[symbol.shape].outer);
      path(surface, symbol, SHAPES[symbol.shape].inner);
    }
    if (symbol.style === 'ringed') {
      surface.circle(symbol.x, symbol.y, RING.outer);
      surface.circle(symbol.x, symbol.y, RING.inner);
    }
  }
  surface.shade(first, 'even-odd');
}

function path(
  surface: PieceSurface,
  { x, y, radius, tilt }: Mark,
  points: readonly (readonly [number, number])[],
): void {
  const [a, b] = [radius * cosTurns(tilt), radius * sinTurns(tilt)];
  points.forEach(([u, v], i) => {
    const [px, py] = [x + a * u - b * v, y + b * u + a * v];
    if (i === 0) surface.moveTo(px, py);
    else surface.lineTo(px, py);
  });
  surface.close();
}

/** The symbol in words, as the end of "hold the pointer on …". */
export function nameOf({ shape, style }: Mark, lang: PictureLanguage): string {
  const { en, 'zh-CN': zh } = SHAPES[shape].words;
  if (lang === 'en')
    return style === 'ringed'
      ? `the ${en} inside a ring`
      : `the ${style} ${en}${style === 'solid' ? ' without a ring' : ''}`;
  if (style === 'ringed') return `圆圈里的${zh}`;
  return style === 'solid' ? `实心的${zh}（不在圆圈里）` : `空心的${zh}`;
}
