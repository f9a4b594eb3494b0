/**
 * A pack's outlines in the kernel's memory: the packed ones, where each begins, and those that were asked for so far as the kernel
 * draws them. A picture needs a few out of many, so a start expands none.
 */
import type { Pack } from './pack.ts';

export type Box = readonly [left: number, top: number, right: number, bottom: number];

export interface Placed {
  /** Address in the kernel's memory. */
  readonly at: number;
  /** Around all points; all 0 when there are none. */
  readonly box: Box;
}

/** The kernel's part in it; see lib/render/kernel/outlines.ts. */
export interface Expander {
  findStarts(pack: number, outlines: number, starts: number): void;
  expand(
    pack: number,
    outlines: number,
    segments: number,
    values: number,
    starts: number,
    index: number,
    at: number,
  ): number;
}

/** Expands an outline of a pack. Ask at most once for each: there is room for one. */
export type Place = (outline: number) => Placed;

/** Bytes of an outline's start, and of the box before it. */
const START = 8;
const BOX = 8;

/** Bytes of memory that a pack takes. */
export const roomFor = ({ header: { counts }, planes }: Pack): number =>
  planes.length + (START + BOX) * counts.outlines + counts.expanded;

/** Puts a pack into memory, from `base` on. */
export function placing(kernel: Expander, bytes: Uint8Array, pack: Pack, base: number): Place {
  const { outlines, segments, values } = pack.header.counts;
  const view = new DataView(bytes.buffer);
  const starts = base + pack.planes.length;
  let free = starts;
  bytes.set(pack.planes, base);
  return (outline) => {
    if (free === starts) {
      kernel.findStarts(base, outlines, starts);
      free += START * outlines;
    }
    const box = free;
    free = kernel.expand(base, outlines, segments, values, starts, outline, box);
    const edge = (i: number) => view.getInt16(box + 2 * i, true);
    return { at: box + BOX, box: [edge(0), edge(1), edge(2), edge(3)] };
  };
}
