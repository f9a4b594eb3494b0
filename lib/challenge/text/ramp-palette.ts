/** Sixteen shades between a dark and a light tint; which end is the ink's is a coin's toss. */
import type { Random } from '../../util/random.ts';

const SHADES = 16;

/** Luminances: dark 0.08 … 0.22, light 0.62 … 0.74 above that. */
export function rampPalette(random: Random): Uint8Array {
  const low = random.between(0.08, 0.22);
  const dark = tint(low, random);
  const light = tint(low + random.between(0.62, 0.74), random);
  const [ground, ink] = random.chance() ? [dark, light] : [light, dark];
  const palette = new Uint8Array(3 * SHADES);
  for (let i = 0; i < SHADES; i++)
    for (let k = 0; k < 3; k++)
      palette[3 * i + k] = Math.round(ground[k]! + ((ink[k]! - ground[k]!) * i) / (SHADES - 1));
  return palette;
}

/** A random hue of low saturation at that luminance (Rec. 601 weights), as far as the cube allows. */
function tint(luminance: number, random: Random): number[] {
  const saturation = random.between(0.1, 0.45);
  const channels = [random.unit(), random.unit(), random.unit()];
  const mean = 0.299 * channels[0]! + 0.587 * channels[1]! + 0.114 * channels[2]!;
  const spread = saturation * (luminance < 0.5 ? luminance : 1 - luminance) * 1.6;
  return channels.map((channel) => {
    const value = 255 * (luminance + (channel - mean) * spread);
    return Math.max(0, Math.min(255, value));
  });
}
