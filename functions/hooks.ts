/** The operator's hooks: a module of their own, named by GLYPHGATE_HOOKS, whose default export is a hook or a list of them. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigError } from '../lib/errors.ts';
import { type Hook, orderHooks } from '../lib/service/hooks.ts';

/** Throws `ConfigError` when the module cannot be loaded or holds something else. */
export async function loadHooks(path: string): Promise<readonly Hook[]> {
  try {
    const { default: found } = (await import(pathToFileURL(resolve(path)).href)) as { default?: unknown };
    if (typeof found !== 'object' || found === null)
      throw new TypeError('expected a default export: a hook, or a list of hooks');
    return orderHooks((Array.isArray(found) ? found : [found]) as Hook[]);
  } catch (cause) {
    throw new ConfigError(
      `GLYPHGATE_HOOKS: expected a module with hooks (docs/hooks.md); ${path}: ${(cause as Error).message}`,
      { cause },
    );
  }
}
