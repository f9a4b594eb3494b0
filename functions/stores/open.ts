/** How an entry opens the store that the configuration names. An entry lists the stores that it carries, and no other gets into its bundle. */
import type { Config } from '../../lib/config.ts';
import { ConfigError } from '../../lib/errors.ts';
import type { Store } from '../../lib/store/store.ts';
import { withPackages } from '../packages.ts';

type StoreConfig = Config['store'];

/** For each store that an entry carries, how to open it; clients load when they are wanted. */
export type Openers = {
  readonly [Kind in StoreConfig['kind']]?: (config: Extract<StoreConfig, { kind: Kind }>) => Promise<Store>;
};

export async function openStore(config: StoreConfig, openers: Openers): Promise<Store> {
  const open = openers[config.kind] as ((config: StoreConfig) => Promise<Store>) | undefined;
  if (!open)
    throw new ConfigError(
      `GLYPHGATE_STORE: expected one that this entry carries (${Object.keys(openers).join(', ')}); it is "${config.kind}"`,
    );
  return withPackages('GLYPHGATE_STORE', `store ${config.kind}`, () => open(config));
}
