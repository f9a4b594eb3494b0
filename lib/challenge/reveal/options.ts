/** What can be set about the kind `reveal`, with defaults, and what a difficulty changes. */
import type { Difficulty } from '../challenge.ts';

type Range = readonly [low: number, high: number];

export interface RevealOptions {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Characters of the code. */
  readonly length: number;
  /** How many pieces across and down. */
  readonly columns: Range;
  readonly rows: Range;
  /** Farthest that a cut leans, in pixels from one end to the other. */
  readonly lean: Range;
  /** One cut in so many is drawn freely; the ones between are interpolated, then shifted a little. */
  readonly anchors: number;
  /** Pixels dropped along a cut, across. */
  readonly gap: Range;
  /** How many interleaved sets of pieces: 2 or 3, each in its own colour. */
  readonly sets: 2 | 3;
  /** How far a set slides, in pixels. */
  readonly reach: Range;
  /** client only: where the picture is whole. */
  readonly triggers: readonly TriggerType[];
  /** client only: what the pointer's range is. */
  readonly range: 'box' | 'window';
  /** How many strokes lie over a layer; the client mode takes half as many more, for there they hide the code. */
  readonly clutter: number;
  /** Share of the restored picture's pixels that become dots. */
  readonly dots: number;
}

export type TriggerType = 'vertical' | 'horizontal' | 'point';

export const DEFAULTS: RevealOptions = {
  width: 300,
  height: 100,
  length: 4,
  columns: [7, 9],
  rows: [4, 5],
  lean: [4, 14],
  anchors: 3,
  gap: [1.2, 2],
  sets: 2,
  reach: [30, 70],
  triggers: ['vertical'],
  range: 'box',
  clutter: 4,
  dots: 0.006,
};

/** Difficulty 1 has fewer pieces, 3 has more of them and a fifth character. */
export const LEVELS: Readonly<Record<Difficulty, Partial<RevealOptions>>> = {
  1: { columns: [6, 7], rows: [3, 4], clutter: 4 },
  2: {},
  3: { columns: [8, 9], rows: [4, 6], clutter: 4, length: 5 },
};

/** Throws RangeError for what the generator cannot draw. */
export function checked(options: RevealOptions): RevealOptions {
  const { width, height, length, columns, rows, lean, gap, triggers } = options;
  const within = (name: string, values: readonly number[], low: number, high: number) => {
    if (!values.every((value) => value >= low && value <= high))
      throw new RangeError(`reveal ${name}: expected ${low} … ${high}, got ${values.join(' … ')}`);
  };
  within('width', [width], 200, 600);
  within('height', [height], 80, 200);
  within('length', [length], 3, 6);
  within('columns', columns, 2, 30);
  within('rows', rows, 2, 16);
  within('lean', lean, 0, 40);
  within('gap', gap, 0, 4);
  within('anchors', [options.anchors], 1, 8);
  within('reach', options.reach, 10, height);
  within('clutter', [options.clutter], 0, 40);
  within('dots', [options.dots], 0, 0.05);
  within('triggers', [triggers.length], 1, 3);
  return options;
}
