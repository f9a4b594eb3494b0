/** The operator's hooks, where they were put into the zip. */
import type { Config } from '../../lib/config.ts';
import type { Hook } from '../../lib/service/hooks.ts';

/** Written in by the build. */
declare const OWN_HOOKS: boolean;

/** Throws `ConfigError` when the module cannot be loaded or holds something else. */
export async function openHooks({ hooks }: Config): Promise<readonly Hook[]> {
  return OWN_HOOKS && hooks ? (await import('../hooks.ts')).loadHooks(hooks) : [];
}
