/**
 * What the operator put into the zip (infra/build/own.ts): the variables that name it, as a server would have them. Read by the options
 * of every function, so that a variable which names a file that is not in the zip is refused.
 */
import { fileURLToPath } from 'node:url';

/** Written in by the build: variable → path from `functions`, or a value. */
declare const OWN: Readonly<Record<string, string>>;

const own = Object.fromEntries(
  Object.entries(OWN).map(([name, value]) => [
    name,
    value.startsWith('../') ? fileURLToPath(new URL(value, import.meta.url)) : value,
  ]),
);

export const options = { severalInstances: true, beside: Object.keys(own) };
export const variables = (): NodeJS.ProcessEnv => ({ ...process.env, ...own });
