/** Draws `strong`: glyphs and the lines that join them, then what inverts them, then a ramp of colours. */
import type { RampSurface, Renderer, Wave } from '../../render/renderer.ts';
import type { Random } from '../../util/random.ts';
import { cosTurns, sinTurns } from '../../util/trig.ts';
import { faceFor } from './faces.ts';
import type { Drawn } from './preset.ts';
import { rampPalette } from './ramp-palette.ts';
import { addFlips } from './strong-flips.ts';
import { addGlyphs, type Standing } from './strong-glyphs.ts';
import { HEIGHT, layOut, type Spot, type Stand, WIDTH } from './strong-layout.ts';
import { addLine, addStart, startSpot } from './strong-lines.ts';
import { columnOf, isLeap, type Place, type Routes, routesOf } from './strong-route.ts';
import type { Rule } from './strong-rules.ts';
import type { Fill, Range, StrongStyle } from './strong-style.ts';

export interface StrongLook {
  /** Height of the capitals in pixels. */
  readonly cap: Range;
  /** Turns to either side. */
  readonly turn: number;
  /** Shear to either side. */
  readonly lean: number;
  /** How much wider or narrower. */
  readonly stretch: number;
  /** How far glyphs stand from the middle of their places, how far the rows lean and how far lines bend, in pixels. */
  readonly loose: number;
  readonly tilt: number;
  readonly bend: number;
  /** How likely a line passes a place where it can. */
  readonly leaps: number;
  /** Amplitude of the long waves in pixels. */
  readonly warp: number;
  /** 1: few contrast flips, 2: more. */
  readonly flips: 1 | 2;
  /** Instead of the deployment's own. */
  readonly fills?: readonly Fill[];
}

export interface StrongPlan {
  /** What the line that is asked for passes, and what the other one does. */
  readonly asked: readonly string[];
  readonly other: readonly string[];
  readonly rule: Rule;
  readonly look: StrongLook;
  readonly style: StrongStyle;
}

/** What stands where: for tests and solvers. */
export interface Told {
  /** In the order in which the lines pass them. */
  readonly asked: readonly Standing[];
  readonly other: readonly Standing[];
  /** The marks at which they begin: the other one has none where it begins among the glyphs. */
  readonly start: Spot;
  readonly otherStart: Spot | undefined;
  readonly otherRule: Rule;
}

/** The outline swells a glyph by a pixel, its soft edge by another half. */
const SWELL = 1.5;
const GRAIN = 0.004;

export function drawStrong(
  plan: StrongPlan,
  renderer: Renderer,
  random: Random,
  tell?: (told: Told) => void,
): Drawn {
  const { look, style, rule } = plan;
  const waves = wavesOf(look.warp, style, random);
  const routes = routesOf(plan.asked.length, plan.other.length, look.leaps, random);
  const reach = (axis: 'x' | 'y') => waves.reduce((sum, wave) => sum + Math.abs(wave[axis]), SWELL);
  const margins = [reach('x'), reach('y')] as const;
  const standing = stand(plan, routes, margins, renderer, random);
  const asked = standing.slice(0, plan.asked.length);
  const other = standing.slice(plan.asked.length);
  const start = startSpot(asked[0]!.spot, ...margins, random);
  const otherStart =
    columnOf(routes.other[0]!) === 0 ? startSpot(other[0]!.spot, ...margins, random) : undefined;
  const otherRule = style.rules.find((one) => one !== rule)!;
  tell?.({ asked, other, start, otherStart, otherRule });
  const surface = renderer.ramp(WIDTH, HEIGHT);
  surface.warp(waves);
  addGlyphs(surface, standing, style, random);
  addRoute(surface, plan, start, asked, routes.asked, random);
  addRoute(surface, plan, otherStart, other, routes.other, random);
  surface.unite();
  addStart(surface, rule, start);
  if (otherStart) addStart(surface, otherRule, otherStart);
  surface.warp([]);
  addFlips(surface, renderer, style, look.flips, random);
  surface.invert('even-odd');
  surface.scatter({
    count: Math.round(WIDTH * HEIGHT * GRAIN),
    seed: random.uint32(),
    first: 1,
    range: 3,
    combine: true,
  });
  return { surface, palette: rampPalette(random) };
}

function addRoute(
  surface: RampSurface,
  { look, style }: StrongPlan,
  start: Spot | undefined,
  glyphs: readonly Standing[],
  places: readonly Place[],
  random: Random,
): void {
  let from = start;
  glyphs.forEach(({ spot }, i) => {
    const leaps = i > 0 && isLeap(places[i - 1]!, places[i]!);
    if (from) addLine(surface, style.line, from, spot, leaps, look.bend, random);
    from = spot;
  });
}

/** Faces and places. */
function stand(
  plan: StrongPlan,
  { asked, other, columns }: Routes,
  [marginX, marginY]: readonly [number, number],
  renderer: Renderer,
  random: Random,
): Standing[] {
  const { look, style } = plan;
  const room = {
    marginX,
    marginY,
    cap: look.cap,
    turn: [style.turn - look.turn, style.turn + look.turn],
    lean: [-look.lean, look.lean],
    stretch: [1 / (1 + look.stretch), 1 + look.stretch],
    loose: look.loose,
    tilt: look.tilt,
  } as const;
  const characters = [...plan.asked, ...plan.other];
  const stands = characters.map((character): Stand => {
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
  return layOut(stands, [...asked, ...other], columns, room, random).map((laid, i) => ({
    ...laid,
    face: stands[i]!.face,
    character: characters[i]!,
    fill: look.fills ? random.pick(look.fills) : style.fill,
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
