/**
 * Expands the outlines of a pack (infra/build/pack.ts describes it) into the bytes that `contours` draws, each with its box before it.
 * A pack's planes lie end to end: contours, kinds, low and high bytes.
 */

/** Kinds from here on end a contour. */
const LAST: i32 = 8;

let low: usize = 0;
/** From a low byte to its high byte. */
let apart: usize = 0;
let out: usize = 0;
let left: i32 = 0;
let top: i32 = 0;
let right: i32 = 0;
let bottom: i32 = 0;

/** Writes to `starts` the first segment and the first value of each outline, u32 both. */
export function findStarts(pack: usize, outlines: i32, starts: usize): void {
  const kinds = pack + outlines;
  let segment: u32 = 0;
  let value: u32 = 0;
  for (let i = 0; i < outlines; i++) {
    store<u32>(starts + 8 * i, segment);
    store<u32>(starts + 8 * i, value, 4);
    for (let contours = <i32>load<u8>(pack + i); contours > 0; contours--) {
      value += 2;
      let kind: i32 = 0;
      while (kind < LAST) {
        kind = load<u8>(kinds + segment++);
        value += valuesOf(kind);
      }
    }
  }
}

/** How many values belong to a segment: none for an end that is known, one for a line along an axis. */
function valuesOf(kind: i32): u32 {
  const shape = kind & 7;
  const closes = (kind & 8) !== 0;
  if (shape > 2) return shape === 3 && !closes ? 4 : 2;
  return closes ? 0 : shape === 0 ? 2 : 1;
}

/** Writes outline `index` to `at`: i16 left, top, right, bottom around its points, then its bytes. Returns where they end. */
export function expand(
  pack: usize,
  outlines: i32,
  segments: i32,
  values: i32,
  starts: usize,
  index: i32,
  at: usize,
): usize {
  let kinds = pack + outlines + load<u32>(starts + 8 * index);
  low = pack + outlines + segments + load<u32>(starts + 8 * index, 4);
  apart = values;
  left = top = 32767;
  right = bottom = -32768;
  const contours = <i32>load<u8>(pack + index);
  store<u16>(at, <u16>contours, 8);
  out = at + 10;
  let x: i32 = 0;
  let y: i32 = 0;
  let controlX: i32 = 0;
  let controlY: i32 = 0;
  for (let i = 0; i < contours; i++) {
    const head = out;
    const first = kinds;
    x += next();
    y += next();
    out += 2;
    point(x, y);
    const startX = x;
    const startY = y;
    let kind: i32 = 0;
    let ahead = false;
    while (kind < LAST) {
      kind = load<u8>(kinds++);
      const closes = (kind & 8) !== 0;
      const shape = kind & 7;
      store<u8>(out++, <u8>(shape > 2));
      if (shape > 2) {
        if (!ahead) {
          controlX = x + next();
          controlY = y + next();
        }
        point(controlX, controlY);
        ahead = shape > 3;
        x = controlX;
        y = controlY;
        if (ahead) {
          // The end lies halfway to the next control
          controlX += next();
          controlY += next();
          x = ((x + controlX) >> 1) + ((shape >> 1) & 1);
          y = ((y + controlY) >> 1) + (shape & 1);
        } else if (!closes) {
          x += next();
          y += next();
        }
      } else if (!closes) {
        if (shape !== 1) x += next();
        if (shape !== 2) y += next();
      }
      if (closes) {
        x = startX;
        y = startY;
      }
      point(x, y);
    }
    store<u16>(head, <u16>(kinds - first));
  }
  const some = contours > 0;
  store<i16>(at, <i16>(some ? left : 0));
  store<i16>(at, <i16>(some ? top : 0), 2);
  store<i16>(at, <i16>(some ? right : 0), 4);
  store<i16>(at, <i16>(some ? bottom : 0), 6);
  return out;
}

function next(): i32 {
  const n = <i32>load<u8>(low) | ((<i32>load<u8>(low + apart)) << 8);
  low++;
  return (n >> 1) ^ -(n & 1);
}

function point(x: i32, y: i32): void {
  store<i16>(out, <i16>x);
  store<i16>(out, <i16>y, 2);
  out += 4;
  if (x < left) left = x;
  if (x > right) right = x;
  if (y < top) top = y;
  if (y > bottom) bottom = y;
}
