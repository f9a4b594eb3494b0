/**
 * The loop that AWS Lambda's own runtime for Node runs: takes an event from the Runtime API, calls the handler, sends back what it
 * gives (docs: "Using the Lambda runtime API"). `_HANDLER` is `functions/verify.handler`, below `LAMBDA_TASK_ROOT`.
 * As in the real one, the HTTP client is there before the handler's code is.
 */
const http = process.getBuiltinModule('node:http');

const { AWS_LAMBDA_RUNTIME_API: api = '', _HANDLER = '', LAMBDA_TASK_ROOT: root } = process.env;
const [, file, name = ''] = /^(.+)\.(\w+)$/.exec(_HANDLER) ?? [];
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

/** For the bench: what it has taken until now. */
function figures() {
  const { user, system } = process.cpuUsage();
  return { 'X-Cpu-Micros': user + system, 'X-Rss-Kb': Math.round(process.memoryUsage.rss() / 1024) };
}

/** @type {(method: string, path: string, body?: string) => Promise<{ id: string, text: string }>} */
const ask = (method, path, body) =>
  new Promise((resolve, reject) => {
    const call = http.request(
      `http://${api}/2018-06-01/runtime/${path}`,
      {
        method,
        agent,
        headers: body === undefined ? {} : { ...figures(), 'Content-Length': Buffer.byteLength(body) },
      },
      (reply) => {
        const id = String(reply.headers['lambda-runtime-aws-request-id']);
        let text = '';
        reply.setEncoding('utf8');
        reply.on('data', (piece) => {
          text += piece;
        });
        reply.on('end', () => resolve({ id, text }));
      },
    );
    call.on('error', reject);
    call.end(body);
  });

const told = (/** @type {unknown} */ error) =>
  JSON.stringify(
    error instanceof Error
      ? { errorType: error.name, errorMessage: error.message, stackTrace: error.stack?.split('\n') }
      : { errorType: 'Error', errorMessage: String(error) },
  );

/** @type {(event: unknown, context: object) => Promise<unknown>} */
let handler;
try {
  ({ [name]: handler } = await import(`${root}/${file}.mjs`));
} catch (error) {
  await ask('POST', 'init/error', told(error));
  process.exit(1);
}
for (;;) {
  const { id, text } = await ask('GET', 'invocation/next');
  try {
    const result = await handler(JSON.parse(text), { awsRequestId: id });
    await ask('POST', `invocation/${id}/response`, JSON.stringify(result));
  } catch (error) {
    await ask('POST', `invocation/${id}/error`, told(error));
  }
}
