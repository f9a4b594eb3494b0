/** The figures of one run, and the page that is printed from them. */
import type { ColdFigures, SizeFigures } from './cold.ts';
import type { DrawFigures } from './draw.ts';
import type { ServerFigures } from './server.ts';
import type { ServiceFigures } from './service.ts';
import type { SoundFigures } from './sound.ts';
import { figure, range, table } from './table.ts';

export interface Figures {
  machine: {
    node: string;
    platform: string;
    cpu: string;
    cores: number;
    /** Load average of the last minute when the run began: above one, somebody else was at work too. */
    load: number;
    date: string;
    quick: boolean;
  };
  draw?: DrawFigures[];
  cold?: ColdFigures[];
  size?: SizeFigures[];
  sound?: SoundFigures[];
  server?: ServerFigures[];
  service?: ServiceFigures[];
}

export function print({ machine, draw, cold, size, sound, server, service }: Figures): string {
  const head = `Node ${machine.node}, ${machine.platform}, ${machine.cores} × ${machine.cpu}, load ${machine.load.toFixed(1)} at the start${machine.quick ? ', quick run' : ''}`;
  return [
    head,
    draw && drawPage(draw),
    cold && coldPage(cold),
    size && sizePage(size),
    sound && soundPage(sound),
    server && serverPage(server),
    service && servicePage(service),
  ]
    .filter((part) => part !== undefined)
    .join('\n\n');
}

/** The preset that peers are set beside. */
const YARDSTICK = 'ours: strong';

function drawPage(figures: readonly DrawFigures[]): string {
  const yardstick = figures.find(({ name }) => name === YARDSTICK)?.cpuMicros.median;
  const rows = figures.map(({ name, format, perSecond, cpuMicros, p50, p95, bytes }) => [
    name,
    format,
    range(perSecond),
    range(cpuMicros),
    figure(1e6 / cpuMicros.median),
    figure(p50),
    figure(p95),
    figure(bytes),
    yardstick ? `${figure(cpuMicros.median / yardstick)}×` : '–',
  ]);
  const legend = figures.map(({ name, draws }) => `  ${name.padEnd(18)} ${draws}`);
  return [
    'Drawing, one process each: median over the rounds (lowest … highest). "pictures/s" and percentiles by the clock, the rest by CPU time',
    table(
      ['', 'file', 'pictures/s', 'CPU µs a picture', '/s a core', 'p50 ms', 'p95 ms', 'bytes', '"strong" is'],
      rows,
      2,
    ),
    'They do not draw the same picture:',
    ...legend,
  ].join('\n');
}

function coldPage(figures: readonly ColdFigures[]): string {
  const rows = figures.map(({ name, importMs, loadMs, secondMs }) => [
    name,
    range(importMs),
    range(loadMs),
    range(secondMs),
  ]);
  return `Cold start in a fresh process, ms (a peer reads its code while it loads)\n${table(['', 'reading the code', 'load to first picture', 'second picture'], rows)}`;
}

function sizePage(figures: readonly SizeFigures[]): string {
  return `Sizes, bytes\n${table(
    ['', 'raw', 'gzip'],
    figures.map(({ name, raw, gzip }) => [name, figure(raw), figure(gzip)]),
  )}`;
}

function soundPage(figures: readonly SoundFigures[]): string {
  return `Sounds, CPU time\n${table(
    ['', 'µs', 'bytes'],
    figures.map(({ name, cpuMicros, bytes }) => [name, range(cpuMicros), figure(bytes)]),
  )}`;
}

function serverPage(figures: readonly ServerFigures[]): string {
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const rows = figures.map((row) => [
    row.name,
    figure(row.bodyBytes),
    range(row.ours),
    range(row.constant),
    figure(row.drawMicros),
    percent(row.ofBest),
    figure(row.cpuMicros.median),
    figure(row.constantCpuMicros.median),
    percent(row.cpuOfBest),
  ]);
  return [
    'Local server and the same server software with a constant body of the same size',
    table(
      ['', 'body', 'requests/s', 'constant/s', 'draw µs', 'of best', 'CPU µs', 'constant µs', 'of best, CPU'],
      rows,
    ),
    '"of best": requests/s as a share of 1 / (constant body + drawing); "CPU": of the server process, a request; both drawn in this run',
  ].join('\n');
}

function servicePage(figures: readonly ServiceFigures[]): string {
  return `The service in process, nothing drawn, crypto and memory store included, µs a call\n${table(
    ['', 'mean: median (lowest … highest round)'],
    figures.map(({ name, micros }) => [name, range(micros)]),
  )}`;
}
