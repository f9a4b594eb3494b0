/**
 * The local server under load, beside a constant body of the same size on the same server software. Two figures say how much the service
 * itself costs: `ofBest`, throughput as a share of 1 / (constant body + drawing), and `cpuMicros`, CPU time of the server process a
 * request, which holds also where the load generator is the bottleneck.
 */
import { contestants } from './contestants.ts';
import { type Seat, seatFor } from './draw.ts';
import { type LoadResult, load, request } from './http-client.ts';
import { type ServerProcess, startConstant, startOurs } from './server-process.ts';
import { median, type Spread, spread } from './stats.ts';

export interface ServerFigures {
  readonly name: string;
  readonly bodyBytes: number;
  /** Requests per second: median, lowest and highest round. */
  readonly ours: Spread;
  readonly constant: Spread;
  /** CPU time of drawing one picture, measured in a process of its own between the rounds; 0 where nothing is drawn. */
  readonly drawMicros: number;
  /** ours / (1 / (1 / constant + drawing)) */
  readonly ofBest: number;
  readonly cpuMicros: Spread;
  readonly constantCpuMicros: Spread;
  /** The same share by CPU time: (constant + drawing) / ours. */
  readonly cpuOfBest: number;
}

export interface ServerPlan {
  readonly rounds: number;
  readonly requests: number;
  readonly connections: number;
  readonly drawMs: number;
}

/** A request that is measured, and the contestant whose drawing it contains. */
interface Route {
  readonly name: string;
  readonly path: string;
  readonly drawing: string | undefined;
}

const GENERATE = '/api/captcha/generate';
const VERIFY = '/api/captcha/verify';

const ROUTES: readonly Route[] = [
  {
    name: 'generate text strong',
    path: `${GENERATE}?kind=text&preset=strong&difficulty=2`,
    drawing: 'ours: strong',
  },
  { name: 'generate scene 2', path: `${GENERATE}?kind=scene&difficulty=2`, drawing: 'ours: scene 2' },
  { name: 'verify', path: VERIFY, drawing: undefined },
];

export async function serverBench(plan: ServerPlan, tell: (what: string) => void): Promise<ServerFigures[]> {
  const seats = new Map<string, Seat>();
  const servers: ServerProcess[] = [];
  try {
    for (const contestant of contestants)
      if (ROUTES.some(({ drawing }) => drawing === contestant.name))
        seats.set(contestant.name, await seatFor(contestant));
    const ours = await startOurs();
    servers.push(ours);
    const bodies = await typicalBodies(ours);
    const constant = await startConstant(
      Object.fromEntries(ROUTES.map(({ name }) => [constantPath(name), bodies.get(name)!])),
    );
    servers.push(constant);

    const rounds = new Map<string, Round[]>(ROUTES.map(({ name }) => [name, []]));
    // Round 0 warms up and is not counted.
    for (let round = 0; round <= plan.rounds; round++) {
      tell(round === 0 ? 'server: warming up' : `server: round ${round} of ${plan.rounds}`);
      for (const route of ROUTES) {
        const measured = await runRound(plan, route, ours, constant, seats.get(route.drawing ?? ''));
        if (round > 0) rounds.get(route.name)!.push(measured);
      }
    }
    return ROUTES.map(({ name }) => figuresOf(name, Buffer.byteLength(bodies.get(name)!), rounds.get(name)!));
  } finally {
    for (const server of servers) server.stop();
    for (const seat of seats.values()) seat.leave();
  }
}

interface Round {
  readonly ours: Measured;
  readonly constant: Measured;
  /** Drawing: by the clock and by CPU time, microseconds. */
  readonly draw: { readonly micros: number; readonly cpuMicros: number };
}

interface Measured {
  readonly perSecond: number;
  readonly cpuMicros: number;
}

