/** One sound kernel with one pack of voices, decoded once. Only takes.ts talks to it. */
import { cos, sin } from '../util/trig.ts';
import { STEPS } from './adpcm.ts';
import { type Clip, HISS_STEP, type Pack } from './pack.ts';

/** What kernel/index.ts exports; it says what each does. */
interface Kernel {
  address(what: number): number;
  decode(from: number, to: number, count: number, first: number): void;
  begin(samples: number): number;
  place(
    ...all: [
      clip: number,
      samples: number,
      marks: number,
      count: number,
      hiss: number,
      reverse: number,
      start: number,
      gain: number,
      tempo: number,
      pitch: number,
      rise: number,
      bend: number,
      throat: number,
      head: number,
      tail: number,
      fadeIn: number,
      fadeOut: number,
      limit: number,
    ]
  ): number;
  room(
    ...all: [
      samples: number,
      delay0: number,
      gain0: number,
      delay1: number,
      gain1: number,
      delay2: number,
      gain2: number,
      delay3: number,
      gain3: number,
    ]
  ): number;
  widePeak(samples: number): number;
  bytes8(samples: number, gain: number): void;
  samples16(samples: number, gain: number, seed: number): void;
}

export interface Engine {
  readonly kernel: Kernel;
  readonly pack: Pack;
  /** Where a clip's decoded samples, its marks and its hiss lie. */
  find(clip: Clip): { readonly samples: number; readonly marks: number; readonly hiss: number };
  /** The first bytes of what `bytes8` or `samples16` wrote, until the next take. */
  written(bytes: number): Uint8Array;
}

const PAGE = 65536;
/** Where packs begin; the kernel's memory.ts has the same number, and a test compares. */
const DATA = 0x2e0000;

export function createEngine(module: WebAssembly.Module, pack: Pack): Engine {
  const clips = pack.voices.flatMap((voice) => [...voice.clips.values()]);
  const decoded = (DATA + pack.bytes.length + 15) & ~15;
  const size = clips.reduce((sum, { samples }) => sum + 4 * samples, decoded);
  const pages = Math.ceil((size + 64) / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const kernel = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernel;
  new Int32Array(memory.buffer, kernel.address(0), STEPS.length).set(STEPS);
  new Float32Array(memory.buffer, kernel.address(1), 256).set(hissPowers());
  new Float32Array(memory.buffer, kernel.address(2), 16).set(HALF_BAND);
  const bytes = new Uint8Array(memory.buffer as ArrayBuffer);
  bytes.set(pack.bytes, DATA);

  const places = new Map<Clip, { samples: number; marks: number; hiss: number }>();
  let to = decoded;
  for (const clip of clips) {
    const hiss = DATA + clip.at + 1;
    const marks = hiss + Math.ceil(clip.samples / HISS_STEP);
    kernel.decode(marks + clip.marks, to, clip.samples, pack.bytes[clip.at]!);
    places.set(clip, { samples: to, marks, hiss });
    to += 4 * clip.samples;
  }
  const file = kernel.address(4);
  return {
    kernel,
    pack,
    find: (clip) => places.get(clip)!,
    written: (length) => bytes.subarray(file, file + length),
  };
}

/** Byte → mean square: none for 0, each further byte 0.4 dB more, from 100 dB below full scale. */
function hissPowers(): Float32Array {
  const powers = new Float32Array(256);
  let power = 1e-10;
  for (let i = 1; i < 256; i++) {
    power *= 1.0964781961431851;
    powers[i] = power;
  }
  return powers;
}

/** The odd taps of a half-band low pass of 32 zero crossings, Hamming window. */
const HALF_BAND = Array.from({ length: 16 }, (_, i) => {
  const x = Math.PI * (i - 7.5);
  return (sin(x) / x) * (0.54 + 0.46 * cos(x / 8));
});
