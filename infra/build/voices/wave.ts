/** Recordings as samples −1 … 1: read, resampled, cut to the sounding part, brought to one loudness. */

export interface Wave {
  readonly rate: number;
  readonly samples: Float64Array;
}

/** One channel of 16-bit PCM, as speech engines write it. */
export function readWave(file: Uint8Array): Wave {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const tag = (at: number) => String.fromCharCode(...file.subarray(at, at + 4));
  if (tag(0) !== 'RIFF' || tag(8) !== 'WAVE') throw new Error('expected a WAV file');
  let rate = 0;
  for (let at = 12; at + 8 <= file.length; ) {
    const bytes = view.getUint32(at + 4, true);
    if (tag(at) === 'fmt ') {
      rate = view.getUint32(at + 12, true);
      if (view.getUint16(at + 10, true) !== 1 || view.getUint16(at + 22, true) !== 16)
        throw new Error('expected one channel of 16 bits');
    }
    if (tag(at) === 'data') {
      // An engine that writes to a pipe does not know the length yet
      const count = Math.floor(Math.min(bytes, file.length - at - 8) / 2);
      return {
        rate,
        samples: Float64Array.from({ length: count }, (_, i) => view.getInt16(at + 8 + 2 * i, true) / 32768),
      };
    }
    at += 8 + bytes + (bytes & 1);
  }
  throw new Error('expected a WAV file with samples');
}

/** Windowed sinc, 24 zero crossings a side; the pass band ends a little below the lower of the two Nyquist frequencies. */
export function resample({ rate, samples }: Wave, to: number): Wave {
  if (rate === to) return { rate, samples };
  const cutoff = 0.94 * Math.min(1, to / rate);
  const reach = 24 / cutoff;
  const out = new Float64Array(Math.floor((samples.length * to) / rate));
  for (let i = 0; i < out.length; i++) {
    const centre = (i * rate) / to;
    let sum = 0;
    for (
      let j = Math.max(0, Math.ceil(centre - reach));
      j <= Math.min(samples.length - 1, centre + reach);
      j++
    ) {
      const x = (j - centre) * cutoff;
      const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
      sum += samples[j]! * sinc * cutoff * (0.5 + 0.5 * Math.cos((Math.PI * (j - centre)) / reach));
    }
    out[i] = sum;
  }
  return { rate: to, samples: out };
}

/** From the first to the last 8 ms that are at most 38 dB below the loudest, with 8 ms to spare; short fades at both ends. */
export function trim({ rate, samples }: Wave): Wave {
  const step = Math.round(rate * 0.008);
  const power: number[] = [];
  for (let at = 0; at + step <= samples.length; at += step)
    power.push(samples.subarray(at, at + step).reduce((sum, x) => sum + x * x, 0));
  const floor = Math.max(...power) * 10 ** -3.8;
  const first = Math.max(0, power.findIndex((p) => p > floor) - 1);
  const last = Math.min(power.length, power.findLastIndex((p) => p > floor) + 2);
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
  const power: number[] = [];
  for (let at = 0; at + step <= samples.length; at += step)
    power.push(samples.subarray(at, at + step).reduce((sum, x) => sum + x * x, 0) / step);
  const most = Math.max(...power);
  const heard = power.filter((p) => p > most * 10 ** -2.5);
  return Math.sqrt(heard.reduce((sum, p) => sum + p, 0) / heard.length);
}

export function scale({ rate, samples }: Wave, factor: number): Wave {
  return { rate, samples: samples.map((x) => Math.max(-0.999, Math.min(0.999, x * factor))) };
}
