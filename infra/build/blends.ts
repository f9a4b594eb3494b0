/** Which blends of palette colours deserve an entry of their own: edges are drawn in the nearest one there is. */
type Rgb = readonly [number, number, number];

const rgb = (hex: string): Rgb => {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
};
const hex = (color: Rgb) => `#${color.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
/** The kernel's own measure (paint.ts). */
const far = (a: Rgb, b: Rgb) => 3 * (a[0] - b[0]) ** 2 + 6 * (a[1] - b[1]) ** 2 + 2 * (a[2] - b[2]) ** 2;

/** How many of the first `palette` entries can lie under an icon: white, grounds and shades. */
const GROUNDS = [0, 1, 2, 4, 5, 7, 8, 10, 11, 13, 14, 16, 17];

/**
 * `count` colours that help most, chosen one after the other: each is the blend whose entry takes away the most error, over all
 * pairs of colours that meet in an icon and all outer colours on all grounds.
 */
export function blends(
  palette: readonly string[],
  icons: readonly (readonly string[])[],
  count: number,
): string[] {
  const weights = new Map<string, number>();
  const meet = (a: string, b: string, weight: number) => {
    const [p, q] = [rgb(a), rgb(b)];
    for (const share of [0.25, 0.5, 0.75]) {
      const cell = p.map(
        (part, i) => Math.round((part + (q[i]! - part) * share) / 10) * 10,
      ) as unknown as Rgb;
      const key = hex(cell.map((part) => Math.min(255, part)) as unknown as Rgb);
      weights.set(key, (weights.get(key) ?? 0) + weight);
    }
  };
  for (const fills of icons) {
    const own = [...new Set(fills)];
    for (const [i, a] of own.entries()) {
      for (const b of own.slice(i + 1)) meet(a, b, 1 / own.length);
      for (const ground of GROUNDS) meet(a, palette[ground]!, 0.35 / own.length);
    }
  }
  const wanted = [...weights.keys()].map(rgb);
  const weight = Float64Array.from(weights.values());
  const n = wanted.length;
  const distance = Float64Array.from({ length: n * n }, (_, i) =>
    far(wanted[i % n]!, wanted[Math.floor(i / n)]!),
  );
  const error = Float64Array.from(wanted, (color) =>
    Math.min(...palette.map((known) => far(color, rgb(known)))),
  );
  const chosen: string[] = [];
  while (chosen.length < count) {
    let best = 0;
    let most = -1;
    for (let i = 0; i < n; i++) {
      let gain = 0;
      for (let j = 0; j < n; j++) gain += Math.max(0, error[j]! - distance[i * n + j]!) * weight[j]!;
      if (gain > most) [most, best] = [gain, i];
    }
    chosen.push(hex(wanted[best]!));
    for (let j = 0; j < n; j++) error[j] = Math.min(error[j]!, distance[best * n + j]!);
  }
  return chosen;
}
