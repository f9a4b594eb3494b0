/** Draws `strong`: glyphs with their marks, then what inverts them, then a ramp of colours. */
import type { Renderer, Wave } from '../../render/renderer.ts';
import type { Random } from '../../util/random.ts';
import { cosTurns, sinTurns } from '../../util/trig.ts';
import { faceFor } from './faces.ts';
import type { Drawn } from './preset.ts';
import { rampPalette } from './ramp-palette.ts';
import { addFlips } from './strong-flips.ts';
import { HEIGHT, layOut, type Stand, WIDTH } from './strong-layout.ts';
import { addFrame, addGlyph, addIcon, type Standing } from './strong-marks.ts';
import type { Marks, Rule } from './strong-rules.ts';
import { addStrokes } from './strong-strokes.ts';
import type { Range, StrongStyle } from './strong-style.ts';

export interface StrongLook {
  /** Height of the capitals in pixels, and the same where glyphs are framed. */
  readonly cap: Range;
  readonly framedCap: Range;
  /** Turns to either side. */
  readonly turn: number;
  /** Shear to either side. */
  readonly lean: number;
  /** How much wider or narrower. */
  readonly stretch: number;
  /** How far the rows leave the straight line, in pixels. */
  readonly bend: number;
  /** Amplitude of the long waves in pixels. */
  readonly warp: number;
  /** 1: few contrast flips, 2: more. */
  readonly flips: 1 | 2;
  /** How many strokes invert what they cross, the same where glyphs are framed, and their width in pixels. */
  readonly strokes: Range;
  readonly framedStrokes: Range;
  readonly strokeWidth: number;
}

export interface StrongPlan {
  readonly characters: readonly string[];
  readonly marks: readonly Marks[];
  readonly rule: Rule;
  readonly look: StrongLook;
  readonly style: StrongStyle;
}

/** The outline swells a glyph by a pixel, its soft edge by another half. */
const SWELL = 1.5;
const GRAIN = 0.004;

/** `tell`: hears where the glyphs stand, for tests and solvers. */
export function drawStrong(
  plan: StrongPlan,
  renderer: Renderer,
  random: Random,
  tell?: (glyphs: readonly Standing[]) => void,
): Drawn {
  const { look, style, rule } = plan;
  const waves = wavesOf(look.warp, style, random);
  const standing = stand(plan, waves, renderer, random);
  tell?.(standing);
  const surface = renderer.ramp(WIDTH, HEIGHT);
  surface.warp(waves);
  for (const glyph of standing) addGlyph(surface, glyph, style, random);
  for (const { face, character, matrix, marks } of standing)
    if (marks.framed) addFrame(surface, matrix, renderer.glyph(face, character).box, style.frame);
  const strokes = random.integer(...(rule === 'framed' ? look.framedStrokes : look.strokes));
  addStrokes(surface, style.stroke, strokes, look.strokeWidth * style.strokeWidth, random);
  surface.warp([]);
  addFlips(surface, renderer, style, look.flips, random);
  surface.invert('even-odd');
  addIcon(surface, rule, style, random);
  surface.scatter({
    count: Math.round(WIDTH * HEIGHT * GRAIN),
    seed: random.uint32(),
    first: 1,
    range: 3,
    combine: true,
  });
  return { surface, palette: rampPalette(random) };
}

/** Faces and places. */
function stand(plan: StrongPlan, waves: readonly Wave[], renderer: Renderer, random: Random): Standing[] {
  const { look, style, rule, marks } = plan;
  const reach = (axis: 'x' | 'y') => waves.reduce((sum, wave) => sum + Math.abs(wave[axis]), SWELL);
  const room = {
    marginX: reach('x'),
    marginY: reach('y'),
    cap: rule === 'framed' ? look.framedCap : look.cap,
    turn: [style.turn - look.turn, style.turn + look.turn],
    lean: [-look.lean, look.lean],
    stretch: [1 / (1 + look.stretch), 1 + look.stretch],
    bend: look.bend,
    around: rule === 'framed' ? style.frame + 1.5 : 0,
  } as const;
  const stands = plan.characters.map((character): Stand => {
    const { name, lean, stretch } = random.pick(style.faces);
    const face = faceFor(renderer, renderer.face(name), character);
    return {
      face,
      box: renderer.glyph(face, character).box,
      capHeight: renderer.faces[face]!.capHeight,
      lean,
      stretch,
    };
  });
  return layOut(stands, room, random).map((matrix, i) => ({
    face: stands[i]!.face,
    character: plan.characters[i]!,
    marks: marks[i]!,
    matrix,
  }));
}

/** Two long waves and two short ones, each with a direction to run in and one to push in. */
function wavesOf(amplitude: number, style: StrongStyle, random: Random): Wave[] {
  return [0, 1, 2, 3].map((i) => {
    const long = i < 2;
    const run = random.unit();
    const push = random.unit();
    const frequency = 1 / random.between(...style.waves[long ? 0 : 1]);
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
