/** For a container's health check: asks the server beside it, and ends with 0 when it is healthy. */
const { PORT = '8787', GLYPHGATE_BASE_PATH = '/api' } = process.env;

try {
  const reply = await fetch(`http://127.0.0.1:${PORT}${GLYPHGATE_BASE_PATH}/health`, {
    signal: AbortSignal.timeout(2500),
  });
  if (reply.status !== 200) console.error(await reply.text());
  process.exitCode = reply.status === 200 ? 0 : 1;
} catch (error) {
  console.error(`the server does not answer: ${(error as Error).message}`);
  process.exitCode = 1;
}
