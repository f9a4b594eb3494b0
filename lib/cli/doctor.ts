/**
 * `glyphgate doctor`: is this environment fit to run the service? Reads the same variables as the server, opens the same store, and
 * says of each thing whether it is right, worth knowing or wrong, and what to do.
 */
import type { Config } from '../config.ts';
import { ConfigError, GlyphgateError } from '../errors.ts';
import { policyFindings } from '../http/assemble-sites.ts';
import type { Finding, Store } from '../store/store.ts';
import { answer } from './answer.ts';
import { CliError, type Command, type Tools } from './command.ts';

export const doctor: Command = {
  name: 'doctor',
  summary: 'check this environment: configuration, keys, store',
  options: {},
  notes: [
    'Reads the variables that the server reads (NODE_ENV, PORT, GLYPHGATE_…), opens the store that they name and asks it what only it',
    'knows. Prints one line each: ok, warn or error. Exit code 1 when anything is wrong.',
  ],
  examples: ['NODE_ENV=development npx glyphgate doctor'],
  async run(given, tools) {
    const findings = await examine(tools);
    const wrong = findings.filter(({ level }) => level === 'error').length;
    answer(
      tools,
      given,
      { healthy: wrong === 0, findings },
      findings.map(({ level, text }) => `${level.padEnd(5)}  ${text}`),
    );
    if (wrong > 0) throw new CliError(`${wrong} of ${findings.length} checks found something wrong.`);
  },
};

async function examine(tools: Tools): Promise<readonly Finding[]> {
  try {
    const { config, store } = await tools.openEnvironment();
    try {
      return [
        ...configFindings(config),
        ...(await documentFindings(config, tools)),
        ...(await storeFindings(store)),
      ];
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof ConfigError)
      return error.message.split('\n').map((text) => ({ level: 'error', text }));
    if (error instanceof GlyphgateError) return [{ level: 'error', text: error.message }];
    throw error;
  }
}

function configFindings(config: Config): Finding[] {
  const findings: Finding[] = [{ level: 'ok', text: 'configuration is complete' }];
  const warn = (text: string) => findings.push({ level: 'warn', text });
  if (config.development) warn('NODE_ENV=development: development keys are allowed and the demo is served');
  // Without a secret of its own the environment describes no site.
  const own = config.secrets.length > 0;
  if (own && config.profile === 'compat')
    warn('GLYPHGATE_PROFILE=compat: a blind guess passes 25 % of challenges; standard passes at most 2 %');
  if (own && config.origins.length === 0)
    warn(
      'GLYPHGATE_ORIGINS is empty: pages of other origins cannot call, and a verify may come from any host',
    );
  if (config.trustedHops === 0)
    findings.push({
      level: 'ok',
      text: 'GLYPHGATE_TRUSTED_HOPS=0: the socket is the visitor; behind a proxy set it',
    });
  return findings;
}

/** The sites of the document, whose policies are measured on the kinds themselves. */
async function documentFindings({ sites, testKeys, development }: Config, tools: Tools): Promise<Finding[]> {
  const findings: Finding[] = [];
  if (testKeys && !development)
    findings.push({
      level: 'warn',
      text: 'GLYPHGATE_TEST_KEYS: whoever asks for a test site passes; only the test secrets redeem that',
    });
  if (sites.length === 0) return findings;
  const found = policyFindings(sites, await tools.loadKinds());
  const known = { level: 'ok', text: `sites document: ${sites.length} sites` } as const;
  return [...findings, known, ...found];
}

async function storeFindings(store: Store): Promise<Finding[]> {
  const started = performance.now();
  try {
    await store.ping();
  } catch (error) {
    return [{ level: 'error', text: `store ${store.kind} does not answer: ${told(error)}` }];
  }
  const ms = (performance.now() - started).toFixed(1);
  const findings: Finding[] = [{ level: 'ok', text: `store ${store.kind} answers in ${ms} ms` }];
  if (store.kind === 'memory')
    findings.push({
      level: 'warn',
      text: 'store memory: one process only, and a restart forgets every challenge',
    });
  for (const { level, text } of (await store.inspect?.()) ?? [])
    findings.push({ level, text: `store ${store.kind}: ${text}` });
  return findings;
}

/** The message and those of its causes. */
function told(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message} (${told(error.cause)})`;
}
