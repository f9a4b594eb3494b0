/**
 * `glyphgate loadtest`: how fast a service of one's own answers. Bounded in requests, time and connections; any host but this machine
 * has to be named twice. Loads what it is given and reports what came back, refusals included: limits are part of a service.
 */
import { answer } from './answer.ts';
import { oneOf, textOf, wholeNumber } from './arguments.ts';
import { CliError, type Command, type Given, UsageError } from './command.ts';
import { progressBar } from './progress.ts';

const MOST = { requests: 100_000, seconds: 300, concurrency: 64 } as const;
const TIMEOUT_MS = 10_000;
const WHAT = ['generate', 'verify'] as const;

export const loadtest: Command = {
  name: 'loadtest',
  summary: 'load a service of your own, and report latencies and outcomes',
  options: {
    url: { value: 'URL', about: 'the service; default http://localhost:8787' },
    what: {
      value: 'WHAT',
      about: 'generate, or verify: a challenge and a wrong answer to it; default generate',
    },
    query: { value: 'QUERY', about: 'of generate, such as kind=text&preset=strong; default none' },
    requests: { value: 'N', about: `1 to ${MOST.requests}; default 500` },
    seconds: { value: 'S', about: `stop after that long, 1 to ${MOST.seconds}; default 30` },
    concurrency: { value: 'N', about: `requests at once, 1 to ${MOST.concurrency}; default 4` },
    'this-is-mine': { value: 'HOST', about: 'the host of --url once more, for any that is not this machine' },
  },
  notes: [
    'Only for a service that is yours. Each address has its limits, and so has this one: to load more than 30 challenges a minute, start the service with larger ones (GLYPHGATE_LIMIT_GENERATE=100000/60s, _VERIFY, _FAILED).',
    'Exit code 1 when no request was answered, or any with a 5xx.',
  ],
  examples: [
    'glyphgate loadtest --requests 1000 --concurrency 8',
    'glyphgate loadtest --url https://captcha.example.com --this-is-mine captcha.example.com --what verify',
  ],

  async run(given, tools) {
    const job = readJob(given);
    const bar = progressBar(tools.stderr, 'requests', job.requests);
    const { samples, seconds } = await load(job, (done) => bar.at(done)).finally(() => bar.end());
    const report = summary(job, samples, seconds);
    const { ms, outcomes } = report;
    answer(tools, given, report, [
      `${samples.length} requests in ${seconds.toFixed(1)} s, ${report.per_second} a second, ${job.concurrency} at once`,
      `outcomes  ${Object.entries(outcomes)
        .map(([name, count]) => `${name}: ${count}`)
        .join(', ')}`,
      `ms        ${Object.entries(ms)
        .map(([name, value]) => `${name} ${value}`)
        .join(', ')}`,
    ]);
    const broken = samples.filter(({ outcome }) => /^5|^failed/.test(outcome)).length;
    if (samples.length === 0 || broken > 0)
      throw new CliError(
        samples.every(({ outcome }) => outcome.startsWith('failed'))
          ? `${job.url.origin} could not be reached: is the service running there?`
          : `${broken} of ${samples.length} requests failed.`,
      );
  },
};

interface Job {
  readonly url: URL;
  readonly what: (typeof WHAT)[number];
  readonly query: string;
  readonly requests: number;
  readonly seconds: number;
  readonly concurrency: number;
}

function readJob(given: Given): Job {
  const number = (name: keyof typeof MOST, otherwise: string) =>
    wholeNumber(name, textOf(given, name) ?? otherwise, 1, MOST[name]);
  const text = textOf(given, 'url') ?? 'http://localhost:8787';
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new UsageError(`--url expects a URL such as http://localhost:8787; got "${text}".`);
  const url = new URL(text);
  const mine = textOf(given, 'this-is-mine');
  if (!isLoopback(url.hostname) && mine !== url.host)
    throw new UsageError(
      `${url.host} is not this machine. If the service there is yours, say so: --this-is-mine ${url.host}`,
    );
  return {
    url,
    what: oneOf('what', textOf(given, 'what') ?? 'generate', WHAT),
    query: textOf(given, 'query') ?? '',
    requests: number('requests', '500'),
    seconds: number('seconds', '30'),
    concurrency: number('concurrency', '4'),
  };
}

const isLoopback = (host: string) => host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);

interface Sample {
  readonly outcome: string;
  readonly ms: number;
}

async function load(job: Job, progress: (done: number) => void) {
  const samples: Sample[] = [];
  const started = performance.now();
  const end = started + job.seconds * 1000;
  let begun = 0;
  const worker = async () => {
    while (begun < job.requests && performance.now() < end) {
      begun++;
      samples.push(await (job.what === 'generate' ? generate(job) : answerWrongly(job)));
      progress(samples.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(job.concurrency, job.requests) }, worker));
  return { samples, seconds: (performance.now() - started) / 1000 };
}

const api = ({ url }: Job, path: string) =>
  `${url.origin}${url.pathname.replace(/\/$/, '') || '/api'}${path}`;

const generate = async (job: Job) => (await timed(`${api(job, '/captcha/generate')}?${job.query}`)).sample;

async function answerWrongly(job: Job): Promise<Sample> {
  const { sample, body } = await timed(`${api(job, '/captcha/generate')}?${job.query}`);
  const id = (body as { captcha_id?: unknown } | undefined)?.captcha_id;
  if (typeof id !== 'string') return { ...sample, outcome: `generate ${sample.outcome}` };
  const verdict = await timed(api(job, '/captcha/verify'), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ captcha_id: id, answer: 'X' }),
  });
  return verdict.sample;
}

async function timed(url: string, request: RequestInit = {}) {
  const started = performance.now();
  const since = () => performance.now() - started;
  try {
    const response = await fetch(url, {
      ...request,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    const sample: Sample = { outcome: String(response.status), ms: since() };
    return {
      sample,
      body: response.headers.get('Content-Type')?.includes('json') ? JSON.parse(text) : undefined,
    };
  } catch (error) {
    const name =
      (error as Error).name === 'TimeoutError' ? 'failed: no answer in 10 s' : 'failed: no connection';
    return { sample: { outcome: name, ms: since() } };
  }
}

function summary(job: Job, samples: readonly Sample[], seconds: number) {
  const sorted = samples.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const at = (share: number) =>
    Number((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(2));
  const outcomes: Record<string, number> = {};
  for (const { outcome } of samples) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  return {
    url: job.url.origin,
    what: job.what,
    requests: samples.length,
    seconds: Number(seconds.toFixed(2)),
    per_second: Number((samples.length / seconds).toFixed(1)),
    concurrency: job.concurrency,
    outcomes,
    ms: { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) },
  };
}
