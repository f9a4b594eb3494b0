/**
 * The packs that fonts and icons travel in, read by lib/render/pack.ts and expanded by lib/render/kernel/outlines.ts. What can be told
 * from the rest is left out, and like lies by like, for gzip; expanded, the bytes are those of outlines.ts again, every one. A file:
 *
 *     "GGP2", u32 length of the header (little-endian), the header (JSON, UTF-8: `PackHeader`), and then end to end
 *     u8 contours of each outline
 *     u8 kind of each segment
 *     u8 low byte of each value
 *     u8 high byte of each value
 *
 * A value is a difference d, written as 2 d or, below 0, -2 d - 1. A contour's first two lead from the end of the contour before
 * (from 0, 0 in an outline's first) to its start, x then y; then its segments':
 *
 *     kind 0       a line; values dx, dy
 *     kind 1       a vertical line; dy
 *     kind 2       a horizontal line; dx
 *     kind 3       a quadratic; dx, dy of the control, and from there those of the end
 *     kind 4 … 7   a quadratic whose end is ⌊half the way⌋ to the control of the next segment, + 1 in x for 6 and 7, in y for 5 and 7:
 *                  dx, dy of the control unless the segment before was such a one, and from there those of the next control
 *     + 8          the last segment of its contour, ending where that starts: no values for the end (8 and 11)
 *     + 16         the last segment of its contour, ending elsewhere (16 … 19)
 */
import type { PackHeader } from '../../lib/render/pack.ts';
import type { Point, Segment } from './outlines.ts';

type Packed = readonly [kind: number, values: readonly number[]];

/** A whole pack: what goes into a .bin file. The outlines as `packContours` gives them, in the order of the header's faces or icons. */
export function packFile(header: Omit<PackHeader, 'counts'>, outlines: readonly Uint8Array[]): Uint8Array {
  const contours: number[] = [];
  const segments: Packed[] = [];
  const values: number[] = [];
  for (const outline of outlines) {
    const read = readContours(outline);
    if (read.length > 255) throw new RangeError(`outline: expected at most 255 contours, got ${read.length}`);
    contours.push(read.length);
    let from: Point = [0, 0];
    for (const { start, paths } of read) {
      const packed = packContour(start, paths);
      segments.push(...packed);
      values.push(...difference(from, start), ...packed.flatMap(([, own]) => own));
      from = paths.at(-1)!.at(-1)!;
    }
  }
  const coded = values.map((d) => (d < 0 ? -2 * d - 1 : 2 * d));
  if (coded.some((value) => value > 65535)) throw new RangeError('outline: points are too far apart');
  const counts = {
    outlines: outlines.length,
    segments: segments.length,
    values: values.length,
    expanded: outlines.reduce((sum, { length }) => sum + length, 0),
  };
  const json = new TextEncoder().encode(JSON.stringify({ ...header, counts }));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, json.length, true);
  return Uint8Array.from([
    ...new TextEncoder().encode('GGP2'),
    ...length,
    ...json,
    ...contours,
    ...segments.map(([kind]) => kind),
    ...coded.map((value) => value & 255),
    ...coded.map((value) => value >> 8),
  ]);
}

const difference = ([ax, ay]: Point, [bx, by]: Point) => [bx - ax, by - ay];

function packContour(start: Point, paths: readonly Segment[]): Packed[] {
  let from = start;
  let ahead = false;
  return paths.map((path, i) => {
    const [end, last] = [path.at(-1)!, i === paths.length - 1];
    const closes = last && end[0] === start[0] && end[1] === start[1];
    const [before, flag] = [from, closes ? 8 : last ? 16 : 0];
    from = end;
    if (path.length === 1) {
      const [dx, dy] = difference(before, end) as [number, number];
      ahead = false;
      if (closes) return [8, []];
      return dx === 0 ? [1 + flag, [dy]] : dy === 0 ? [2 + flag, [dx]] : [flag, [dx, dy]];
    }
    const control = path[0]!;
    const own = ahead ? [] : difference(before, control);
    const next = paths[i + 1];
    const smooth = next?.length === 2 ? halfway(control, end, next[0]!) : undefined;
    ahead = smooth !== undefined;
    if (smooth !== undefined) return [smooth, [...own, ...difference(control, next![0]!)]];
    return [3 + flag, closes ? own : [...own, ...difference(control, end)]];
  });
}

/** The kind of a quadratic whose end lies half the way between two controls, if it does. */
function halfway(control: Point, end: Point, next: Point): number | undefined {
  const [x, y] = [0, 1].map((i) => end[i]! - ((control[i]! + next[i]!) >> 1)) as [number, number];
  return (x === 0 || x === 1) && (y === 0 || y === 1) ? 4 + 2 * x + y : undefined;
}

/** Back from the bytes the kernel draws. */
function readContours(bytes: Uint8Array): { start: Point; paths: Segment[] }[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  const point = (): Point => {
    at += 4;
    return [view.getInt16(at - 4, true), view.getInt16(at - 2, true)];
  };
  return Array.from({ length: view.getUint16(0, true) }, () => {
    const segments = view.getUint16(at, true);
    at += 2;
    const start = point();
    const paths = Array.from({ length: segments }, () =>
      bytes[at++] === 0 ? [point()] : [point(), point()],
    );
    return { start, paths };
  });
}
