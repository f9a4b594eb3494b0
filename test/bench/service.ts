/**
 * CPU time of the service without drawing: the real parts and the memory store in this process, behind a kind that hands out one fixed
 * puzzle with its picture. Sealing, signing and limiting are in all of it; `app` adds parsing, routing and the JSON with the picture.
 * The CPU time is the whole process's, its helper threads for crypto and garbage collection included.
 */

import { loadRenderAssets } from '../../functions/assets.ts';
import { nodePrimitives } from '../../functions/node-primitives.ts';
import type { ChallengeKind } from '../../lib/challenge/challenge.ts';
import { createKinds } from '../../lib/challenge/registry.ts';
import { readConfig } from '../../lib/config.ts';
import { type Assembled, assemble } from '../../lib/http/assemble.ts';
import { createRenderer } from '../../lib/render/renderer.ts';
import { createMemoryStore } from '../../lib/store/memory.ts';
import { type Spread, spread } from './stats.ts';

export interface ServiceFigures {
  readonly name: string;
  /** CPU microseconds a call: the mean of a round; median, lowest and highest round. */
  readonly micros: Spread;
}

const SUBJECT = { address: '192.0.2.1' };
const WISH = { kind: 'text', preset: 'strong', lang: 'en' } as const;
const HIGH = '1000000000/60s';

/** `calls` a round of each, interleaved; one more round warms up. */
export async function serviceBench(calls: number, rounds: number): Promise<ServiceFigures[]> {
  const { kind, answer } = fixedKind();
  const measured = new Map<string, number[]>();
  const { app, service } = assembled(kind);
  const note = (name: string, micros: number, round: number) => {
    if (round > 0) measured.set(name, [...(measured.get(name) ?? []), micros]);
  };
  for (let round = 0; round <= rounds; round++) {
    const ids: string[] = [];
    const generate = await cpuMicros(calls, async () => {
      const issued = await service.generate(WISH, SUBJECT);
      if (!issued.ok) throw new Error(`bench: generate was refused: ${issued.reason}`);
      ids.push(issued.id);
    });
    note('service.generate', generate, round);
    for (const [name, said] of [
      ['service.verify, right', answer],
      ['service.verify, wrong', 'nothing'],
    ] as const) {
      const half = ids.splice(0, calls >> 1);
      const verify = await cpuMicros(half.length, async (i) => {
        const verdict = await service.verify({ id: half[i]!, answer: said, hostname: '' }, SUBJECT);
        if (!verdict.ok || verdict.verified !== (said === answer))
          throw new Error('bench: verify judged wrongly');
      });
      note(name, verify, round);
    }
    const appIds: string[] = [];
    const url = 'http://localhost/api/captcha';
    const appGenerate = await cpuMicros(calls, async () => {
      const reply = await app.request(`${url}/generate?kind=text&preset=strong&lang=en`);
      appIds.push(((await reply.json()) as { captcha_id: string }).captcha_id);
    });
    note('app: generate', appGenerate, round);
    const appVerify = await cpuMicros(calls, async (i) => {
      const body = JSON.stringify({ captcha_id: appIds[i], answer });
      const headers = { 'content-type': 'application/json' };
      const reply = await app.request(`${url}/verify`, { method: 'POST', headers, body });
      if (!((await reply.json()) as { verified: boolean }).verified) throw new Error('bench: not verified');
    });
    note('app: verify, right', appVerify, round);
  }
  return [...measured].map(([name, micros]) => ({ name, micros: spread(micros) }));
}

/** A real puzzle, drawn once. */
function fixedKind(): { kind: ChallengeKind; answer: string } {
  const { text } = createKinds(createRenderer(loadRenderAssets()));
  const spec = { ...WISH, seed: 'service bench', difficulty: 2, format: 'png' } as const;
  const puzzle = text.generate(spec);
  const picture = puzzle.picture();
  return {
    kind: { ...text, generate: () => ({ ...puzzle, picture: () => picture }) },
    answer: puzzle.answer,
  };
}

function assembled(kind: ChallengeKind): Assembled {
  const config = readConfig({
    NODE_ENV: 'development',
    GLYPHGATE_LIMIT_GENERATE: HIGH,
    GLYPHGATE_LIMIT_VERIFY: HIGH,
    GLYPHGATE_LIMIT_FAILED: HIGH,
  });
  return assemble(config, {
    primitives: nodePrimitives,
    store: createMemoryStore({ maxRecords: 5_000_000, maxBytes: 2 ** 32 }),
    clientAddress: () => SUBJECT.address,
    log: () => {},
    roles: ['generate', 'verify', 'health'],
    kinds: { text: kind },
  });
}

async function cpuMicros(calls: number, call: (i: number) => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  for (let i = 0; i < calls; i++) await call(i);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}
