/** The dependency rules bite: each planted import below must be refused, each allowed one must pass. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const house: Record<string, string> = {
  'lib/util/bytes.ts': 'export type Bytes = Uint8Array; export const none = 0;',
  'lib/token/token.ts': 'export type Token = string; export const token = 1;',
  'lib/store/store.ts': "import { none } from '../util/bytes.ts'; export const store = none;",
  'lib/service.ts':
    "import { store } from './store/store.ts'; import { token } from './token/token.ts'; export const service = store + token;",
  'lib/store/sqlite/sqlite.ts': "import 'node:fs';",
  'lib/cli/run.ts': "import 'node:fs'; import { service } from '../service.ts'; export const run = service;",
};

const planted: readonly [rule: string, file: string, source: string][] = [
  [
    'room-store',
    'lib/store/sideways.ts',
    "import { token } from '../token/token.ts'; export const x = token;",
  ],
  [
    'room-store',
    'lib/store/type-sideways.ts',
    "import type { Token } from '../token/token.ts'; export type X = Token;",
  ],
  ['room-store', 'lib/store/lazily.ts', "export const x = () => import('../token/token.ts');"],
  ['room-store', 'lib/store/upwards.ts', "export { service } from '../service.ts';"],
  ['room-util', 'lib/util/upwards.ts', "import { store } from '../store/store.ts'; export const x = store;"],
  [
    'room-challenge',
    'lib/challenge/keeps.ts',
    "import { store } from '../store/store.ts'; export const x = store;",
  ],
  [
    'portable-lib',
    'lib/token/files.ts',
    "import { readFileSync } from 'node:fs'; export const x = readFileSync;",
  ],
  ['known-room', 'lib/attic/box.ts', "import { none } from '../util/bytes.ts'; export const x = none;"],
  ['lib-on-its-own', 'lib/http/reaches.ts', "import '../../functions/node.ts';"],
  ['no-cycle', 'lib/site/a.ts', "import { b } from './b.ts'; export const a = (): unknown => b;"],
  ['resolvable', 'lib/site/lost.ts', "import './nowhere.ts';"],
];

let folder: string;
let violations: { rule: { name: string }; from: string }[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'glyphgate-rules-'));
  const files = {
    ...house,
    'lib/site/b.ts': "import { a } from './a.ts'; export const b = (): unknown => a;",
    'functions/node.ts': 'export {};',
    'package.json': '{"type":"module"}',
    ...Object.fromEntries(planted.map(([, file, source]) => [file, source])),
  };
  for (const [file, source] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), source);
  }
  const config = resolve('.dependency-cruiser.mjs');
  const bin = resolve('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const args = [bin, '--config', config, '--output-type', 'json', 'lib', 'functions'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  violations = JSON.parse(stdout).summary.violations;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(planted)('%s refuses %s', (rule, file) => {
  expect(violations.filter(({ from }) => from === file).map((violation) => violation.rule.name)).toContain(
    rule,
  );
});

test('what the table allows passes', () => {
  expect(violations.filter(({ from }) => from in house)).toEqual([]);
});
