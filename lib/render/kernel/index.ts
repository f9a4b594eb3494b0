/**
 * The drawing kernel. Packed outlines are expanded (outlines). Paths (path, shapes) are bent (warp) and collected as coverage, composed onto palette indices
 * (ramp: levels of one ink; paint: any colour; pieces: cut into sets) and written as a file (files, deflate). Nothing allocates; see memory.ts.
 */
import { initCrc } from './checksum';
import { NON_ZERO } from './coverage';
import { initDeflate } from './deflate';
import { CUTS, DATA, INDEX, OUT, PALETTE, SETS, SHOWN, WAVES } from './memory';
import { collect, restPen, settle } from './path';
import { begin as beginPicture } from './picture';
import { soften } from './ramp';
import {
  setLens as bendByLens,
  setRipple as bendByRipple,
  setWaves as bendByWaves,
  straighten,
} from './warp';

export { extent, forgetExtent } from './coverage';
export { bmp, png, pngRows } from './files';
export { guard } from './memory';
export { expand, findStarts } from './outlines';
export { fill, setPalette } from './paint';
export { close, contours, lineTo, moveTo, quadTo } from './path';
export { block, stride } from './picture';
export { combine, cut, dye, flip, ink, keep } from './pieces';
export { erase, hatch, invert, lay, outline, rerender, scatter, soften, stamp, unite } from './ramp';
export { capsule, circle, rect, stroke } from './shapes';
export { makeTile, paintTile, startTile } from './tiles';

/** Builds the tables. Once, before anything else. */
export function init(): void {
  initCrc();
  initDeflate();
}

/** Starts a picture filled with index `ground`; false when the size is out of bounds. */
export function begin(width: i32, height: i32, ground: i32): bool {
  // Shapes that were never composed must not show in the next picture
  collect(NON_ZERO, 0);
  restPen();
  straighten();
  soften(0);
  return beginPicture(width, height, ground);
}

/** Addresses for the host: 0 palette to mix in, 1 palette to show, 2 waves, 3 indices, 4 file, 5 packs, 6 cuts, 7 sets. */
export function address(what: i32): usize {
  if (what === 0) return PALETTE;
  if (what === 1) return SHOWN;
  if (what === 2) return WAVES;
  if (what === 3) return INDEX;
  if (what === 4) return OUT;
  if (what === 6) return CUTS;
  if (what === 7) return SETS;
  return DATA;
}

/** How everything is bent from now on; see warp.ts. */
export function setWaves(count: i32): void {
  settle();
  bendByWaves(count);
}

export function setLens(x: f32, y: f32, radius: f32, strength: f32): void {
  settle();
  bendByLens(x, y, radius, strength);
}

export function setRipple(x: f32, y: f32, amplitude: f32, frequency: f32, phase: f32): void {
  settle();
  bendByRipple(x, y, amplitude, frequency, phase);
}
