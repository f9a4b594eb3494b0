/** `npm ci` works on every platform: the lockfile is whole, and names no registry. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Lockfile, missingEntries } from '../../infra/build/lockfile.ts';

const text = readFileSync('package-lock.json', 'utf8');

test('every optional package is in the lockfile (npm run build:lockfile adds them)', () => {
  expect(missingEntries(JSON.parse(text) as Lockfile)).toEqual([]);
});

test('no package is tied to one registry', () => {
  expect(text).not.toContain('"resolved"');
});
