/** Hard-edged contrast flips: everything right of a line, a letter taller than the picture, a disc. They end before the marks. */
import type { RampSurface, Renderer } from '../../render/renderer.ts';
import type { Random } from '../../util/random.ts';
import { cosTurns, sinTurns } from '../../util/trig.ts';
import { HEIGHT, LEFT, WIDTH } from './strong-layout.ts';
import type { StrongStyle } from './strong-style.ts';

/** Into the even-odd plane of everything that inverts. `amount` 1: few, 2: more. */
export function addFlips(
  surface: RampSurface,
  renderer: Renderer,
  style: StrongStyle,
  amount: 1 | 2,
  random: Random,
): void {
  for (const flip of style.flips) {
    if (flip === 'lines') addLines(surface, amount + random.below(2), style.flipLean, random);
    else if (flip === 'discs') addDiscs(surface, amount + random.below(2), random);
    else addGiant(surface, renderer, style, random);
  }
}

/** Half planes right of near-vertical lines, and perhaps one below a near-horizontal line. */
function addLines(surface: RampSurface, count: number, mean: number, random: Random): void {
  const span = WIDTH / count;
  for (let q = 0; q < count; q++) {
    const x = span * (q + 0.5 + random.between(-0.3, 0.3));
    // tan 54° at most
    const lean = (Math.max(-1.376, Math.min(1.376, mean + random.between(-1, 1))) * HEIGHT) / 2;
    surface.moveTo(Math.max(LEFT, x + lean), 0);
    surface.lineTo(WIDTH, 0);
    surface.lineTo(WIDTH, HEIGHT);
    surface.lineTo(Math.max(LEFT, x - lean), HEIGHT);
    surface.close();
  }
  if (!random.chance(0.35)) return;
  const y = HEIGHT / 2 + random.between(-12, 12);
  const rise = (random.between(-0.25, 0.25) * WIDTH) / 2;
  surface.moveTo(LEFT, y - rise);
  surface.lineTo(WIDTH, y + rise);
  surface.lineTo(WIDTH, HEIGHT);
  surface.lineTo(LEFT, HEIGHT);
  surface.close();
}

function addDiscs(surface: RampSurface, count: number, random: Random): void {
  const span = (WIDTH - LEFT) / count;
  for (let i = 0; i < count; i++) {
    const radius = random.between(20, 36);
    const x = LEFT + span * (i + random.unit());
    surface.circle(Math.max(LEFT + radius, x), random.between(0, HEIGHT), radius);
  }
}

const GIANTS = 'CDEHKLMNPRTUWXY3479';

function addGiant(surface: RampSurface, renderer: Renderer, style: StrongStyle, random: Random): void {
  const face = renderer.face(random.pick(style.faces).name);
  const character = GIANTS[random.below(GIANTS.length)]!;
  const [l, t, r, b] = renderer.glyph(face, character).box;
  const size = random.between(75, 115) / renderer.faces[face]!.capHeight;
  const turn = random.between(-0.12, 0.12);
  const cos = size * cosTurns(turn);
  const sin = size * sinTurns(turn);
  const [x, y] = [(l + r) / 2, (t + b) / 2];
  const half = (Math.abs(cos) * (r - l) + Math.abs(sin) * (b - t)) / 2;
  const across = Math.max(LEFT + half, random.between(LEFT, WIDTH));
  const down = HEIGHT / 2 + random.between(-15, 15);
  surface.glyph(face, character, [cos, sin, -sin, cos, across - cos * x + sin * y, down - sin * x - cos * y]);
}
