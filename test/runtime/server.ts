/** The local server as an operator starts it: a process of its own on a free port. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Server {
  readonly url: string;
  /** The right answer of a live challenge; the server tells it in development when it was started to. */
  answer(captchaId: string): Promise<string>;
  stop(): Promise<void>;
}

const READY = /listens on (http:\/\/localhost:\d+)/;
const GENEROUS = {
  GLYPHGATE_LIMIT_GENERATE: '100000/60s',
  GLYPHGATE_LIMIT_VERIFY: '100000/60s',
  GLYPHGATE_LIMIT_FAILED: '100000/60s',
  GLYPHGATE_LIMIT_MEDIA: '100000/60s',
};

export async function startServer(env: Record<string, string> = {}): Promise<Server> {
  const child = spawn(process.execPath, ['--experimental-strip-types', 'functions/node.ts'], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'development',
      PORT: '0',
      GLYPHGATE_DEMO_ANSWERS: '1',
      ...GENEROUS,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await address(child);
  return {
    url,
    async answer(captchaId) {
      const response = await fetch(`${url}/demo/answer?captcha_id=${captchaId}`);
      if (!response.ok)
        throw new Error(`No answer for ${captchaId}: ${response.status} ${await response.text()}`);
      return ((await response.json()) as { answer: string }).answer;
    },
    async stop() {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function address(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk;
      const ready = READY.exec(output);
      if (ready?.[1]) resolve(ready[1]);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${output}`)));
  });
}
