/** The command line within this process: for what needs neither a renderer nor a store. */
import { main } from '../../lib/cli/main.ts';

export async function inside(words: readonly string[], environment: Record<string, string> = {}) {
  let stdout = '';
  let stderr = '';
  const unused = () => {
    throw new Error('not lent here');
  };
  const code = await main(words, {
    version: '0.0.0',
    environment,
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    loadRenderer: unused,
    loadKinds: unused,
    loadSpeech: unused,
    openEnvironment: unused,
    serve: unused,
  } as Parameters<typeof main>[1]);
  return { code, stdout, stderr, json: () => JSON.parse(stdout) };
}
