/** A bank's folder on this machine. */
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BankFolder } from '../challenge/bank/folder.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist: a part of the path is a file',
  EACCES: 'cannot be read: no permission',
  EPERM: 'cannot be read: no permission',
  ELOOP: 'cannot be read: its links run in a circle',
  ENAMETOOLONG: 'cannot be read: its name is too long',
};

/** Opens without waiting: a pipe that nobody writes to must not hold the program up. */
const FLAGS = 0o4000;

export function bankFolder(folder: string): BankFolder {
  return {
    read(name, mostBytes) {
      try {
        return readBounded(join(folder, name), mostBytes);
      } catch (error) {
        const { code, syscall } = error as NodeJS.ErrnoException;
        if (code === undefined || syscall === undefined) throw error;
        return { problem: REASONS[code] ?? `cannot be read: ${code}` };
      }
    },
  };
}

function readBounded(path: string, mostBytes: number) {
  const file = openSync(path, FLAGS);
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) return { problem: stat.isDirectory() ? 'is a folder' : 'is no file' };
    if (stat.size > mostBytes)
      return { problem: `has ${mebibytes(stat.size)}; expected at most ${mebibytes(mostBytes)}` };
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

const mebibytes = (bytes: number) => `${Math.ceil((bytes * 10) / 2 ** 20) / 10} MiB`;
