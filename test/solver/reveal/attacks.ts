/** The attacks on stills and sprites. Each tells how often the whole code was read. */
import { spawnSync } from 'node:child_process';
import type { Slide } from '../../../lib/challenge/reveal/cuts.ts';
import { drawCuts, drawTriggers } from '../../../lib/challenge/reveal/cuts.ts';
import { DEFAULTS } from '../../../lib/challenge/reveal/options.ts';
import { SETS } from '../../../lib/challenge/text/alphabets.ts';
import { seededRandom } from '../../../lib/util/random.ts';
import { puzzleOf, trailTo } from '../../challenge/reveal/kit.ts';
import {
  bestEdges,
  decode,
  fromDataUrl,
  HEIGHT,
  layersOf,
  type Plane,
  planesByColor,
  sharpestOnCurves,
  sharpestTranslation,
  WIDTH,
} from './frames.ts';
import { trainNet } from './net.ts';
import { type Reader, train } from './reader.ts';

export type Mode = 'guarded' | 'client';

export interface Rate {
  readonly name: string;
  readonly right: number;
  readonly n: number;
  /** What a visitor's reply or the figure cannot say. */
  readonly remark?: string;
}

const alphabet = SETS.alphanumeric;

/** The restored picture, as somebody has it who found the point. */
function restored(seed: string): readonly [Plane, string] {
  const puzzle = puzzleOf(seed);
  const seen = puzzle.reveal!(trailTo(...puzzle.point!));
  if (!('hit' in seen)) throw new Error(seen.expected);
  return [planesByColor(decode(seen.picture().bytes))[0]!, puzzle.answer];
}

export function trainReader(samples: number): Reader {
  return train(Array.from({ length: samples }, (_, i) => restored(`train ${i}`)));
}

/** Every test set has seeds of its own, which no training has seen. */
const challenges = (mode: Mode, attack: string, n: number) =>
  Array.from({ length: n }, (_, i) => {
    const seed = `${attack} ${mode} ${i}`;
    return { seed, puzzle: puzzleOf(seed, mode) };
  });

function rate(
  name: string,
  mode: Mode,
  n: number,
  guess: (one: ReturnType<typeof challenges>[number]) => readonly string[],
): Rate {
  const right = challenges(mode, name, n).filter((one) => guess(one).includes(one.puzzle.answer)).length;
  return { name: `${name}, ${mode}`, right, n };
}

const spriteOf = (puzzle: ReturnType<typeof puzzleOf>) => {
  const { sprite, sets } = puzzle.fields!().reveal as { sprite: string; sets: Slide[] };
  return { layers: layersOf(fromDataUrl(sprite)), slides: sets };
};

/** (a) The reader on the restored picture is the control: it shows that the attackers below can read. */
export const readRestored = (reader: Reader, n: number): Rate => ({
  name: 'control: reader on the restored picture',
  right: Array.from({ length: n }, (_, i) => restored(`control ${i}`)).filter(
    ([plane, code]) => reader.read(plane, code.length) === code,
  ).length,
  n,
});

/** (a) As it is, and colour by colour: right if any of the four readings is. */
export const readStill = (reader: Reader, mode: Mode, n: number): Rate =>
  rate('(a) reader on the still', mode, n, ({ puzzle }) =>
    planesByColor(decode(puzzle.picture().bytes)).map((plane) => reader.read(plane, 4, 'slots')),
  );

/** (a) A net trained on stills with their codes, and on what else it is told: the two sets by themselves. */
export function netOnStill(mode: Mode, samples: number, n: number, epochs = 6): Rate {
  const inputOf = (puzzle: ReturnType<typeof puzzleOf>) => {
    const planes = [...planesByColor(decode(puzzle.picture().bytes)).slice(1, 3), ...spriteOf(puzzle).layers];
    return Float32Array.from(planes.flatMap(pooled));
  };
  const drawn = Array.from({ length: samples }, (_, i) => puzzleOf(`net ${mode} ${i}`, mode));
  const net = trainNet(
    drawn.map(inputOf),
    drawn.map(({ answer }) => [...answer].map((character) => alphabet.indexOf(character))),
    { classes: alphabet.length, epochs },
  );
  const result = rate('(a) net on still and sets', mode, n, ({ puzzle }) => [
    net
      .predict(inputOf(puzzle))
      .map((c) => alphabet[c])
      .join(''),
  ]);
  return { ...result, remark: `trained on ${samples}` };
}

