/** A million challenges through the real service on the memory store: what they leave behind must not grow with them. */
import { expect, it } from 'vitest';
import { rig } from '../http/rig.ts';

const MILLION = 1_000_000;
const MEASURE_EVERY = 100_000;

it('memory stays flat over a million challenges', async () => {
  const r = rig();
  const heap: number[] = [];
  for (let i = 1; i <= MILLION; i++) {
    // Ten a second: some three thousand live at once.
    r.advance(100);
    const subject = { address: `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}` };
    const issued = await r.service.generate({ lang: 'en', kind: 'text', preset: 'bitmap' }, subject);
    if (!issued.ok) throw new Error('refused');
    if (i % 2 === 0) await r.service.verify({ id: issued.id, answer: '0000', hostname: '' }, subject);
    if (i % MEASURE_EVERY === 0) {
      globalThis.gc?.();
      heap.push(process.memoryUsage().heapUsed / 2 ** 20);
    }
  }
  console.log(`heap, MiB, every ${MEASURE_EVERY}: ${heap.map((mib) => mib.toFixed(0)).join(' ')}`);
  const [early, late] = [heap[1]!, heap.at(-1)!];
  expect(late).toBeLessThan(early * 1.5 + 20);
});
