/**
 * `glyphgate verify-deploy URL`: takes the whole journey through a deployment that is running and says what that proved. A few dozen
 * requests, each with a time limit; it changes nothing but its own challenges. What it cannot know from outside, such as a right
 * answer, it reads from the deployment's store when the environment names it, or guesses where a guess may pass.
 */
import { answer } from './answer.ts';
import { textOf, wholeNumber } from './arguments.ts';
import { CliError, type Command, type Given, type Tools, UsageError } from './command.ts';
import { CHECKS } from './deployment-checks.ts';
import { type Check, type Deployment, NotTried, type Wire } from './deployment-kit.ts';
import { openWire, Unreachable } from './deployment-wire.ts';

interface Outcome {
  readonly name: string;
  readonly status: 'proved' | 'not tried' | 'failed';
  /** What was seen, why it was not tried, or what was expected and came instead. */
  readonly detail: string;
}

export const verifyDeploy: Command = {
  name: 'verify-deploy',
  summary: 'take the whole journey through a running deployment, and say what it proved',
  operands: ['URL'],
  options: {
    sitekey: { value: 'KEY', about: 'ask as this site; default: as nobody' },
    timeout: { value: 'S', about: 'seconds that a request may take, 1 to 60; default 10' },
    insider: { about: 'read right answers from the store that this environment names, with its keys' },
  },
  notes: [
    'URL is the endpoint, with the base path unless that is /api: https://captcha.example.com or https://example.com/captcha.',
    'With GLYPHGATE_SECRET in the environment, what it earns is redeemed as the site would. With --insider the environment is the one of the deployment (GLYPHGATE_MASTER_KEY, GLYPHGATE_STORE and its own variables): then every kind is answered rightly.',
    'Exit code 1 when anything failed; what was not tried is named.',
  ],
  examples: [
    'glyphgate verify-deploy https://abcdef1234.execute-api.eu-central-1.amazonaws.com',
    'GLYPHGATE_SECRET=… glyphgate verify-deploy https://captcha.example.com --json',
  ],

  async run(given, tools) {
    const wire = openWire(readUrl(given), secondsOf(given) * 1000);
    const [deployment, close] = await deploymentOf(wire, given, tools);
    const outcomes: Outcome[] = [];
    try {
      for (const [name, check] of CHECKS) outcomes.push(await outcomeOf(name, check, deployment));
    } catch (error) {
      if (error instanceof Unreachable) throw new CliError(error.message, { cause: error });
      throw error;
    } finally {
      await close();
    }
    const failed = outcomes.filter(({ status }) => status === 'failed');
    const facts = {
      url: wire.base,
      ok: failed.length === 0,
      requests: wire.requests,
      slowest_ms: Math.round(wire.slowestMs),
      checks: outcomes,
    };
    const width = Math.max(...outcomes.map(({ name }) => name.length));
    answer(tools, given, facts, [
      ...outcomes.map(({ name, status, detail }) => `${status.padEnd(9)}  ${name.padEnd(width)}  ${detail}`),
      `${outcomes.filter(({ status }) => status === 'proved').length} of ${outcomes.length} proved, ${wire.requests} requests, the slowest ${facts.slowest_ms} ms`,
    ]);
    if (failed.length > 0)
      throw new CliError(`${failed.length} of ${outcomes.length} checks failed at ${wire.base}.`);
  },
};

function readUrl(given: Given): URL {
  const text = textOf(given, 'URL')!;
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new UsageError(
      `expected the URL of a deployment, such as https://captcha.example.com; got "${text}".`,
    );
  return new URL(text);
}

const secondsOf = (given: Given) => wholeNumber('timeout', textOf(given, 'timeout') ?? '10', 1, 60);

async function deploymentOf(
  wire: Wire,
  given: Given,
  tools: Tools,
): Promise<[Deployment, () => Promise<void>]> {
  const known = {
    wire,
    sitekey: textOf(given, 'sitekey'),
    secret: tools.environment.GLYPHGATE_SECRET?.split(',')[0]?.trim() || undefined,
  };
  if (!given.insider) return [known, async () => {}];
  const [{ config, store }, kinds, { assemble }] = await Promise.all([
    tools.openEnvironment(),
    tools.loadKinds(),
    import('../http/assemble.ts'),
  ]);
  const { service } = assemble(config, {
    store,
    kinds,
    clientAddress: () => undefined,
    log: () => {},
    roles: [],
  });
  const answerOf = async (id: string) => {
    const live = await service.recall(id, { address: '127.0.0.1' });
    return live.ok ? live.puzzle.answer : undefined;
  };
  return [{ ...known, answerOf }, () => store.close()];
}

async function outcomeOf(name: string, check: Check, deployment: Deployment): Promise<Outcome> {
  try {
    return { name, status: 'proved', detail: await check(deployment) };
  } catch (error) {
    if (error instanceof NotTried) return { name, status: 'not tried', detail: error.message };
    // Nothing answers: one message is enough.
    if (error instanceof Unreachable && deployment.wire.answered === 0) throw error;
    if (error instanceof Error) return { name, status: 'failed', detail: error.message };
    throw error;
  }
}
