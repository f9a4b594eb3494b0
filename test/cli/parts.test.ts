/** The small parts of the command: suggestions and the progress bar. */
import { describe, expect, it } from 'vitest';
import { progressBar, progressLine } from '../../lib/cli/progress.ts';
import { distance, suggestion } from '../../lib/cli/suggest.ts';

describe('suggestions', () => {
  it('count edits, swapped neighbours as one', () => {
    expect(distance('preset', 'preset')).toBe(0);
    expect(distance('perset', 'preset')).toBe(1);
    expect(distance('', 'abc')).toBe(3);
    expect(distance('kitten', 'sitting')).toBe(3);
  });

  it('are made only when one is near', () => {
    const known = ['difficulty', 'preset', 'seed'];
    expect(suggestion('dificulty', known)).toBe('difficulty');
    expect(suggestion('diff', known)).toBe('difficulty');
    expect(suggestion('SEED', known)).toBe('seed');
    expect(suggestion('banana', known)).toBeUndefined();
    expect(suggestion('x', [])).toBeUndefined();
  });
});

describe('the progress bar', () => {
  const recorder = (isTTY: boolean) => {
    const written: string[] = [];
    return {
      written,
      output: { isTTY, columns: 60, write: (data: string | Uint8Array) => written.push(`${data}`) },
    };
  };

  it('says how far, how fast and how long', () => {
    expect(progressLine('samples', 250, 1000, 0.5)).toBe(
      'samples [######------------------]  25 %  250 of 1000  500/s  2 s left',
    );
    expect(progressLine('samples', 0, 0, 0)).toContain('100 %');
  });

  it('is silent where nobody looks', () => {
    const { written, output } = recorder(false);
    const bar = progressBar(output, 'samples', 2);
    bar.at(1);
    bar.at(2);
    bar.end();
    expect(written).toEqual([]);
  });

  it('redraws ten times a second at most, keeps to the width and cleans up', () => {
    const { written, output } = recorder(true);
    let time = 0;
    const bar = progressBar(output, 'samples', 1000, () => time);
    for (let done = 1; done <= 1000; done++) {
      time += 1;
      bar.at(done);
    }
    bar.end();
    expect(written.length).toBeLessThanOrEqual(13);
    for (const line of written) expect(line.length - '\r\u001b[K'.length).toBeLessThan(60);
    expect(written.at(-1)).toBe('\r\u001b[K');
  });
});
