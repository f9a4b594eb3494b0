/** The drawing bench: every contestant in turn, round after round. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { answerOf } from './child.ts';
import type { Contestant } from './contestant.ts';
import type { Round, RoundOrder } from './contestant-child.ts';
import { contestants } from './contestants.ts';
import { mean, percentile, type Spread, spread } from './stats.ts';

export interface DrawFigures {
  readonly name: string;
  readonly format: string;
  readonly draws: string;
  /** Pictures per second by the clock: median, lowest and highest round. */
  readonly perSecond: Spread;
  /** CPU microseconds a picture. 1e6 / this is pictures per second of a core that does nothing else. */
  readonly cpuMicros: Spread;
  /** Milliseconds of single pictures over all rounds. */
  readonly p50: number;
  readonly p95: number;
  /** Mean size of a picture in bytes. */
  readonly bytes: number;
}

export interface DrawPlan {
  readonly rounds: number;
  readonly roundMs: number;
  readonly warmUpMs: number;
}

export const FULL: DrawPlan = { rounds: 9, roundMs: 500, warmUpMs: 1500 };
export const QUICK: DrawPlan = { rounds: 3, roundMs: 200, warmUpMs: 400 };

const script = fileURLToPath(new URL('./contestant-child.ts', import.meta.url));

export async function drawBench(plan: DrawPlan, tell: (what: string) => void): Promise<DrawFigures[]> {
  const seats: Seat[] = [];
  try {
    for (const contestant of contestants) {
      tell(`draw: warming up ${contestant.name}`);
      const seat = await seatFor(contestant);
      seats.push(seat);
      await seat.draw({ ms: plan.warmUpMs });
    }
    for (let round = 0; round < plan.rounds; round++) {
      tell(`draw: round ${round + 1} of ${plan.rounds}`);
      for (let turn = 0; turn < seats.length; turn++) {
        const seat = seats[(turn + round) % seats.length]!;
        seat.rounds.push(await seat.draw({ ms: plan.roundMs }));
      }
    }
  } finally {
    for (const seat of seats) seat.leave();
  }
  return seats.map(figuresOf);
}

/** A contestant in its process. */
export interface Seat {
  readonly contestant: Contestant;
  readonly rounds: Round[];
  draw(order: RoundOrder): Promise<Round>;
  leave(): void;
}

export async function seatFor(contestant: Contestant): Promise<Seat> {
  const child = fork(script, [contestant.name], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  await answerOf(child, contestant.name);
  return {
    contestant,
    rounds: [],
    draw: (order) => {
      child.send(order);
      return answerOf<Round>(child, contestant.name);
    },
    leave: () => {
      child.kill();
    },
  };
}

function figuresOf({ contestant, rounds }: Seat): DrawFigures {
  const micros = rounds.flatMap((round) => round.micros);
  return {
    name: contestant.name,
    format: contestant.format,
    draws: contestant.draws,
    perSecond: spread(rounds.map((round) => round.perSecond)),
    cpuMicros: spread(rounds.map((round) => round.cpuMicros)),
    p50: percentile(micros, 0.5) / 1000,
    p95: percentile(micros, 0.95) / 1000,
    bytes: Math.round(mean(rounds.map((round) => round.bytes))),
  };
}
