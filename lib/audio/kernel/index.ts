/**
 * The sound kernel: decodes clips (decode), lays them into a take at another pitch, tempo and throat length (place: TD-PSOLA with
 * triangular windows), gives it a room (room) and writes samples (bytes8, samples16). Plain IEEE arithmetic throughout,
 * so that a take is the same bytes everywhere.
 */
import {
  BUS,
  DATA,
  ECHO,
  HALF_BAND,
  HISS,
  LONGEST,
  MARKS,
  MOST,
  OUT,
  PADDING,
  POWERS,
  SCRATCH,
  STEPS,
  WIDEST,
} from './memory';

/** Addresses for the host: 0 step sizes, 1 hiss powers, 2 half-band taps, 3 packs, 4 samples of the file. */
export function address(what: i32): usize {
  if (what === 0) return STEPS;
  if (what === 1) return POWERS;
  if (what === 2) return HALF_BAND;
  if (what === 3) return DATA;
  return OUT;
}

/** `count` samples of ADPCM at `from` become f32 at `to`. */
export function decode(from: usize, to: usize, count: i32, first: i32): void {
  let index = first;
  let value = 0;
  for (let i = 0; i < count; i++) {
    const code = (<i32>load<u8>(from + (i >> 1)) >> ((i & 1) << 2)) & 15;
    const step = load<i32>(STEPS + (index << 2));
    const size = ((2 * (code & 7) + 1) * step) >> 3;
    value = max(-32768, min(32767, code & 8 ? value - size : value + size));
    index = max(0, min(88, index + (code & 4 ? ((code & 3) + 1) << 1 : -1)));
    store<f32>(to + (i << 2), <f32>value * (1.0 / 32768.0));
  }
}

/** An empty take of `samples`; false when that is too long. */
export function begin(samples: i32): bool {
  if (samples <= 0 || samples > MOST) return false;
  memory.fill(BUS - PADDING, 0, (samples << 2) + 2 * PADDING);
  memory.fill(HISS, 0, ((samples >> 6) + 1) << 2);
  return true;
}

/** A clip on its way into the scratch: resampled by `throat` (shorter throats are quicker waves), turned round if asked. */
function prepare(clip: usize, samples: i32, throat: f32, reverse: bool): i32 {
  const count = <i32>Mathf.floor(<f32>(samples - 2) / throat);
  const first: f32 = reverse ? <f32>(samples - 2) : 0;
  const step: f32 = reverse ? -throat : throat;
  let at = f32x4.add(f32x4.splat(first), f32x4.mul(f32x4(0, 1, 2, 3), f32x4.splat(step)));
  const four = f32x4.splat(4 * step);
  for (let i = 0; i < count; i += 4) {
    const whole = i32x4.trunc_sat_f32x4_s(at);
    const part = f32x4.sub(at, f32x4.convert_i32x4_s(whole));
    // Each load brings a sample and the next one
    let left = v128.load64_zero(clip + (i32x4.extract_lane(whole, 0) << 2));
    left = v128.load64_lane(clip + (i32x4.extract_lane(whole, 1) << 2), left, 1);
    let right = v128.load64_zero(clip + (i32x4.extract_lane(whole, 2) << 2));
    right = v128.load64_lane(clip + (i32x4.extract_lane(whole, 3) << 2), right, 1);
    const a = v128.shuffle<f32>(left, right, 0, 2, 4, 6);
    const b = v128.shuffle<f32>(left, right, 1, 3, 5, 7);
    v128.store(SCRATCH + (i << 2), f32x4.add(a, f32x4.mul(f32x4.sub(b, a), part)));
    at = f32x4.add(at, four);
  }
  // Before it nothing is ever written; behind it a grain may reach
  memory.fill(SCRATCH + (count << 2), 0, WIDEST << 2);
  return count;
}

/** Marks in the scratch's time. Unvoiced ones are stored below zero, minus one. */
function readMarks(marks: usize, count: i32, samples: i32, throat: f32, reverse: bool): void {
  let at = 0;
  for (let i = 0; i < count; i++) {
    const byte = <i32>load<u8>(marks + i);
    at += byte & 127;
    const where: f32 = <f32>(reverse ? max(0, samples - 2 - at) : at) / throat;
    const slot = reverse ? count - 1 - i : i;
    store<f32>(MARKS + (slot << 2), byte & 128 ? where : -1 - where);
  }
}

function markAt(i: i32): f32 {
  const raw = load<f32>(MARKS + (i << 2));
  return raw < 0 ? -1 - raw : raw;
}

