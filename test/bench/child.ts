/** Talking with a child process. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** The child's next message; fails when it ends instead. `name` is for the error. */
export async function answerOf<T>(child: ChildProcess, name: string): Promise<T> {
  const gone = new AbortController();
  const onExit = () => gone.abort(new Error(`bench: the process of ${name} ended early`));
  child.once('exit', onExit);
  try {
    const [message] = await once(child, 'message', { signal: gone.signal });
    return message as T;
  } catch (error) {
    throw gone.signal.aborted ? gone.signal.reason : error;
  } finally {
    child.off('exit', onExit);
  }
}
