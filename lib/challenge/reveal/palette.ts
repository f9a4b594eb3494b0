/** Colours: a ground, a tint for each set of the same lightness, and an ink for the symbols; light on dark or dark on light. */
import type { Random } from '../../util/random.ts';
import type { Mode } from './modes.ts';

type Color = readonly [red: number, green: number, blue: number];

export interface Tints {
  readonly dark: boolean;
  readonly ground: Color;
  /** Of each set: as pieces under symbols, and as what has to be read. */
  readonly faint: readonly Color[];
  readonly strong: readonly Color[];
  readonly ink: Color;
}

const SHADES = 4;

export function drawTints(sets: number, random: Random): Tints {
  const dark = random.chance();
  const hue = random.unit();
  // Luminances (Rec. 601), 0 … 1
  const [ground, faint, strong, ink] = dark ? [0.11, 0.36, 0.74, 0.97] : [0.95, 0.72, 0.34, 0.12];
  const hues = Array.from({ length: sets }, (_, set) => hue + set / sets + random.between(-0.06, 0.06));
  return {
    dark,
    ground: color(random.unit(), 0.12, ground),
    faint: hues.map((one) => color(one, 0.5, faint)),
    strong: hues.map((one) => color(one, 0.75, strong)),
    ink: color(random.unit(), 0.2, ink),
  };
}

/** 0 the ground, then the sets, then in the guarded mode the shades of the ink. */
export function stillPalette(tints: Tints, mode: Mode): Uint8Array {
  const { ground, ink } = tints;
  const symbols = mode === 'guarded' ? shades(ground, ink) : [];
  return Uint8Array.from([ground, ...pieces(tints, mode), ...symbols].flat());
}

/** 0 the ground, which is transparent here, then the sets. */
export function spritePalette(tints: Tints, mode: Mode): Uint8Array {
  return Uint8Array.from([tints.ground, ...pieces(tints, mode)].flat());
}

const pieces = ({ faint, strong }: Tints, mode: Mode) => (mode === 'guarded' ? faint : strong);

const shades = (from: Color, to: Color): Color[] =>
  Array.from({ length: SHADES }, (_, i) => mix(from, to, (i + 1) / SHADES));

const mix = (from: Color, to: Color, share: number): Color => {
  const at = (k: 0 | 1 | 2) => Math.round(from[k] + (to[k] - from[k]) * share);
  return [at(0), at(1), at(2)];
};

/** Of that hue (turns) and luminance, as saturated as asked where the cube allows it. */
function color(hue: number, saturation: number, luminance: number): Color {
  const turn = (hue - Math.floor(hue)) * 6;
  const wheel = (shift: number) => {
    const place = (turn + shift) % 6;
    return place < 1 ? place : place < 3 ? 1 : place < 4 ? 4 - place : 0;
  };
  const pure = [wheel(2), wheel(0), wheel(4)] as const;
  const mean = 0.299 * pure[0] + 0.587 * pure[1] + 0.114 * pure[2];
  const room = Math.min(luminance / mean, (1 - luminance) / (1 - mean), 1) * saturation;
  const channel = (value: number) =>
    Math.round(255 * Math.max(0, Math.min(1, luminance + (value - mean) * room)));
  return [channel(pure[0]), channel(pure[1]), channel(pure[2])];
}

export const css = ([red, green, blue]: Color): string =>
  `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
