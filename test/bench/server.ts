/**
 * The local server under load, beside a constant body of the same size on the same server software. Two figures say how much the service
 * itself costs: `ofBest`, throughput as a share of 1 / (constant body + drawing), and `cpuMicros`, CPU time of the server process a
 * request, which holds also where the load generator is the bottleneck.
 */
import { type DrawPlan, drawBench } from './draw.ts';
import { type LoadResult, load, request } from './http-client.ts';
import { type ServerProcess, startConstant, startOurs } from './server-process.ts';
import { median, type Spread, spread } from './stats.ts';

export interface ServerFigures {
  readonly name: string;
  readonly bodyBytes: number;
  /** Requests per second: median, lowest and highest round. */
  readonly ours: Spread;
  readonly constant: Spread;
  /** Mean drawing time of one picture, measured alone in this run; 0 where nothing is drawn. */
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
  readonly draw: DrawPlan;
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
  const drawn = ROUTES.flatMap(({ drawing }) => drawing ?? []);
  const drawing = await drawBench(plan.draw, tell, drawn);
  const ours = await startOurs();
  let constant: ServerProcess | undefined;
  try {
    const bodies = await typicalBodies(ours);
    constant = await startConstant(
      Object.fromEntries(ROUTES.map(({ name }) => [constantPath(name), bodies.get(name)!])),
    );
    const rounds = await runRounds(plan, ours, constant, tell);
    return ROUTES.map((route) => {
      const figures = drawing.find(({ name }) => name === route.drawing);
      const drawMicros = figures ? 1e6 / figures.perSecond.median : 0;
      return figuresOf(
        route,
        Buffer.byteLength(bodies.get(route.name)!),
        drawMicros,
        rounds.get(route.name)!,
      );
    });
  } finally {
    ours.stop();
    constant?.stop();
  }
}

interface Rounds {
  readonly ours: Measured[];
  readonly constant: Measured[];
}

interface Measured {
  readonly perSecond: number;
  readonly cpuMicros: number;
}

async function runRounds(
  plan: ServerPlan,
  ours: ServerProcess,
  constant: ServerProcess,
  tell: (what: string) => void,
): Promise<Map<string, Rounds>> {
  const rounds = new Map<string, Rounds>(ROUTES.map(({ name }) => [name, { ours: [], constant: [] }]));
  // Round 0 warms up and is not counted.
  for (let round = 0; round <= plan.rounds; round++) {
    tell(round === 0 ? 'server: warming up' : `server: round ${round} of ${plan.rounds}`);
    for (const { name, path } of ROUTES) {
      const measuredOurs = await measure(ours, plan, await requestsFor(path, ours, plan));
      const bodies = path === VERIFY ? verifyBodies(Array(plan.requests).fill('0'.repeat(32))) : [];
      const at = constantPath(name);
      const measuredConstant = await measure(
        constant,
        plan,
        path === VERIFY
          ? bodies.map((body) => request('POST', at, body))
          : Array(plan.requests).fill(request('GET', at)),
      );
      if (round === 0) continue;
      rounds.get(name)!.ours.push(measuredOurs);
      rounds.get(name)!.constant.push(measuredConstant);
    }
  }
  return rounds;
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
  const bytes = request('GET', `${GENERATE}?kind=text&preset=classic`);
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

function figuresOf(route: Route, bodyBytes: number, drawMicros: number, rounds: Rounds): ServerFigures {
  const ours = spread(rounds.ours.map(({ perSecond }) => perSecond));
  const constant = spread(rounds.constant.map(({ perSecond }) => perSecond));
  const cpuMicros = spread(rounds.ours.map((round) => round.cpuMicros));
  const constantCpuMicros = spread(rounds.constant.map((round) => round.cpuMicros));
  return {
    name: route.name,
    bodyBytes,
    ours,
    constant,
    drawMicros,
    ofBest: median(
      rounds.ours.map(
        ({ perSecond }, i) => perSecond * (1 / rounds.constant[i]!.perSecond + drawMicros / 1e6),
      ),
    ),
    cpuMicros,
    constantCpuMicros,
    cpuOfBest: (constantCpuMicros.median + drawMicros) / cpuMicros.median,
  };
}
