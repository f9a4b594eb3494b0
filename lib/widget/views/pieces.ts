/**
 * Draws a challenge of kind reveal onto a canvas: its sets of pieces, wherever the pointer has slid them, and over them what does
 * not move. Everything is composed in a picture of the box's own size, where offsets are whole pixels, then scaled up at once.
 */
import type { Challenge, Curve, RevealFields } from '../contract.ts';
import type { ViewTools } from '../view.ts';

type Pen = CanvasRenderingContext2D;

function along(curve: Curve, share: number): [dx: number, dy: number] {
  const place = Math.max(0, Math.min(1, share)) * (curve.length - 1);
  const first = Math.max(0, Math.min(curve.length - 2, Math.floor(place)));
  const a = curve[first] ?? [0, 0];
  const b = curve[first + 1] ?? a;
  const part = place - first;
  return [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part];
}

export async function createPieces(
  canvas: HTMLCanvasElement,
  { image_base64, image_size: { width, height } }: Challenge,
  reveal: RevealFields,
  { make, decode }: ViewTools['dom'],
) {
  const board = (): [HTMLCanvasElement, Pen] => {
    const made = make('canvas', { width, height });
    return [made, made.getContext('2d')!];
  };
  const [still, sprite] = await Promise.all([decode(image_base64), decode(reveal.sprite)]);
  const [box, pen] = board();
  const overlay = reveal.discs && symbols(reveal.discs);
  const shown = canvas.getContext('2d')!;
  const dots = Array.from({ length: Math.round(width * height * 0.006) }, () => [
    Math.random() * width,
    Math.random() * height,
    Math.floor(Math.random() * reveal.sets.length),
  ]);

  /** The symbols alone, cut out of the still. */
  function symbols({ radius, at }: NonNullable<RevealFields['discs']>): HTMLCanvasElement {
    const [made, cutter] = board();
    cutter.beginPath();
    for (const [x, y] of at) {
      cutter.moveTo(x + radius, y);
      cutter.arc(x, y, radius, 0, 2 * Math.PI);
    }
    cutter.clip();
    cutter.drawImage(still, 0, 0);
    return made;
  }

  /** A layer moved by whole pixels, what leaves on one side coming in on the other. */
  function layer(set: number, dx: number, dy: number): void {
    const left = ((dx % width) + width) % width;
    const top = ((dy % height) + height) % height;
    const across = [
      [0, left, width - left],
      [left, width - left, 0],
    ] as const;
    const down = [
      [0, top, height - top],
      [top, height - top, 0],
    ] as const;
    for (const [toX, wide, fromX] of across)
      for (const [toY, tall, fromY] of down)
        if (wide && tall)
          pen.drawImage(sprite, fromX, set * height + fromY, wide, tall, toX, toY, wide, tall);
  }

  return {
    /** `x`, `y`: shares of the range; `whole` 0 … 1: how far everything has come together; `restored`: what is there then. */
    draw(x: number, y: number, whole: number, restored?: ImageBitmap): void {
      pen.globalCompositeOperation = 'source-over';
      pen.clearRect(0, 0, width, height);
      // Two colours on one spot show as none
      pen.globalCompositeOperation = 'xor';
      reveal.sets.forEach(({ along: curve, down }, set) => {
        const [ax, ay] = along(curve, x);
        const [bx, by] = along(down, y);
        layer(set, Math.round((ax + bx) * (1 - whole)), Math.round((ay + by) * (1 - whole)));
      });
      pen.globalCompositeOperation = 'source-over';
      if (!restored && whole === 1)
        for (const [u = 0, v = 0, set = 0] of dots)
          pen.drawImage(sprite, u, set * height + v, 2, 2, v * 3, u / 3, 1, 1);
      pen.globalCompositeOperation = 'destination-over';
      pen.fillStyle = reveal.ground;
      pen.fillRect(0, 0, width, height);
      pen.globalCompositeOperation = 'source-over';
      if (overlay) pen.drawImage(overlay, 0, 0);
      if (restored) {
        pen.globalAlpha = whole;
        pen.drawImage(restored, 0, 0);
        pen.globalAlpha = 1;
      }
      shown.drawImage(box, 0, 0, canvas.width, canvas.height);
    },
    /** As many pixels as the screen has for it. */
    fit(): void {
      const times = Math.max(1, Math.ceil((canvas.clientWidth * devicePixelRatio) / width));
      if (canvas.width === width * times) return;
      canvas.width = width * times;
      canvas.height = height * times;
    },
    close(): void {
      still.close();
      sprite.close();
    },
  };
}
