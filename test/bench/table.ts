/** Plain tables for a terminal: the first column to the left, figures to the right. */
import type { Spread } from './stats.ts';

export function table(head: readonly string[], rows: readonly (readonly string[])[], left = 1): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (column < left ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}

/** Three significant digits at least, thousands apart: 16 204, 812, 3.91, 0.054. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value >= 1000)
    return Math.round(value)
      .toString()
      .replace(/\B(?=(\d{3})+$)/g, ' ');
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value >= 1 ? value.toFixed(2) : value.toFixed(3);
}

/** `median (lowest … highest)` */
export const range = ({ median, min, max }: Spread): string =>
  `${figure(median)} (${figure(min)} … ${figure(max)})`;
