/** Interference: lines, arcs, strokes and dots, below the glyphs or over them. */
import type { Random } from '../../../util/random.ts';
import { cosTurns, sinTurns } from '../../../util/trig.ts';
import type { Canvas } from './canvas.ts';
import type { Background, Interference } from './stages.ts';
import { between, type Effect, integer } from './values.ts';

type Of<N extends Interference['stage']> = Extract<Interference, { stage: N }>;

/** `of`: the ink that "ink" means, drawn anew for each mark. */
export function drawMark(
  canvas: Canvas,
  one: Interference | Background,
  of: () => number,
  random: Random,
): void {
  if (one.stage === 'lines') drawLines(canvas, one, of, random);
  else if (one.stage === 'arcs') drawArcs(canvas, one, of, random);
  else if (one.stage === 'strokes') drawStrokes(canvas, one, of, random);
  else if (one.stage === 'dots') canvas.dots(between(random, one.share), one.color, random);
  else if (one.stage === 'specks') canvas.specks(between(random, one.share), one.strength, random);
}

/** Draws `count` of them, all at once where they are of one colour. */
function repeat(
  canvas: Canvas,
  count: number,
  effect: Effect,
  of: () => number,
  random: Random,
  collect: () => void,
): void {
  const alike = effect === 'ground';
  for (let i = 0; i < count; i++) {
    collect();
    if (!alike) canvas.apply(effect, random, of());
  }
  if (alike && count > 0) canvas.apply(effect, random);
}

/** From one side to the other, anywhere. */
function drawLines(canvas: Canvas, one: Of<'lines'>, of: () => number, random: Random): void {
  const { surface, width, height, scale } = canvas;
  repeat(canvas, integer(random, one.count), one.color, of, random, () => {
    const [x0, y0] = [random.between(0, width), random.between(0, height)];
    const [x1, y1] = [random.between(0, width), random.between(0, height)];
    surface.polyline([x0, y0, x1, y1], scale * between(random, one.width));
  });
}

function drawArcs(canvas: Canvas, one: Of<'arcs'>, of: () => number, random: Random): void {
  const { surface, width, height, scale } = canvas;
  const count = integer(random, one.count);
  let i = 0;
  repeat(canvas, count, one.color, of, random, () => {
    // Spread along the picture: none is left out and none is crossed by all
    const x = ((i++ + random.unit()) / count) * width;
    const y = random.between(0.2, 0.8) * height;
    const half = (scale * between(random, one.length)) / 2;
    const turn = random.unit();
    const [dx, dy] = [half * cosTurns(turn), half * sinTurns(turn)];
    const bow = 4 * between(random, one.bend) * (random.chance() ? 1 : -1);
    surface.stroke(
      x - dx,
      y - dy,
      x - dy * bow,
      y + dx * bow,
      x + dx,
      y + dy,
      scale * between(random, one.width),
    );
  });
}

/** A bow and a bar at an angle to it, like a letter that lost the rest. */
function drawStrokes(canvas: Canvas, one: Of<'strokes'>, of: () => number, random: Random): void {
  const { surface, width, height, scale } = canvas;
  const count = integer(random, one.count);
  let i = 0;
  repeat(canvas, count, one.color, of, random, () => {
    const x = ((i++ + random.unit()) / count) * width;
    const y = random.between(0.1, 0.9) * height;
    const size = scale * between(random, one.size);
    const thick = scale * between(random, one.width);
    const turn = random.unit();
    const [u, v] = [size * cosTurns(turn), size * sinTurns(turn)];
    surface.stroke(x, y, x + 0.9 * v, y - 0.9 * u, x + u, y + v, thick);
    if (random.chance())
      surface.stroke(x + u, y + v, x + 1.2 * u, y + 1.2 * v, x + u + 0.6 * v, y + v - 0.6 * u, thick);
  });
}