/** Crossfades from one grain to the next over `length` samples, at a gain that runs from g0 to g1. */
function blend(out: usize, a: usize, b: usize, length: i32, g0: f32, g1: f32): void {
  const step: f32 = 1 / <f32>length;
  const gain = (g1 - g0) * step;
  const ramp = f32x4(0, 1, 2, 3);
  let w = f32x4.mul(ramp, f32x4.splat(step));
  let g = f32x4.add(f32x4.splat(g0), f32x4.mul(ramp, f32x4.splat(gain)));
  const dw = f32x4.splat(4 * step);
  const dg = f32x4.splat(4 * gain);
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    const p = i << 2;
    const x = v128.load(a + p);
    const y = v128.load(b + p);
    const mixed = f32x4.add(x, f32x4.mul(f32x4.sub(y, x), w));
    v128.store(out + p, f32x4.add(v128.load(out + p), f32x4.mul(mixed, g)));
    w = f32x4.add(w, dw);
    g = f32x4.add(g, dg);
  }
  for (; i < length; i++) {
    const p = i << 2;
    const x = load<f32>(a + p);
    const mixed = x + (load<f32>(b + p) - x) * (<f32>i * step);
    store<f32>(out + p, load<f32>(out + p) + mixed * (g0 + <f32>i * gain));
  }
}

/**
 * Lays a clip into the take from sample `start` on; returns where it ends. `tempo` > 1 is quicker, `pitch` > 1 higher, rising by `rise`
 * from its beginning to its end, as the tempo does by `bend`; `throat` > 1 moves the formants up. `head` and `tail`: samples cut off the clip; `fadeIn` and `fadeOut`
 * in samples of the take.
 */
export function place(
  clip: usize,
  samples: i32,
  marks: usize,
  count: i32,
  hiss: usize,
  reverse: bool,
  start: i32,
  gain: f32,
  tempo: f32,
  pitch: f32,
  rise: f32,
  bend: f32,
  throat: f32,
  head: i32,
  tail: i32,
  fadeIn: i32,
  fadeOut: i32,
  limit: i32,
): i32 {
  if (samples < 64 || count < 2 || count > 4096 || throat < 0.5 || <f32>samples / throat > <f32>LONGEST)
    return start;
  const scratch = prepare(clip, samples, throat, reverse);
  readMarks(marks, count, samples, throat, reverse);
  const rate = tempo / throat;
  const first = <f32>head / throat;
  const last = <f32>(scratch - 1) - <f32>tail / throat;
  const end = min(limit, start + <i32>((last - first) / rate));
  let k = 0;
  while (k + 1 < count && markAt(k + 1) <= first) k++;
  let time = first;
  let at: f32 = <f32>start;
  let from = start;
  let g0: f32 = gain * edge(start, start, end, fadeIn, fadeOut);
  while (from < end) {
    const after = k + 1 < count ? k + 1 : k;
    const gap = after > k ? markAt(after) - markAt(k) : <f32>40;
    const voiced = load<f32>(MARKS + (k << 2)) >= 0;
    const along = (time - first) / (last - first);
    const wanted = voiced ? (gap * throat) / (pitch * (1 + rise * (along - 0.5))) : gap;
    const spacing = max<f32>(8, min<f32>(<f32>WIDEST, wanted));
    time += spacing * rate * (1 + bend * (along - 0.5));
    let next = k;
    while (next + 1 < count && abs(markAt(next + 1) - time) <= abs(markAt(next) - time)) next++;
    at += spacing;
    const to = min(end, <i32>Mathf.floor(at + 0.5));
    const length = to - from;
    const a = SCRATCH + ((<i32>Mathf.floor(markAt(k) + 0.5)) << 2);
    const b = SCRATCH + ((<i32>Mathf.floor(markAt(next) + 0.5) - length) << 2);
    if (length > 0) {
      const g1 = gain * edge(to, start, end, fadeIn, fadeOut);
      blend(BUS + (from << 2), a, b, length, g0, g1);
      g0 = g1;
    }
    from = to;
    k = next;
  }
  const steps = (samples + 63) >> 6;
  for (let q = (start + 63) >> 6; q << 6 < end; q++) {
    let source = <i32>(<f32>head + <f32>((q << 6) - start) * tempo) >> 6;
    if (reverse) source = steps - 1 - source;
    const power = load<f32>(POWERS + ((<usize>load<u8>(hiss + max(0, min(steps - 1, source)))) << 2));
    store<f32>(HISS + (q << 2), load<f32>(HISS + (q << 2)) + power * gain * gain);
  }
  return end;
}

function edge(at: i32, start: i32, end: i32, fadeIn: i32, fadeOut: i32): f32 {
  const rise = <f32>(at - start) / <f32>max(1, fadeIn);
  const fall = <f32>(end - at) / <f32>max(1, fadeOut);
  return min<f32>(1, min(rise, fall));
}

