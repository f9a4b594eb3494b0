/** How far apart two colours are to the eye: relative luminance and contrast ratio of WCAG 2.2. */
type Color = ArrayLike<number>;

/** WCAG 1.4.11: graphical objects. */
export const LEAST_CONTRAST = 3;

/** Relative luminance of each channel value; the power 2.4 by a table, since engines differ in the last bits of `**`. */
const LINEAR = Float64Array.from({ length: 256 }, (_, value) => {
  const share = value / 255;
  const exact = share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  return Math.round(exact * 1e6) / 1e6;
});

const luminance = (color: Color): number =>
  0.2126 * LINEAR[color[0]!]! + 0.7152 * LINEAR[color[1]!]! + 0.0722 * LINEAR[color[2]!]!;

/** 1 … 21; channels 0 … 255. */
export function contrast(a: Color, b: Color): number {
  const [one, other] = [luminance(a) + 0.05, luminance(b) + 0.05];
  return Math.max(one, other) / Math.min(one, other);
}

/** Six hexadecimal digits, # or not, as three channels. */
export function hexColor(text: string): [red: number, green: number, blue: number] {
  const value = Number.parseInt(text.replace('#', ''), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
