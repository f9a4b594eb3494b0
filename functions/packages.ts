/** Whoever installs the package brings the clients that they use: one that is missing is named, with the command that brings it. */
import { ConfigError } from '../lib/errors.ts';

/** Those that are installed under another name than their own. */
const SOURCES: Readonly<Record<string, string>> = { 'photon-wasm': 'photon-wasm@npm:@cf-wasm/photon' };

/** `work` may fail for want of a package that `what` needs; then `variable` is what leads there. */
export async function withPackages<T>(variable: string, what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const name =
      code === 'ERR_MODULE_NOT_FOUND' ? /Cannot find package '([^']+)'/.exec(message)?.[1] : undefined;
    if (name === undefined) throw error;
    throw new ConfigError(
      `${variable}: ${what} needs the package ${name}, which is not installed: npm install ${SOURCES[name] ?? name}`,
      { cause: error },
    );
  }
}
