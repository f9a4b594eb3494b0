/** Deformation: the stages of a look, drawn from the stream, and how far they can move a point at most. */
import type { Lens, RampSurface, Ripple, Wave } from '../../../render/renderer.ts';
import type { Random } from '../../../util/random.ts';
import { cosTurns, sinTurns } from '../../../util/trig.ts';
import type { Size } from '../preset.ts';
import type { Deformation } from './stages.ts';
import { between } from './values.ts';

export interface Bend {
  readonly waves: readonly Wave[];
  readonly lens: Lens | undefined;
  readonly ripple: Ripple | undefined;
  /** Slope that all glyphs have. */
  readonly shear: number;
  /** Pixels that a point moves at most. */
  readonly reachX: number;
  readonly reachY: number;
}

/** The greatest of t (1 − t²)²: at t = 1/√5. */
const LENS_REACH = 0.2863;

/** How far the stages can move a point, whatever is drawn, in pixels of the look's own size. */
export function greatestReach(stages: readonly Deformation[]): { x: number; y: number } {
  let [x, y] = [0, 0];
  for (const one of stages) {
    if (one.stage === 'wave') {
      if (one.along !== 'y') x += one.amplitude[1];
      if (one.along !== 'x') y += one.amplitude[1];
    } else if (one.stage !== 'shear' && one.stage !== 'pinch') {
      const reach = one.stage === 'ripple' ? one.amplitude[1] : LENS_REACH * one.strength[1] * one.radius[1];
      x += reach;
      y += reach;
    }
  }
  return { x, y };
}

/** `scale`: pixels to one of the look's own. */
export function drawBend(
  stages: readonly Deformation[],
  { width, height }: Size,
  scale: number,
  random: Random,
): Bend {
  const waves: Wave[] = [];
  let lens: Lens | undefined;
  let ripple: Ripple | undefined;
  let [shear, reachX, reachY] = [0, 0, 0];
  for (const one of stages) {
    if (one.stage === 'shear') {
      shear += between(random, one.slope);
    } else if (one.stage === 'wave') {
      const wave = drawWave(one, scale, random);
      waves.push(wave);
      reachX += Math.abs(wave.x);
      reachY += Math.abs(wave.y);
    } else if (one.stage === 'ripple') {
      const amplitude = scale * between(random, one.amplitude);
      ripple = {
        ...somewhere(width, height, random),
        amplitude,
        frequency: 1 / (scale * between(random, one.length)),
        phase: random.unit(),
      };
      reachX += amplitude;
      reachY += amplitude;
    } else {
      const strength = between(random, one.strength) * (one.stage === 'pinch' ? -1 : 1);
      const radius = scale * between(random, one.radius);
      lens = { ...somewhere(width, height, random), radius, strength };
      // Pinching moves inwards: nothing can leave the picture by it
      const reach = strength > 0 ? LENS_REACH * strength * radius : 0;
      reachX += reach;
      reachY += reach;
    }
  }
  return { waves, lens, ripple, shear, reachX, reachY };
}

function drawWave(
  { amplitude, length, along }: Extract<Deformation, { stage: 'wave' }>,
  scale: number,
  random: Random,
): Wave {
  const size = scale * between(random, amplitude);
  const frequency = 1 / (scale * between(random, length));
  const phase = random.unit();
  // Up and down runs along the line, to and fro down the picture; each a little askew
  if (along === 'y') return { x: 0, y: size, fx: frequency, fy: 0.2 * frequency, phase };
  if (along === 'x') return { x: size, y: 0, fx: 0.2 * frequency, fy: frequency, phase };
  const [push, run] = [random.unit(), random.unit()];
  return {
    x: size * cosTurns(push),
    y: size * sinTurns(push),
    fx: frequency * cosTurns(run),
    fy: frequency * sinTurns(run),
    phase,
  };
}

const somewhere = (width: number, height: number, random: Random) => ({
  x: random.between(0.25, 0.75) * width,
  y: random.between(0.3, 0.7) * height,
});

export function bendSurface(surface: RampSurface, { waves, lens, ripple }: Bend): void {
  if (waves.length > 0) surface.warp(waves);
  if (lens) surface.lens(lens);
  if (ripple) surface.ripple(ripple);
}

export function straighten(surface: RampSurface, { waves, lens, ripple }: Bend): void {
  if (waves.length > 0) surface.warp([]);
  if (lens) surface.lens();
  if (ripple) surface.ripple();
}
