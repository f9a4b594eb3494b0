/**
 * The fixed entries of the scene palette, in the order in which `npm run build:icons` puts them before the icons' own colours.
 * Six themes, one hue each: a pale ground, a shade of it for soft shapes, and the hue for header, borders and inks.
 */
export type Hex = `#${string}`;

export interface Theme {
  readonly ground: number;
  readonly shade: number;
  readonly hue: number;
}

const THEMES_HEX: readonly (readonly [ground: Hex, shade: Hex, hue: Hex])[] = [
  ['#e8f3ec', '#d3e8da', '#2f6b4f'],
  ['#e9f0fb', '#d4e1f6', '#2b4c8c'],
  ['#fbf0e4', '#f5e0c8', '#8a5426'],
  ['#f3ecfa', '#e5d8f3', '#5b3b8c'],
  ['#fdecef', '#f8d7dd', '#93364b'],
  ['#eaf6f8', '#d2eaef', '#1f6575'],
];

/** What an object without a colour of its own may wear: light, main, dark, deep. */
const COATS_HEX: readonly (readonly Hex[])[] = [
  ['#ff8687', '#f8312f', '#ca0b4a', '#990838'],
  ['#83cbff', '#00a6ed', '#0074ba', '#00588f'],
  ['#a5de5a', '#3fae4a', '#1d8150', '#0f6440'],
  ['#b48ae0', '#8d65c5', '#6b438b', '#4d2f68'],
  ['#fcd53f', '#ff9a2e', '#d9701c', '#a85212'],
];

/** Which shade of a coat each colour of the source icons is; other colours never change. */
export const SHADE_OF: Readonly<Record<Hex, number>> = {
  '#ff8687': 0,
  '#f8312f': 1,
  '#f92f60': 1,
  '#ca0b4a': 2,
  '#990838': 3,
  '#a4aeeb': 0,
  '#3f5fff': 1,
  '#5235a6': 2,
  '#00a6ed': 1,
  '#46a4fb': 1,
  '#0074ba': 2,
  '#8d65c5': 1,
  '#b859d3': 1,
  '#8c42b3': 2,
  '#6b438b': 3,
  '#c3ef3c': 0,
  '#86d72f': 1,
  '#00d26a': 2,
  '#44911b': 3,
  '#00f397': 1,
  '#008463': 2,
};

/** Steps of a hue towards white, for the edges of letters: a quarter, a half, three quarters. */
function towardsWhite(hex: Hex, share: number): Hex {
  const part = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16);
    return Math.round(value + (255 - value) * share)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${part(1)}${part(3)}${part(5)}`;
}

const WHITE_HEX: Hex = '#ffffff';

/** Every fixed entry; an entry's place here is its palette index. */
export const FIXED: readonly Hex[] = [
  ...new Set<Hex>([
    WHITE_HEX,
    ...THEMES_HEX.flat(),
    ...THEMES_HEX.flatMap(([, , hue]) => [0.25, 0.5, 0.75].map((share) => towardsWhite(hue, share))),
    ...COATS_HEX.flat(),
  ]),
];

const indexOf = (hex: Hex) => FIXED.indexOf(hex);

export const WHITE = indexOf(WHITE_HEX);
export const THEMES: readonly Theme[] = THEMES_HEX.map(([ground, shade, hue]) => ({
  ground: indexOf(ground),
  shade: indexOf(shade),
  hue: indexOf(hue),
}));
export const COATS: readonly (readonly number[])[] = COATS_HEX.map((coat) => coat.map(indexOf));
