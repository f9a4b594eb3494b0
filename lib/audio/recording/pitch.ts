/**
 * Pitch marks: one a period where a voice sounds, one every 5 ms elsewhere. The mixer cuts speech into grains around them
 * (TD-PSOLA: Moulines and Charpentier, 1990), so that tempo and pitch change without a change of timbre.
 */
import type { Wave } from './wave.ts';

export interface Mark {
  readonly at: number;
  readonly voiced: boolean;
}

const FRAME = 0.01;
const UNVOICED_STEP = 0.005;

/** F0 per 10 ms in Hz; 0: no voice. Normalized cross-correlation, the path with the fewest jumps (as in RAPT: Talkin, 1995). */
export function pitchTrack({ rate, samples }: Wave, [low, high]: readonly [number, number]): number[] {
  const lags = { least: Math.floor(rate / high), most: Math.ceil(rate / low) };
  const hop = Math.round(rate * FRAME);
  const width = Math.round(lags.most * 1.3);
  const power = samples.reduce((sum, x) => sum + x * x, 0) / samples.length;
  const sums = new Float64Array(samples.length + 1);
  for (let i = 0; i < samples.length; i++) sums[i + 1] = sums[i]! + samples[i]! ** 2;
  const inside = (i: number) => Math.max(0, Math.min(samples.length, i));
  const energy = (from: number, to: number) => sums[inside(to)]! - sums[inside(from)]! + 1e-9;
  type Node = { lag: number; cost: number; from: number };
  const columns: Node[][] = [];
  for (let centre = 0; centre < samples.length; centre += hop) {
    const start = centre - ((width + lags.most) >> 1);
    const values: number[] = [];
    const loud = energy(start, start + width) / width;
    const found: Node[] = [{ lag: 0, cost: 0.45, from: 0 }];
    if (loud > power * 0.004)
      for (let lag = lags.least - 1; lag <= lags.most + 1; lag++) {
        let xy = 0;
        const [from, to] = [Math.max(0, start), Math.min(samples.length - lag, start + width)];
        for (let i = from; i < to; i++) xy += samples[i]! * samples[i + lag]!;
        values.push(xy / Math.sqrt(energy(start, start + width) * energy(start + lag, start + lag + width)));
      }
    for (let i = 1; i + 1 < values.length; i++)
      if (values[i]! > values[i - 1]! && values[i]! >= values[i + 1]! && values[i]! > 0.3) {
        const lag = lags.least - 1 + i;
        // A little dearer for each longer lag: otherwise twice the period is as good
        found.push({ lag, cost: 1 - values[i]! * (1 - (0.12 * lag) / lags.most), from: 0 });
      }
    const before = columns.at(-1);
    if (before)
      for (const node of found) {
        const way = before.map((old) => old.cost + jump(old.lag, node.lag));
        const best = Math.min(...way);
        node.from = way.indexOf(best);
        node.cost += best;
      }
    columns.push(found);
  }
  const track: number[] = [];
  let index = columns.at(-1)!.reduce((best, node, i, all) => (node.cost < all[best]!.cost ? i : best), 0);
  for (let i = columns.length - 1; i >= 0; i--) {
    const node = columns[i]![index]!;
    track.unshift(node.lag === 0 ? 0 : rate / node.lag);
    index = node.from;
  }
  return track;
}

function jump(a: number, b: number): number {
  if (a === 0 && b === 0) return 0;
  if (a === 0 || b === 0) return 0.25;
  return 1.2 * Math.abs(Math.log2(a / b));
}

export function pitchMarks(wave: Wave, track: readonly number[]): Mark[] {
  const { rate, samples } = wave;
  const hop = Math.round(rate * FRAME);
  const step = Math.round(rate * UNVOICED_STEP);
  const pitchAt = (i: number) => track[Math.min(track.length - 1, Math.round(i / hop))]!;
  const marks: Mark[] = [{ at: 0, voiced: false }];
  for (;;) {
    const { at, voiced } = marks.at(-1)!;
    const pitch = pitchAt(at + step);
    const next =
      pitch === 0
        ? { at: at + step, voiced: false }
        : voiced
          ? { at: at + likest(samples, at, rate / pitch), voiced: true }
          : { at: peak(samples, at + (step >> 1), Math.round(rate / pitch)), voiced: true };
    if (next.at >= samples.length) return marks;
    marks.push(next);
  }
}

/** Where the next period begins: the shift under which the surroundings are most alike. */
function likest(samples: Float64Array, at: number, period: number): number {
  const half = Math.round(period * 0.6);
  let best = Math.round(period);
  let most = Number.NEGATIVE_INFINITY;
  for (let shift = Math.max(8, Math.round(period * 0.85)); shift <= Math.min(127, period * 1.18); shift++) {
    let [xy, xx, yy] = [0, 1e-9, 1e-9];
    for (let i = -half; i <= half; i++) {
      const a = samples[at + i] ?? 0;
      const b = samples[at + shift + i] ?? 0;
      xy += a * b;
      xx += a * a;
      yy += b * b;
    }
    const value = xy / Math.sqrt(xx * yy) - 0.1 * Math.abs(shift / period - 1);
    if (value > most) {
      most = value;
      best = shift;
    }
  }
  return best;
}

/** The largest swing within a period. */
function peak(samples: Float64Array, from: number, period: number): number {
  let best = from;
  for (let i = from; i < from + period && i < samples.length; i++)
    if (Math.abs(samples[i]!) > Math.abs(samples[best] ?? 0)) best = i;
  return best;
}
