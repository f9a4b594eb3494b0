/** Recordings as samples −1 … 1: read, resampled, cut to the sounding part, brought to one loudness. */
import { cosTurns, sinTurns } from '../../util/trig.ts';

export interface Wave {
  readonly rate: number;
  readonly samples: Float64Array;
}

/** A file is no recording that we can use; the message follows its name. */
export class WaveError extends Error {
  override readonly name = 'WaveError';
}

const RATES = { least: 8000, most: 48_000 } as const;

/** PCM of 8, 16 or 24 bits, one channel or two (which become one), 8000 to 48000 Hz. Throws `WaveError`. */
export function readWave(file: Uint8Array): Wave {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const tag = (at: number) => String.fromCharCode(...file.subarray(at, at + 4));
  if (file.length < 12 || tag(0) !== 'RIFF' || tag(8) !== 'WAVE')
    throw new WaveError('is no WAV file; expected one (RIFF, PCM)');
  let format: { channels: number; rate: number; bytes: number } | undefined;
  for (let at = 12; at + 8 <= file.length; ) {
    const name = tag(at);
    const length = view.getUint32(at + 4, true);
    const body = at + 8;
    if (name === 'fmt ') format = readFormat(view, body, length);
    if (name === 'data') {
      if (!format) throw new WaveError('has samples before it says of which format they are');
      // An engine that writes to a pipe does not know the length yet
      return readSamples(view, body, Math.min(length, file.length - body), format);
    }
    at = body + length + (length & 1);
  }
  throw new WaveError('has no samples');
}

function readFormat(view: DataView, at: number, length: number) {
  if (length < 16 || at + 16 > view.byteLength) throw new WaveError('is cut short');
  const [code, channels] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
  const [rate, bits] = [view.getUint32(at + 4, true), view.getUint16(at + 14, true)];
  // 0xfffe: the same, said at greater length
  if ((code !== 1 && code !== 0xfffe) || ![8, 16, 24].includes(bits))
    throw new WaveError(`holds format ${code} of ${bits} bits; expected PCM of 8, 16 or 24`);
  if (channels !== 1 && channels !== 2) throw new WaveError(`has ${channels} channels; expected one or two`);
  if (rate < RATES.least || rate > RATES.most)
    throw new WaveError(`has ${rate} samples a second; expected ${RATES.least} to ${RATES.most}`);
  return { channels, rate, bytes: bits / 8 };
}

function readSamples(
  view: DataView,
  at: number,
  length: number,
  { channels, rate, bytes }: { channels: number; rate: number; bytes: number },
): Wave {
  const value = (i: number) => {
    if (bytes === 1) return view.getUint8(i) / 128 - 1;
    if (bytes === 2) return view.getInt16(i, true) / 32768;
    return (view.getInt16(i + 1, true) * 256 + view.getUint8(i)) / 8_388_608;
  };
  const frame = channels * bytes;
  const samples = Float64Array.from({ length: Math.floor(length / frame) }, (_, i) => {
    const first = at + i * frame;
    return channels === 1 ? value(first) : (value(first) + value(first + bytes)) / 2;
  });
  return { rate, samples };
}

/** Windowed sinc, 24 zero crossings a side; the pass band ends a little below the lower of the two Nyquist frequencies. */
export function resample({ rate, samples }: Wave, to: number): Wave {
  if (rate === to) return { rate, samples };
  const cutoff = 0.94 * Math.min(1, to / rate);
  const reach = 24 / cutoff;
  const out = new Float64Array(Math.floor((samples.length * to) / rate));
  // Where samples fall between those before repeats itself, at usual rates after a few
  const known = new Map<number, Float64Array>();
  for (let i = 0; i < out.length; i++) {
    const past = (i * rate) % to;
    const weights = known.get(past) ?? taps(past / to, cutoff, reach);
    known.set(past, weights);
    const first = (i * rate - past) / to - Math.floor(reach);
    const until = Math.min(weights.length, samples.length - first);
    let sum = 0;
    for (let j = Math.max(0, -first); j < until; j++) sum += samples[first + j]! * weights[j]!;
    out[i] = sum;
  }
  return { rate: to, samples: out };
}

/** Weights of the samples from `reach` before to `reach` behind a place that lies `past` a sample. */
function taps(past: number, cutoff: number, reach: number): Float64Array {
  const before = Math.floor(reach);
  return Float64Array.from({ length: 2 * before + 2 }, (_, j) => {
    const away = j - before - past;
    if (Math.abs(away) > reach) return 0;
    const x = away * cutoff;
    const sinc = x === 0 ? 1 : sinTurns(x / 2) / (Math.PI * x);
    return sinc * cutoff * (0.5 + 0.5 * cosTurns(away / reach / 2));
  });
}

const power = (piece: Float64Array) => piece.reduce((sum, x) => sum + x * x, 0);

function powers(samples: Float64Array, step: number): number[] {
  return Array.from({ length: Math.floor(samples.length / step) }, (_, i) =>
    power(samples.subarray(i * step, (i + 1) * step)),
  );
}

/** From the first to the last 8 ms that are at most 38 dB below the loudest, with 8 ms to spare; short fades at both ends. */
export function trim({ rate, samples }: Wave): Wave {
  const step = Math.round(rate * 0.008);
  const loud = powers(samples, step);
  const floor = Math.max(...loud) * 1.6e-4;
  const first = Math.max(0, loud.findIndex((p) => p > floor) - 1);
  const last = Math.min(loud.length, loud.findLastIndex((p) => p > floor) + 2);
  const cut = samples.slice(first * step, last * step);
  const fade = Math.round(rate * 0.004);
  for (let i = 0; i < fade && i < cut.length; i++) {
    cut[i]! *= i / fade;
    cut[cut.length - 1 - i]! *= i / fade;
  }
  return { rate, samples: cut };
}

/** Root mean square over what sounds: 16 ms pieces within 25 dB of the loudest. */
export function loudness({ rate, samples }: Wave): number {
  const step = Math.round(rate * 0.016);
  const loud = powers(samples, step);
  const most = Math.max(0, ...loud);
  const heard = loud.filter((p) => p >= most * 3.2e-3);
  return Math.sqrt(heard.reduce((sum, p) => sum + p, 0) / Math.max(1, heard.length) / step);
}

export function scale({ rate, samples }: Wave, factor: number): Wave {
  return { rate, samples: samples.map((x) => Math.max(-0.999, Math.min(0.999, x * factor))) };
}

/** Less of the low end: each sample less a share of the one before. */
export function brighten({ rate, samples }: Wave, share: number): Wave {
  return { rate, samples: samples.map((x, i) => x - share * (samples[i - 1] ?? 0)) };
}
