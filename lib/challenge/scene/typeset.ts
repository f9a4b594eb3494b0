/** Making words fit. Sizes are em in pixels. */
import type { Renderer } from '../../render/renderer.ts';
import type { Box } from './layout.ts';

export interface Column {
  readonly width: number;
  readonly lines: number;
  readonly largest: number;
  readonly smallest: number;
}

/** Breaks a text into at most `lines` lines, in the largest size that allows it. Throws when none does. */
export function wrap(
  renderer: Renderer,
  text: string,
  face: number,
  column: Column,
): { lines: string[]; size: number } {
  const widths = new Map<string, number>();
  const measure = (part: string) => {
    const known = widths.get(part);
    if (known !== undefined) return known;
    const width = renderer.measure(part, face, 1);
    widths.set(part, width);
    return width;
  };
  for (let size = column.largest; size >= column.smallest; size--) {
    const lines = breakInto(text, (part) => measure(part) * size <= column.width);
    // One line in a large size reads better than two; two need room
    const room = lines.length === 1 || size <= column.largest - 3;
    if (lines.length <= column.lines && room)
      return { lines: balance(text, lines, measure, column.width / size), size };
  }
  throw new RangeError(`no room for ${JSON.stringify(text)}`);
}

/** Where a sentence or a part of one ends, and more follows. The stop after a single letter ends nothing. */
const PAUSES = [/(?<=\p{L}{2}[.。])\s*(?=\S)/u, /(?<=\p{L}{2}[,，])\s*(?=\S)/u];

/** Two lines break where the text pauses, at the pause nearest to its middle where both have room; else as many lines, as equal in length as the text allows. */
function balance(text: string, lines: string[], measure: (part: string) => number, room: number): string[] {
  if (lines.length === 1) return lines;
  for (const pause of PAUSES) {
    const parts = text.split(pause);
    const gap = /\s/.test(text) ? ' ' : '';
    const halves = parts
      .slice(1)
      .map((_, i) => [parts.slice(0, i + 1).join(gap), parts.slice(i + 1).join(gap)])
      .map((pair) => ({ pair, long: Math.max(...pair.map(measure)) }))
      .filter(({ long }) => long <= room)
      .sort((a, b) => a.long - b.long);
    if (halves[0]) return halves[0].pair;
  }
  const longest = Math.max(...lines.map(measure));
  for (let share = 0.5; share < 1; share += 0.05) {
    const even = breakInto(text, (part) => measure(part) <= longest * share);
    if (even.length === lines.length) return even;
  }
  return lines;
}

/** Between words, and between any two Chinese characters; never before a mark that closes. */
function breakInto(text: string, fits: (part: string) => boolean): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(
    /[\u3000-\u9fff\uff00-\uffef][，？。]*|[^\s\u3000-\u9fff\uff00-\uffef]+\s*|\s+/g,
  ) ?? []) {
    if (line !== '' && !fits((line + piece).trimEnd())) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
  }
  return [...lines, line.trimEnd()];
}

/** Steepest tilt of an option, in radians. */
const STEEPEST = 0.1;

/** The largest size up to `wanted` and the tilt (−1 … 1 of the steepest that fits) at which a line stays inside a box. */
export function fitLine(
  renderer: Renderer,
  text: string,
  face: number,
  box: Box,
  wanted: number,
  tilt: number,
): { size: number; width: number; angle: number } {
  const em = renderer.measure(text, face, 1);
  const size = Math.min(wanted, box.width / em);
  const width = em * size;
  // A small angle is its own sine: the ends of the line rise by half of width × angle
  const slack = Math.max(0, box.height - size) / width;
  return { size, width, angle: tilt * Math.min(STEEPEST, slack) };
}
