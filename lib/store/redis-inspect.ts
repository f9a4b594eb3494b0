/** What only a Redis server knows of how it is set up. Managed servers refuse some of these questions; then that is said. */
import type { Finding } from './store.ts';

type Ask = (command: readonly string[]) => Promise<unknown>;

/** Clocks further apart than this make windows and expiries differ between instances and server. */
const MAX_SKEW_MS = 5000;

export async function inspectRedis(ask: Ask, localClock: () => number = Date.now): Promise<Finding[]> {
  const findings = await Promise.all([policy(ask), replication(ask), skew(ask, localClock)]);
  return findings.flat();
}

async function policy(ask: Ask): Promise<Finding> {
  try {
    const [, value] = (await ask(['CONFIG', 'GET', 'maxmemory-policy'])) as [string, string];
    return value === 'noeviction'
      ? { level: 'ok', text: 'maxmemory-policy is noeviction' }
      : {
          level: 'error',
          text: `maxmemory-policy is ${value} (expected noeviction): live challenges and counters can be evicted`,
        };
  } catch {
    return {
      level: 'warn',
      text: 'maxmemory-policy cannot be asked here; see to it that it is noeviction',
    };
  }
}

async function replication(ask: Ask): Promise<Finding[]> {
  try {
    const info = String(await ask(['INFO', 'replication']));
    const field = (name: string) => new RegExp(`^${name}:(.*?)\r?$`, 'm').exec(info)?.[1];
    if (field('role') === 'slave')
      return [{ level: 'error', text: 'this server is a replica (expected the primary): it cannot write' }];
    const replicas = Number(field('connected_slaves') ?? 0);
    if (replicas === 0) return [{ level: 'ok', text: 'this server is the primary, without replicas' }];
    return [
      {
        level: 'warn',
        text: `${replicas} replica(s): replication is asynchronous, so a failover can undo the last steps`,
      },
    ];
  } catch {
    return [
      { level: 'warn', text: 'replication cannot be asked here; an asynchronous failover can undo steps' },
    ];
  }
}

async function skew(ask: Ask, localClock: () => number): Promise<Finding[]> {
  try {
    const [seconds, micros] = (await ask(['TIME'])) as [string, string];
    const apart = Math.round(Number(seconds) * 1000 + Number(micros) / 1000 - localClock());
    return [
      Math.abs(apart) <= MAX_SKEW_MS
        ? { level: 'ok', text: `its clock is ${apart} ms from this machine's` }
        : {
            level: 'warn',
            text: `its clock is ${apart} ms from this machine's (expected at most ${MAX_SKEW_MS})`,
          },
    ];
  } catch {
    return [{ level: 'warn', text: 'its clock cannot be asked here' }];
  }
}
