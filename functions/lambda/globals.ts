/**
 * The two globals that Node loads when they are first touched, as far as a function needs them at once: `performance` brings perf_hooks
 * along and `crypto` all of WebCrypto. Put in their place by infra/build/lambda-plugins.ts.
 */
import { randomFillSync, randomUUID } from 'node:crypto';

const light = {
  randomUUID,
  getRandomValues: <T extends NodeJS.ArrayBufferView>(bytes: T): T => randomFillSync(bytes),
  // Signing keys and tokens that are read want the real one.
  get subtle() {
    return globalThis.crypto.subtle;
  },
};
const clock = { now: () => Number(process.hrtime.bigint()) / 1e6 };

export { clock as performance, light as crypto };
