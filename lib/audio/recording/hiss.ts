/** How loud speech is above 4 kHz, where a clip at 8 kHz says nothing: mostly the hiss of consonants, which the mixer makes anew from noise. */
import { cosTurns, sinTurns } from '../../util/trig.ts';

const TAPS = 31;
/** Half-band high pass, Hamming window. */
const HIGH_PASS = Array.from({ length: TAPS }, (_, i) => {
  const n = i - (TAPS - 1) / 2;
  const ideal = n === 0 ? 0.5 : -sinTurns(n / 4) / (Math.PI * n);
  return ideal * (0.54 - 0.46 * cosTurns(i / (TAPS - 1)));
});

/** A byte per `step` samples at 16 kHz: 0 is silence, each further one 0.4 dB more, from 100 dB below full scale. */
export function hissLevels(samples: Float64Array, step: number): Uint8Array {
  const high = samples.map((_, i) =>
    HIGH_PASS.reduce((sum, tap, k) => sum + tap * (samples[i + k - (TAPS - 1) / 2] ?? 0), 0),
  );
  return Uint8Array.from({ length: Math.ceil(samples.length / step) }, (_, i) => {
    const piece = high.subarray(i * step, (i + 1) * step);
    const power = piece.reduce((sum, x) => sum + x * x, 0) / step;
    return Math.max(0, Math.min(255, Math.round((10 * Math.log10(power + 1e-12) + 100) / 0.4)));
  });
}
