/** What stands where a picture would: a loudspeaker, always the same. */
import type { Renderer } from '../../render/renderer.ts';
import { cosTurns, sinTurns } from '../../util/trig.ts';
import type { Picture } from '../challenge.ts';

const WIDTH = 200;
const HEIGHT = 70;
/** Ground, ink. */
const PALETTE = Uint8Array.of(246, 247, 249, 40, 52, 72);

let drawn: Uint8Array<ArrayBuffer> | undefined;

export function drawLoudspeaker(renderer: Renderer): Picture {
  drawn ??= draw(renderer);
  return { bytes: drawn, mediaType: 'image/png', width: WIDTH, height: HEIGHT, usedHeight: HEIGHT };
}

function draw(renderer: Renderer): Uint8Array<ArrayBuffer> {
  const paint = renderer.paint(WIDTH, HEIGHT, PALETTE, 0);
  const [x, y] = [86, HEIGHT / 2];
  paint.moveTo(x - 14, y - 8);
  paint.lineTo(x - 5, y - 8);
  paint.lineTo(x + 8, y - 19);
  paint.lineTo(x + 8, y + 19);
  paint.lineTo(x - 5, y + 8);
  paint.lineTo(x - 14, y + 8);
  paint.fill(1);
  for (const radius of [13, 22]) {
    const arc = Array.from({ length: 13 }, (_, i) => (i - 6) / 48);
    paint.polyline(
      arc.flatMap((turns) => [x + 6 + radius * cosTurns(turns), y + radius * sinTurns(turns)]),
      3.5,
    );
    paint.fill(1);
  }
  return paint.encode('png');
}
