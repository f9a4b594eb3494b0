/** What only the servers know of how they were started. Asked in the older text commands, on a connection of its own. */
import { connect } from 'node:net';
import { addressOf } from './memcached-connection.ts';
import type { Finding } from './store.ts';

const MAX_SKEW_MS = 30_000;
const PATIENCE_MS = 700;
const QUESTION = 'stats\r\nstats settings\r\n';

export async function inspectServers(servers: readonly string[], clock: () => number): Promise<Finding[]> {
  return (await Promise.all(servers.map((server) => inspectServer(server, clock)))).flat();
}

async function inspectServer(server: string, clock: () => number): Promise<Finding[]> {
  const stats = await ask(server).catch((error: Error) => error.message);
  if (typeof stats === 'string') return [{ level: 'error', text: `${server} does not answer: ${stats}` }];
  const findings: Finding[] = [];
  const check = (good: boolean, level: 'warn' | 'error', text: string) =>
    findings.push({ level: good ? 'ok' : level, text: `${server}: ${text}` });

  const version = stats.get('version') ?? 'unknown';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  check(
    major > 1 || (major === 1 && minor >= 6),
    'error',
    `version ${version} (1.6 or later has the meta commands)`,
  );
  const cas = stats.get('cas_enabled') !== 'no';
  check(cas, 'error', cas ? 'cas is on' : 'started with -C, without cas: no step can be taken');
  const evicts = stats.get('evictions_setting') !== 'off';
  check(
    !evicts,
    'warn',
    evicts
      ? 'evicts when full, challenges and counters alike; start it with -M and it refuses instead'
      : 'refuses when full (-M)',
  );
  const evicted = Number(stats.get('evictions') ?? 0);
  if (evicted > 0) check(false, 'warn', `has evicted ${evicted} items since its start: give it more memory`);
  const apart = Math.round(Number(stats.get('time')) - clock() / 1000);
  check(Math.abs(apart) * 1000 <= MAX_SKEW_MS, 'warn', `its clock is about ${apart} s from this machine's`);
  return findings;
}

function ask(server: string): Promise<Map<string, string>> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(addressOf(server), () => socket.write(QUESTION));
    const end = (error?: Error) => {
      clearTimeout(timer);
      socket.destroy();
      const [stats = '', settings = ''] = text.split(/^END\r\n/m);
      if (error) reject(error);
      // Both lists have a line "evictions": a number of items, and whether there are any.
      else resolve(new Map([...read(settings, { evictions: 'evictions_setting' }), ...read(stats)]));
    };
    const timer = setTimeout(() => end(new Error(`silent for ${PATIENCE_MS} ms`)), PATIENCE_MS);
    socket.setEncoding('latin1').on('data', (piece: string) => {
      text += piece;
      if (text.split('END\r\n').length > 2) end();
    });
    socket.on('error', end).on('close', () => end(new Error('the connection was closed')));
  });
}

function read(text: string, renamed: Record<string, string> = {}): [string, string][] {
  const lines = text.matchAll(/^STAT (\S+) ([^\r\n]*)/gm);
  return [...lines].map(([, name, value]) => [renamed[name!] ?? name!, value!]);
}
