/** A share with its 95 % interval (E. B. Wilson, 1927). */
export function percent(right: number, n: number): string {
  const z = 1.96;
  const p = right / n;
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
  const write = (share: number) => (100 * Math.max(0, Math.min(1, share))).toFixed(1);
  return `${write(p)} % (${write(middle - half)} – ${write(middle + half)})`;
}
