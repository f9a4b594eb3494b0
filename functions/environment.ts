/** The environment of this process, read and checked once, and the store that it names. */
import { readFileSync } from 'node:fs';
import { type Config, type ConfigOptions, readConfig } from '../lib/config.ts';
import { jsonLines, type Log } from '../lib/observe/log.ts';
import type { Store } from '../lib/store/store.ts';
import { createSigningKeys, proveSigningKeys } from '../lib/token/signing.ts';
import { type Openers, openStore } from './stores/open.ts';

export interface Environment {
  readonly config: Config;
  readonly store: Store;
  readonly log: Log;
}

let opened: Promise<Environment> | undefined;

/** The same for every entry in one process: handlers that run together share the store. */
export function openEnvironment(
  openers: Openers,
  options: ConfigOptions = {},
  variables: NodeJS.ProcessEnv = process.env,
): Promise<Environment> {
  opened ??= readEnvironment(openers, options, variables);
  return opened;
}

/** Anew at every call; `variables` may stand for those of this process. */
export async function readEnvironment(
  openers: Openers,
  options: ConfigOptions = {},
  variables: NodeJS.ProcessEnv = process.env,
): Promise<Environment> {
  const config = readConfig(variables, { readFile: (path) => readFileSync(path, 'utf8'), ...options });
  await proveSigningKeys(createSigningKeys(config.signingKeys));
  return {
    config,
    store: await openStore(config.store, openers),
    log: jsonLines((line) => process.stderr.write(`${line}\n`)),
  };
}
