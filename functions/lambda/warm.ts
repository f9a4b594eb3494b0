/** What a first request would wait for otherwise: the way to the store, its modules, connection and first signature among it. */
import type { Store } from '../../lib/store/store.ts';

/** Asks the store something while the function still starts, and waits for nothing: whatever is wrong with it a request will meet. */
export function warm(store: Store): void {
  store.ping().catch(() => {});
}
