/**
 * Draws a challenge of kind reveal onto a canvas: its sets of pieces, wherever the pointer has slid them, and over them what does
 * not move. Everything is composed in a picture of the box's own size, where offsets are whole pixels, then scaled up at once.
 */

/**
 * @typedef {[dx: number, dy: number][]} Curve
 * @typedef {{along: Curve, down: Curve}} Slide
 * @typedef {{type: 'vertical' | 'horizontal' | 'point', x?: number, y?: number, radius?: number}} Trigger
 * @typedef {{mode: 'guarded' | 'client', sprite: string, ground: string, sets: Slide[], range: 'box' | 'window',
 *   triggers?: Trigger[], discs?: {radius: number, at: [number, number][]}, rest_ms?: number}} RevealFields
 */

/** @param {string} source @returns {Promise<HTMLImageElement>} */
async function picture(source) {
  const image = new Image();
  image.src = source;
  await image.decode();
  return image;
}

/** @param {number} width @param {number} height @returns {[HTMLCanvasElement, CanvasRenderingContext2D]} */
function board(width, height) {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return [canvas, /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))];
}

/** @param {Curve} curve @param {number} share @returns {[number, number]} */
function along(curve, share) {
  const place = Math.max(0, Math.min(1, share)) * (curve.length - 1);
  const first = Math.max(0, Math.min(curve.length - 2, Math.floor(place)));
  const a = curve[first] ?? [0, 0];
  const b = curve[first + 1] ?? a;
  return [a[0] + (b[0] - a[0]) * (place - first), a[1] + (b[1] - a[1]) * (place - first)];
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{image_base64: string, image_size: {width: number, height: number}, reveal: RevealFields}} challenge
 */
export async function createScene(canvas, { image_base64, image_size, reveal }) {
  const { width, height } = image_size;
  const [still, sprite] = await Promise.all([picture(image_base64), picture(reveal.sprite)]);
  const [box, pen] = board(width, height);
  const overlay = reveal.discs && symbols(still, reveal.discs, width, height);
  const shown = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const dots = Array.from({ length: Math.round(width * height * 0.006) }, () => [
    Math.random() * width,
    Math.random() * height,
    Math.floor(Math.random() * reveal.sets.length),
  ]);

  /**
   * `whole` 0 … 1: how far everything has come together; `restored`: what is there then.
   * @param {number} x @param {number} y shares of the range @param {number} whole @param {HTMLImageElement} [restored]
   */
  function draw(x, y, whole, restored) {
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
  }

  /** A layer moved by whole pixels, what leaves on one side coming in on the other. @param {number} set @param {number} dx @param {number} dy */
  function layer(set, dx, dy) {
    const left = ((dx % width) + width) % width;
    const top = ((dy % height) + height) % height;
    for (const [toX, wide, fromX] of [
      [0, left, width - left],
      [left, width - left, 0],
    ])
      for (const [toY, tall, fromY] of [
        [0, top, height - top],
        [top, height - top, 0],
      ])
        if (wide && tall)
          pen.drawImage(
            sprite,
            fromX ?? 0,
            set * height + (fromY ?? 0),
            wide,
            tall,
            toX ?? 0,
            toY ?? 0,
            wide,
            tall,
          );
  }

  /** As many pixels as the screen has for it. */
  function fit() {
    const times = Math.max(1, Math.ceil((canvas.clientWidth * devicePixelRatio) / width));
    if (canvas.width === width * times) return;
    canvas.width = width * times;
    canvas.height = height * times;
  }

  return { draw, fit, picture };
}

/**
 * The symbols alone, cut out of the still.
 * @param {HTMLImageElement} still @param {{radius: number, at: [number, number][]}} discs @param {number} width @param {number} height
 */
function symbols(still, { radius, at }, width, height) {
  const [canvas, pen] = board(width, height);
  pen.beginPath();
  for (const [x, y] of at) {
    pen.moveTo(x + radius, y);
    pen.arc(x, y, radius, 0, 2 * Math.PI);
  }
  pen.clip();
  pen.drawImage(still, 0, 0);
  return canvas;
}