/** Drawing, our server and the constant one, one right after the other. */
async function runRound(
  plan: ServerPlan,
  { name, path }: Route,
  ours: ServerProcess,
  constant: ServerProcess,
  seat: Seat | undefined,
): Promise<Round> {
  const drawn = await seat?.draw({ ms: plan.drawMs });
  const requests = await requestsFor(path, ours, plan);
  const at = constantPath(name);
  const baseline =
    path === VERIFY
      ? verifyBodies(Array(plan.requests).fill('0'.repeat(32))).map((body) => request('POST', at, body))
      : Array<Buffer>(plan.requests).fill(request('GET', at));
  return {
    ours: await measure(ours, plan, requests),
    constant: await measure(constant, plan, baseline),
    draw: drawn ? { micros: 1e6 / drawn.perSecond, cpuMicros: drawn.cpuMicros } : { micros: 0, cpuMicros: 0 },
  };
}

async function requestsFor(path: string, server: ServerProcess, plan: ServerPlan): Promise<Buffer[]> {
  if (path !== VERIFY) return Array(plan.requests).fill(request('GET', path));
  const ids = await freshIds(server, plan);
  return verifyBodies(ids).map((body) => request('POST', VERIFY, body));
}

/** Wrong answers, which the service judges on the same path as right ones. */
const verifyBodies = (ids: readonly string[]) => ids.map((captcha_id) => ({ captcha_id, answer: 'nothing' }));

async function freshIds(server: ServerProcess, { requests, connections }: ServerPlan): Promise<string[]> {
  const ids: string[] = [];
  const bytes = request('GET', `${GENERATE}?kind=text&preset=strong`);
  let left = requests;
  const result = await load({
    port: server.port,
    connections,
    next: () => (left-- > 0 ? bytes : undefined),
    onReply: (_, body) => ids.push(JSON.parse(body.toString()).captcha_id),
  });
  refuseFailures(result);
  return ids;
}

async function measure(
  server: ServerProcess,
  { connections }: ServerPlan,
  requests: readonly Buffer[],
): Promise<Measured> {
  let sent = 0;
  const before = await server.cpuMicros();
  const result = await load({ port: server.port, connections, next: () => requests[sent++] });
  const used = (await server.cpuMicros()) - before;
  refuseFailures(result);
  return { perSecond: result.requests / result.seconds, cpuMicros: used / result.requests };
}

function refuseFailures({ statuses, requests }: LoadResult): void {
  if (statuses[200] !== requests)
    throw new Error(`bench: expected nothing but 200, got ${JSON.stringify(statuses)}`);
}

/** For each route a real reply of median size. */
async function typicalBodies(server: ServerProcess): Promise<Map<string, string>> {
  const bodies = new Map<string, string>();
  for (const { name, path } of ROUTES) {
    const seen: string[] = [];
    const plan = { requests: 51, connections: 1 } as ServerPlan;
    const requests = await requestsFor(path, server, plan);
    await load({
      port: server.port,
      connections: 1,
      next: () => requests.pop(),
      onReply: (_, body) => seen.push(body.toString()),
    });
    bodies.set(name, seen.toSorted((a, b) => a.length - b.length)[seen.length >> 1]!);
  }
  return bodies;
}

const constantPath = (name: string): string => `/${name.replaceAll(' ', '-')}`;

function figuresOf(name: string, bodyBytes: number, rounds: readonly Round[]): ServerFigures {
  return {
    name,
    bodyBytes,
    ours: spread(rounds.map(({ ours }) => ours.perSecond)),
    constant: spread(rounds.map(({ constant }) => constant.perSecond)),
    drawMicros: median(rounds.map(({ draw }) => draw.cpuMicros)),
    ofBest: median(
      rounds.map(({ ours, constant, draw }) => ours.perSecond * (1 / constant.perSecond + draw.micros / 1e6)),
    ),
    cpuMicros: spread(rounds.map(({ ours }) => ours.cpuMicros)),
    constantCpuMicros: spread(rounds.map(({ constant }) => constant.cpuMicros)),
    cpuOfBest: median(
      rounds.map(({ ours, constant, draw }) => (constant.cpuMicros + draw.cpuMicros) / ours.cpuMicros),
    ),
  };
}
