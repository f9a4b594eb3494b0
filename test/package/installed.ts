/** The package as its users have it: built, packed, and installed by npm into an empty project. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPackage } from '../../infra/build/package.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));

export interface Installed {
  /** The project. */
  readonly folder: string;
  /** The package before it was packed. */
  readonly built: string;
  readonly tarball: string;
  /** What the tarball holds. */
  readonly files: readonly string[];
  /** Bytes of everything that npm installed. */
  readonly bytes: number;
  write(name: string, text: string): string;
  /** Runs a program of the project to its end. */
  run(command: string, ...words: readonly string[]): Promise<{ code: number | null; output: string }>;
  /** Starts one and waits until something listens on its port. */
  serve(words: readonly string[], env?: Record<string, string>): Promise<string>;
  remove(): void;
}

export async function installPackage(): Promise<Installed> {
  const place = mkdtempSync(join(tmpdir(), 'glyphgate-package-'));
  const built = join(place, 'built');
  const folder = join(place, 'project');
  const children: ReturnType<typeof spawn>[] = [];
  await buildPackage(built);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"name": "project", "private": true, "type": "module"}');
  const npm = (...words: readonly string[]) =>
    execFileSync('npm', [...words, '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: folder,
      encoding: 'utf8',
    });
  const [packed] = JSON.parse(npm('pack', '--json', '--pack-destination', place, built));
  const tarball = join(place, packed.filename);
  npm('install', '--prefer-offline', '--no-package-lock', tarball);
  const bytes = sizeOf(join(folder, 'node_modules'));
  // The frameworks and their types are the project's own; those of this repository will do.
  for (const name of ['express', 'fastify', '@types'])
    symlinkSync(join(repository, 'node_modules', name), join(folder, 'node_modules', name));

  return {
    folder,
    built,
    tarball,
    files: packed.files.map(({ path }: { path: string }) => path),
    bytes,
    write(name, text) {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    },
    async run(command, ...words) {
      // Not in step: a process that stands still does not see its idle connections close.
      const child = spawn(command, words, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
      const [code] = await once(child, 'close');
      return { code, output };
    },
    async serve(words, env = {}) {
      const port = await freePort();
      const child = spawn(process.execPath, words, {
        cwd: folder,
        env: { PATH: process.env.PATH, PORT: String(port), ...env },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      children.push(child);
      const said: string[] = [];
      child.stderr?.on('data', (chunk) => said.push(String(chunk)));
      const url = `http://localhost:${port}`;
      for (let tries = 0; tries < 200; tries++) {
        if (child.exitCode !== null) break;
        const up = await fetch(url).then(
          () => true,
          () => false,
        );
        if (up) return url;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error(`node ${words.join(' ')} does not listen:\n${said.join('')}`);
    },
    remove() {
      for (const child of children) child.kill('SIGKILL');
      rmSync(place, { recursive: true, force: true });
    },
  };
}

const sizeOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