/** Ink in blocks of 6 × 5 pixels. */
function pooled(plane: Plane): number[] {
  const cells = new Array<number>(50 * 20).fill(0);
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++)
      if ((plane[y * 10 + (x >> 5)]! >>> (31 - (x & 31))) & 1)
        cells[Math.floor(y / 5) * 50 + Math.floor(x / 6)]! += 1 / 30;
  return cells.map((cell) => cell - 0.3);
}

/** (a) Tesseract, where it is installed. */
export function tesseractOnStill(mode: Mode, n: number): Rate | undefined {
  if (spawnSync('tesseract', ['--version']).status !== 0) return undefined;
  return rate('(a) tesseract on the still', mode, n, ({ puzzle }) => {
    const { stdout } = spawnSync('tesseract', ['-', '-', '--psm', '7'], { input: puzzle.picture().bytes });
    return [stdout.toString().replace(/\W/g, '').toUpperCase()];
  });
}

/** (b) */
export const overlays = (reader: Reader, mode: Mode, n: number): Rate =>
  rate('(b) sharpest of all translations', mode, n, ({ puzzle }) => [
    reader.read(sharpestTranslation(spriteOf(puzzle).layers), 4, 'slots'),
  ]);

export const curves = (reader: Reader, mode: Mode, n: number): Rate =>
  rate('(b) sharpest along the curves', mode, n, ({ puzzle }) => {
    const { layers, slides } = spriteOf(puzzle);
    return [reader.read(sharpestOnCurves(layers, slides), 4, 'slots')];
  });

/** (c) The attacker is told the cuts, which in truth have to be found first. */
export const edges = (reader: Reader, mode: Mode, n: number): Rate =>
  rate('(c) pieces by their edges', mode, n, ({ seed, puzzle }) => [
    reader.read(bestEdges(spriteOf(puzzle).layers, acrossCuts(seed, mode)), 4, 'slots'),
  ]);

/** Pairs of pixels on the two sides of a cut, a piece of the first set on the first side. */
function acrossCuts(seed: string, mode: Mode): [number, number, number, number][] {
  const random = seededRandom(seed, 'reveal pieces');
  if (mode === 'client') drawTriggers(DEFAULTS.triggers, random);
  const cuts = drawCuts(DEFAULTS, random);
  const setAt = (x: number, y: number) =>
    cuts.sets(
      cuts.upright.filter(({ at, lean }) => x >= at + lean * y).length,
      cuts.lying.filter(({ at, lean }) => y >= at + lean * x).length,
    );
  const pairs: [number, number, number, number][] = [];
  const add = (x: number, y: number, u: number, v: number) => {
    if (Math.min(x, y, u, v) < 0 || Math.max(x, u) >= WIDTH || Math.max(y, v) >= HEIGHT) return;
    if (setAt(x, y) === 0 && setAt(u, v) === 1) pairs.push([x, y, u, v]);
    if (setAt(x, y) === 1 && setAt(u, v) === 0) pairs.push([u, v, x, y]);
  };
  for (const { at, lean } of cuts.upright)
    for (let y = 0; y < HEIGHT; y += 2)
      add(Math.round(at + lean * y) - 3, y, Math.round(at + lean * y) + 3, y);
  for (const { at, lean } of cuts.lying)
    for (let x = 0; x < WIDTH; x += 3)
      add(x, Math.round(at + lean * x) - 3, x, Math.round(at + lean * x) + 3);
  return pairs;
}
