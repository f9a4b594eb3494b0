/** Runs the real command as a child process. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const script = fileURLToPath(new URL('../../functions/cli.ts', import.meta.url));
/** The sources are stripped of their types once, not for every child: a third of the time. */
const NODE_COMPILE_CACHE = fileURLToPath(new URL('../../.cache/compile', import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly bytes: Buffer;
}

export const glyphgate = (...words: string[]): Finished => glyphgateIn(process.env, ...words);

/** In an environment of its own. */
export function glyphgateIn(env: NodeJS.ProcessEnv, ...words: string[]): Finished {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...words], {
    env: { PATH: process.env.PATH, ...env, NODE_COMPILE_CACHE },
    maxBuffer: 64 * 2 ** 20,
    timeout: 60_000,
  });
  return { code: status, stdout: stdout.toString(), stderr: stderr.toString(), bytes: stdout };
}

/** A folder that is gone when the test ends. */
export function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), 'glyphgate-cli-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    file: (...parts: string[]) => join(path, ...parts),
  };
}

/** Every file below the folder by its relative name. */
export function filesOf(folder: string): Map<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    entries
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted()
      .map((path) => [path.slice(folder.length + 1), readFileSync(path)]),
  );
}

export const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;