/** The take in a room of four walls (delays in samples); returns its largest swing. */
export function room(
  samples: i32,
  delay0: i32,
  gain0: f32,
  delay1: i32,
  gain1: f32,
  delay2: i32,
  gain2: f32,
  delay3: i32,
  gain3: f32,
): f32 {
  const bytes = (<usize>samples) << 2;
  const g0 = f32x4.splat(gain0);
  const g1 = f32x4.splat(gain1);
  const g2 = f32x4.splat(gain2);
  const g3 = f32x4.splat(gain3);
  const from0 = reflection(delay0);
  const from1 = reflection(delay1);
  const from2 = reflection(delay2);
  const from3 = reflection(delay3);
  let most = f32x4.splat(0);
  for (let p: usize = 0; p < bytes; p += 16) {
    let sum = f32x4.add(v128.load(BUS + p), f32x4.mul(v128.load(from0 + p), g0));
    sum = f32x4.add(sum, f32x4.mul(v128.load(from1 + p), g1));
    sum = f32x4.add(sum, f32x4.mul(v128.load(from2 + p), g2));
    sum = f32x4.add(sum, f32x4.mul(v128.load(from3 + p), g3));
    v128.store(ECHO + p, sum);
    // One instruction where max would be several; nothing here is NaN
    if (p + 16 <= bytes) most = f32x4.pmax(most, f32x4.abs(sum));
  }
  return max(
    max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  );
}

/** Where the take as one wall throws it back begins: in the silence before it. */
function reflection(delay: i32): usize {
  return BUS - ((<usize>max(0, min(<i32>PADDING >> 2, delay))) << 2);
}

/** The same with the hiss above 4 kHz on top, at its highest. */
export function widePeak(samples: i32): f32 {
  let most: f32 = 0;
  for (let i = 0; i < samples; i += 64) {
    const until = min(samples, i + 64);
    let swing: f32 = 0;
    for (let j = i; j < until; j++) swing = max<f32>(swing, abs(load<f32>(ECHO + (j << 2))));
    most = max<f32>(most, swing + 4 * Mathf.sqrt(load<f32>(HISS + ((i >> 6) << 2)) * 0.5));
  }
  return most;
}

/** Eight bits at 8 kHz: bytes, silence is 128. */
export function bytes8(samples: i32, gain: f32): void {
  const g = f32x4.splat(gain * 127);
  const zero = i16x8.splat(128);
  for (let i = 0; i < samples; i += 8) {
    const p = ECHO + (i << 2);
    const low = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(v128.load(p), g)));
    const high = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(v128.load(p, 16), g)));
    const words = i16x8.add(i16x8.narrow_i32x4_s(low, high), zero);
    v128.store64_lane(OUT + i, i8x16.narrow_i16x8_u(words, words), 0);
  }
}

/** Sixteen bits at 16 kHz: every other sample from a half-band filter, and noise where there was hiss above 4 kHz. */
export function samples16(samples: i32, gain: f32, seed: u32): void {
  memory.fill(ECHO - 64, 0, 64);
  memory.fill(ECHO + (samples << 2), 0, 64);
  let state = seed | 1;
  let n1: f32 = 0;
  let n2: f32 = 0;
  for (let i = 0; i < samples; i += 4) {
    const p = ECHO + (i << 2);
    const here = v128.load(p);
    let between = f32x4.splat(0);
    for (let k: usize = 0; k < 16; k++)
      between = f32x4.add(
        between,
        f32x4.mul(v128.load(p + (k << 2) - 28), v128.load32_splat(HALF_BAND + (k << 2))),
      );
    const low = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(here, f32x4.splat(gain * 32767))));
    const odd = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(between, f32x4.splat(gain * 32767))));
    const out = OUT + (i << 2);
    const words = i16x8.narrow_i32x4_s(low, odd);
    v128.store(out, v128.shuffle<i16>(words, words, 0, 4, 1, 5, 2, 6, 3, 7));
    const power = load<f32>(HISS + ((i >> 6) << 2));
    if (power > 0) {
      // Second difference of white noise: most of it lies above 4 kHz; its variance is six times the noise's third
      const level: f32 = Mathf.sqrt(power * 0.5) * gain * 32767;
      for (let j: usize = 0; j < 8; j++) {
        state = state * 1664525 + 1013904223;
        const n0: f32 = <f32>(<i32>state) * (1.0 / 2147483648.0);
        const q = out + (j << 1);
        const sum = <f32>load<i16>(q) + level * (n0 - 2 * n1 + n2);
        store<i16>(q, <i16>max<f32>(-32768, min<f32>(32767, Mathf.floor(sum + 0.5))));
        n2 = n1;
        n1 = n0;
      }
    }
  }
}
