/** Draws `strong`: glyphs, then what inverts them, then a ramp of colours. */
import type { RampSurface, Renderer, Wave } from '../../render/renderer.ts';
import type { Random } from '../../util/random.ts';
import { cosTurns, sinTurns } from '../../util/trig.ts';
import { faceFor } from './faces.ts';
import type { Drawn } from './preset.ts';
import { rampPalette } from './ramp-palette.ts';
import { layOut } from './strong-layout.ts';

export type Mark = 'filled' | 'outlined';

export interface StrongLook {
  /** Turns to either side. */
  readonly rotation: number;
  /** Amplitude of the long waves in pixels. */
  readonly warp: number;
  /** How many near-vertical lines flip the contrast. */
  readonly flips: readonly [low: number, high: number];
  /** Width of the inverting stroke in pixels; 0: none. */
  readonly stroke: number;
  readonly cap: readonly [low: number, high: number];
}

export interface StrongPlan {
  readonly characters: readonly string[];
  readonly counts: readonly boolean[];
  readonly wanted: Mark;
  readonly look: StrongLook;
}

export const STRONG_SIZE = { width: 200, height: 70 } as const;
const { width: WIDTH, height: HEIGHT } = STRONG_SIZE;
/** The icon's column. */
const LEFT = 20;
const ICON = { x: 10.5, radius: 6 };
/** The outline swells a glyph by a pixel, its soft edge by another half. */
const SWELL = 1.5;
const GRAIN = 0.004;

/** Bold faces that keep filled and outlined apart. */
const STRONG_FACES = [
  'Roboto Bold',
  'Open Sans ExtraBold',
  'Lato Black',
  'Montserrat Bold',
  'Fira Sans Bold',
  'Nunito ExtraBold',
  'Rubik Bold',
  'Work Sans ExtraBold',
  'Archivo Bold',
  'Merriweather Black',
  'Roboto Slab ExtraBold',
  'Arvo Bold',
  'Noto Serif ExtraBold',
  'Bitter ExtraBold',
] as const;

export function drawStrong(plan: StrongPlan, renderer: Renderer, random: Random): Drawn {
  const { characters, counts, wanted, look } = plan;
  const surface = renderer.ramp(WIDTH, HEIGHT);
  const waves = wavesOf(look.warp, random);
  const reach = (axis: 'x' | 'y') => waves.reduce((sum, wave) => sum + Math.abs(wave[axis]), SWELL);
  const stands = characters.map((character) => {
    const face = faceFor(renderer, renderer.face(random.pick(STRONG_FACES)), character);
    return { face, glyph: renderer.glyph(face, character), capHeight: renderer.faces[face]!.capHeight };
  });
  const room = {
    width: WIDTH,
    height: HEIGHT,
    left: LEFT,
    marginX: reach('x'),
    marginY: reach('y'),
    ...look,
  };
  const matrices = layOut(stands, room, random);
  surface.warp(waves);
  characters.forEach((character, i) => {
    surface.glyph(stands[i]!.face, character, matrices[i]!);
    if (counts[i] === (wanted === 'filled')) surface.unite();
    else surface.outline();
  });
  if (look.stroke > 0) addStroke(surface, look.stroke * random.between(0.85, 1.15), random);
  surface.warp([]);
  addFlips(surface, random.integer(look.flips[0], look.flips[1]), random);
  surface.invert('even-odd');
  addIcon(surface, wanted, random);
  surface.scatter({
    count: Math.round(WIDTH * HEIGHT * GRAIN),
    seed: random.uint32(),
    first: 1,
    range: 3,
    combine: true,
  });
  return { surface, palette: rampPalette(random) };
}

/** Two long waves and two short ones, each with a direction to run in and one to push in. */
function wavesOf(amplitude: number, random: Random): Wave[] {
  return [0, 1, 2, 3].map((i) => {
    const long = i < 2;
    const run = random.unit();
    const push = random.unit();
    const frequency = 1 / (long ? random.between(70, 130) : random.between(28, 45));
    const size = amplitude * (long ? 1 : 0.35) * random.between(0.8, 1.2);
    return {
      x: size * cosTurns(push),
      y: size * sinTurns(push),
      fx: frequency * cosTurns(run),
      fy: frequency * sinTurns(run),
      phase: random.unit(),
    };
  });
}

/** One stroke from side to side, as thick as a glyph's lines, into the same even-odd plane as the flips. */
function addStroke(surface: RampSurface, width: number, random: Random): void {
  const from = { x: random.between(LEFT, 50), y: random.between(5, HEIGHT - 5) };
  const to = { x: random.between(150, WIDTH - 4), y: random.between(5, HEIGHT - 5) };
  const control = { x: random.between(70, 130), y: random.between(-25, HEIGHT + 25) };
  surface.moveTo(from.x, from.y);
  surface.quadTo(control.x, control.y, to.x, to.y);
  surface.lineTo(to.x, to.y + width);
  surface.quadTo(control.x, control.y + width, from.x, from.y + width);
  surface.close();
}

/** Half planes right of near-vertical lines, and perhaps one below a near-horizontal line; they end before the icon. */
function addFlips(surface: RampSurface, count: number, random: Random): void {
  const span = WIDTH / count;
  for (let q = 0; q < count; q++) {
    const x = span * (q + 0.5 + random.between(-0.3, 0.3));
    // tan 54° at most
    const lean = (random.between(-1.376, 1.376) * HEIGHT) / 2;
    surface.moveTo(Math.max(LEFT, x + lean), 0);
    surface.lineTo(WIDTH, 0);
    surface.lineTo(WIDTH, HEIGHT);
    surface.lineTo(Math.max(LEFT, x - lean), HEIGHT);
    surface.close();
  }
  if (!random.chance()) return;
  const y = HEIGHT / 2 + random.between(-12, 12);
  const rise = (random.between(-0.25, 0.25) * WIDTH) / 2;
  surface.moveTo(LEFT, y - rise);
  surface.lineTo(WIDTH, y + rise);
  surface.lineTo(WIDTH, HEIGHT);
  surface.lineTo(LEFT, HEIGHT);
  surface.close();
}

/** A disc or a ring, on a ground that nothing inverts. */
function addIcon(surface: RampSurface, wanted: Mark, random: Random): void {
  surface.circle(ICON.x, HEIGHT / 2 + random.between(-14, 14), ICON.radius);
  if (wanted === 'filled') surface.unite();
  else surface.outline();
}
