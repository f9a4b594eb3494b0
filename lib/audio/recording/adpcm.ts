/** IMA ADPCM, 4 bits a sample (IMA Digital Audio Focus Group, 1992), written with a look ahead instead of nearest value by nearest value. */
import { STEPS, stepAfter } from '../adpcm.ts';

interface Path {
  readonly value: number;
  readonly index: number;
  readonly error: number;
  readonly code: number;
  readonly before: Path | undefined;
}

export interface Encoded {
  readonly index: number;
  /** Two samples a byte, the first in the low half. */
  readonly bytes: Uint8Array;
  /** What a decoder makes of it. */
  readonly samples: Float64Array;
}

/** `breadth`: how many ways are followed at once; 1 takes the nearest value each time. */
export function encodeAdpcm(samples: ArrayLike<number>, breadth: number): Encoded {
  let paths: Path[] = [0, 16, 32].map((index) => ({
    value: 0,
    index,
    error: 0,
    code: -1,
    before: undefined,
  }));
  const firsts = new Map<Path, number>(paths.map((path) => [path, path.index]));
  for (let i = 0; i < samples.length; i++) {
    const wanted = samples[i]! * 32768;
    const next = new Map<number, Path>();
    for (const path of paths)
      for (let code = 0; code < 16; code++) {
        const value = valueAfter(path.value, path.index, code);
        const error = path.error + (value - wanted) ** 2;
        const index = stepAfter(path.index, code);
        const key = index * 65536 + value + 32768;
        if ((next.get(key)?.error ?? Number.POSITIVE_INFINITY) > error)
          next.set(key, { value, index, error, code, before: path });
      }
    paths = [...next.values()].sort((a, b) => a.error - b.error).slice(0, breadth);
  }
  const bytes = new Uint8Array((samples.length + 1) >> 1);
  const out = new Float64Array(samples.length);
  let path = paths[0]!;
  for (let i = samples.length - 1; i >= 0; i--) {
    bytes[i >> 1]! |= path.code << (4 * (i & 1));
    out[i] = path.value / 32768;
    path = path.before!;
  }
  return { index: firsts.get(path)!, bytes, samples: out };
}

function valueAfter(value: number, index: number, code: number): number {
  const step = STEPS[index]!;
  const size = ((2 * (code & 7) + 1) * step) >> 3;
  return Math.max(-32768, Math.min(32767, value + (code & 8 ? -size : size)));
}
