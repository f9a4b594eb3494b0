/** The environment of this process, read and checked once, and the store that it names. */
import { type Config, type ConfigOptions, readConfig } from '../lib/config.ts';
import { jsonLines, type Log } from '../lib/observe/log.ts';
import { createMemoryStore } from '../lib/store/memory.ts';
import type { Store } from '../lib/store/store.ts';

export interface Environment {
  readonly config: Config;
  readonly store: Store;
  readonly log: Log;
}

let opened: Environment | undefined;

/** The same for every entry in one process: handlers that run together share the store. */
export function openEnvironment(options: ConfigOptions = {}): Environment {
  opened ??= {
    config: readConfig(process.env, options),
    store: createMemoryStore(),
    log: jsonLines((line) => process.stderr.write(`${line}\n`)),
  };
  return opened;
}
