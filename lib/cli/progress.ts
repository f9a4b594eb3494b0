/** A bar on the terminal for long work; silent where standard error is not a terminal. */
import type { Output } from './command.ts';

const REDRAW_MS = 100;
const BAR = 24;

export interface Progress {
  /** So many are done now. */
  at(done: number): void;
  /** Takes the bar away. */
  end(): void;
}

export function progressBar(
  output: Output,
  label: string,
  total: number,
  now = () => performance.now(),
): Progress {
  if (!output.isTTY) return { at: () => {}, end: () => {} };
  const start = now();
  let drawnAt = Number.NEGATIVE_INFINITY;
  return {
    at(done) {
      const time = now();
      if (time - drawnAt < REDRAW_MS && done < total) return;
      drawnAt = time;
      const line = progressLine(label, done, total, (time - start) / 1000);
      output.write(`\r${line.slice(0, (output.columns ?? 80) - 1)}\u001b[K`);
    },
    end() {
      output.write('\r\u001b[K');
    },
  };
}

/** `samples [######------------------]  25 %  250 of 1000  812/s  1 s left` */
export function progressLine(label: string, done: number, total: number, seconds: number): string {
  const share = total === 0 ? 1 : done / total;
  const filled = Math.round(share * BAR);
  const bar = '#'.repeat(filled) + '-'.repeat(BAR - filled);
  const rate = seconds > 0 ? done / seconds : 0;
  const left = rate > 0 ? `  ${Math.round(rate)}/s  ${Math.ceil((total - done) / rate)} s left` : '';
  return `${label} [${bar}] ${String(Math.floor(share * 100)).padStart(3)} %  ${done} of ${total}${left}`;
}
