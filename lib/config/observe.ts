/** What the service tells of its work, and code of the operator's that it runs. */
import * as v from 'valibot';
import { oneOf, text } from './fields.ts';

export interface ObserveConfig {
  /** Whether each request is a line of the log; faults always are. */
  readonly requests: boolean;
  /** How the visitor's address stands in a line. */
  readonly address: 'masked' | 'full' | 'none';
  /** Node only: what `GET /metrics` asks for; absent: there is no such route. */
  readonly metricsToken: string | undefined;
}

export const observeEntries = {
  GLYPHGATE_LOG: v.optional(oneOf(['requests', 'errors'])),
  GLYPHGATE_LOG_ADDRESS: v.optional(oneOf(['masked', 'full', 'none']), 'masked'),
  GLYPHGATE_METRICS_TOKEN: v.optional(
    text(
      /^[\x21-\x7e]{16,256}$/,
      'at least 16 printable characters without spaces; make one with: openssl rand -hex 24',
    ),
  ),
  GLYPHGATE_HOOKS: v.optional(text(/^.+$/, 'the path of a module with hooks, such as ./hooks.mjs')),
  GLYPHGATE_ERROR_MEDIA: v.optional(oneOf(['0', '1']), '0'),
};

type ObserveEnv = v.InferOutput<v.ObjectSchema<typeof observeEntries, undefined>>;

export const observeConfig = (env: ObserveEnv, development: boolean): ObserveConfig => ({
  requests: (env.GLYPHGATE_LOG ?? (development ? 'errors' : 'requests')) === 'requests',
  address: env.GLYPHGATE_LOG_ADDRESS,
  metricsToken: env.GLYPHGATE_METRICS_TOKEN,
});

/** What only the Node server does, and would be left out in silence elsewhere. */
export function observeProblems(
  given: Readonly<Record<string, string | undefined>>,
  { severalInstances }: { readonly severalInstances?: boolean },
): readonly string[] {
  if (!severalInstances || given.GLYPHGATE_METRICS_TOKEN === undefined) return [];
  return [
    'GLYPHGATE_METRICS_TOKEN: expected nothing here, since only the Node server has it (docs/operate.md); it is set',
  ];
}
