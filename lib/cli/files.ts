/** Files, and the words for what the system says when they cannot be written. */
import { randomBytes } from 'node:crypto';
import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { CliError } from './command.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'no permission to write there',
  EPERM: 'no permission to write there',
  EROFS: 'the file system is read-only',
  ENOENT: 'the folder does not exist',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder, expected a file name',
  EEXIST: 'a file of that name is in the way, expected a folder',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
  EFBIG: 'the file is too large for the file system',
};

/** Does the work; a failure of the file system becomes a `CliError` that starts with `what` and says why. */
export function orExplain<T>(what: string, work: () => T, after = ''): T {
  try {
    return work();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined || (error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw new CliError(`${what}: ${REASONS[code] ?? code}.${after && ` ${after}`}`, { cause: error });
  }
}

/**
 * Writes beside the file and renames: whoever looks sees the old file or the whole new one, never a half. A link stays a link, and what
 * is no file (a device, a pipe) is written to as it is.
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there && !there.isFile()) {
    writeFileSync(path, content);
    return;
  }
  const target = there ? realpathSync(path) : path;
  const half = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    writeFileSync(half, content, { flag: 'wx' });
    renameSync(half, target);
  } catch (error) {
    rmSync(half, { force: true });
    throw error;
  }
}
