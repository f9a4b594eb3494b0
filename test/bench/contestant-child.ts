/**
 * One contestant in a process of its own. The parent names it on the command line and then says for how long to draw; the answer is what
 * that round gave. Between rounds the process sleeps, so that contestants take turns on the machine.
 */
import type { Draw, Drawn } from './contestant.ts';
import { contestants } from './contestants.ts';

export interface RoundOrder {
  readonly ms: number;
}

export interface Round {
  readonly perSecond: number;
  /** CPU microseconds of this process a picture, garbage collection and compilation included: hardly disturbed by who else runs. */
  readonly cpuMicros: number;
  /** Microseconds of single pictures, at most `KEPT` of them, evenly picked. */
  readonly micros: readonly number[];
  readonly bytes: number;
  /** Made from the bytes of every picture, so that no engine may leave one out. */
  readonly sink: number;
}

const KEPT = 2000;
const sizeOf = (drawn: Drawn) => (typeof drawn === 'string' ? Buffer.byteLength(drawn) : drawn.length);
const lastOf = (drawn: Drawn) =>
  typeof drawn === 'string' ? drawn.charCodeAt(drawn.length - 1) : drawn.at(-1)!;

async function drawFor(draw: Draw, ms: number): Promise<Round> {
  const micros: number[] = [];
  let bytes = 0;
  let sink = 0;
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  let before = start;
  while (before - start < ms) {
    const drawing = draw();
    const drawn = drawing instanceof Promise ? await drawing : drawing;
    bytes += sizeOf(drawn);
    sink ^= lastOf(drawn);
    const after = performance.now();
    micros.push((after - before) * 1000);
    before = after;
  }
  const { user, system } = process.cpuUsage(cpuBefore);
  const step = Math.max(1, Math.ceil(micros.length / KEPT));
  return {
    perSecond: (micros.length * 1000) / (before - start),
    cpuMicros: (user + system) / micros.length,
    micros: micros.filter((_, i) => i % step === 0),
    bytes: bytes / micros.length,
    sink,
  };
}

const name = process.argv[2];
const contestant = contestants.find((candidate) => candidate.name === name);
if (!contestant) throw new Error(`bench: no contestant is called ${name}`);
const draw = await contestant.open();

process.on('message', async (order: RoundOrder) => {
  process.send!(await drawFor(draw, order.ms));
});
process.send!('ready');
