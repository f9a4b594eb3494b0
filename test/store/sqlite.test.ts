import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createSqliteStore } from '../../lib/store/sqlite.ts';
import { storeConformance } from '../conformance/store.ts';
import { rig } from '../http/rig.ts';

const folders: string[] = [];
const newFile = () => {
  const folder = mkdtempSync(join(tmpdir(), 'glyphgate-sqlite-'));
  folders.push(folder);
  return join(folder, 'store.db');
};
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

storeConformance('sqlite', () => {
  let now = Date.UTC(2026, 0, 1);
  const store = createSqliteStore({ path: newFile(), clock: () => now });
  return {
    store,
    advance: (ms) => {
      now += ms;
    },
    close: () => store.close(),
  };
});

const BODY = new Uint8Array(400).fill(7);
const answered = (mark: string) => ({ to: 'answered', mark, ttlMs: 60_000 }) as const;
const CHILD = new URL('./sqlite-child.ts', import.meta.url).pathname;
const NODE_FLAGS = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];

describe('the sqlite store survives', () => {
  it('a restart: issued, answered and redeemed are what they were', async () => {
    const path = newFile();
    const before = createSqliteStore({ path });
    for (const id of ['a', 'b']) await before.put(id, BODY, 60_000);
    await before.transition('b', answered('n'));
    await before.close();
    const after = createSqliteStore({ path });
    expect((await after.get('a'))?.nonce).toBeUndefined();
    expect((await after.transition('b', answered('m'))).outcome).toBe('refused');
    expect((await after.transition('b', answered('n'))).outcome).toBe('repeated');
    await after.close();
  });

  it('kill -9 in the middle of writes: nothing acknowledged is lost, and the file opens again', async () => {
    const path = newFile();
    for (let round = 0; round < 3; round++) {
      const child = spawn(process.execPath, [...NODE_FLAGS, CHILD, 'write', path, `r${round}`], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk;
        if (output.length > 4000 * (round + 1)) child.kill('SIGKILL');
      });
      await new Promise((resolve) => child.once('close', resolve));
      const acknowledged = output.split('\n').slice(0, -1);
      expect(acknowledged.length).toBeGreaterThan(50);
      const store = createSqliteStore({ path });
      for (const id of acknowledged) {
        const record = await store.get(id);
        expect(record?.nonce).toBe(`nonce-${id}`);
        expect((await store.transition(id, answered('another'))).outcome).toBe('refused');
      }
      await store.close();
    }
  });

  it('several processes on one file: one verdict each', async () => {
    const path = newFile();
    const store = createSqliteStore({ path });
    const ids = Array.from({ length: 40 }, (_, i) => `shared-${i}`);
    for (const id of ids) await store.put(id, BODY, 60_000);
    const children = Array.from(
      { length: 4 },
      (_, i) =>
        new Promise<string[]>((resolve, reject) => {
          const child = spawn(process.execPath, [...NODE_FLAGS, CHILD, 'race', path, `p${i}`, ...ids]);
          let output = '';
          child.stdout.on('data', (chunk: Buffer) => {
            output += chunk;
          });
          child.once('close', (code) =>
            code === 0 ? resolve(output.trim().split('\n')) : reject(new Error(output)),
          );
        }),
    );
    const won = (await Promise.all(children)).flat().filter(Boolean);
    expect(won.sort()).toEqual([...ids].sort());
    await store.close();
  });
});

it('an expired record is absent, though many more have expired than one call clears away', async () => {
  let now = Date.UTC(2026, 0, 1);
  const store = createSqliteStore({ path: newFile(), clock: () => now });
  for (let i = 0; i < 60; i++) await store.put(`id${10 + i}`, BODY, 1000);
  await store.transition('id69', { ...answered('n'), ttlMs: 1000 });
  now += 1000;
  expect((await store.transition('id69', { to: 'redeemed', mark: 'c', extendMs: 1000 })).outcome).toBe(
    'refused',
  );
  expect((await store.transition('id68', answered('n'))).outcome).toBe('refused');
  expect(await store.get('id67')).toBeUndefined();
  await store.close();
});

describe('a full sqlite store', () => {
  it('refuses new records, keeps the live ones, and takes new ones when they have expired', async () => {
    let now = 1_000_000;
    const store = createSqliteStore({ path: newFile(), maxBytes: 256 * 1024, clock: () => now });
    let stored = 0;
    let refused: unknown;
    while (!refused && stored < 5000)
      await store.put(`id${stored}`, BODY, 60_000).then(
        () => stored++,
        (error) => {
          refused = error;
        },
      );
    expect(refused).toMatchObject({ code: 'store_full' });
    expect(stored).toBeGreaterThan(100);
    for (let i = 0; i < stored; i++) expect(await store.get(`id${i}`)).toBeDefined();
    now += 60_000;
    for (let i = 0; i < 50; i++) await store.get('sweep');
    expect((await store.put('fresh', BODY, 60_000)).outcome).toBe('stored');
    await store.close();
  });

  it('on a full disk refuses, loses nothing, and goes on when there is room again', async () => {
    const mount = mkdtempSync(join(tmpdir(), 'glyphgate-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', mount]);
    try {
      const ballast = join(mount, 'ballast');
      execFileSync('sh', ['-c', `head -c 300000 /dev/zero > ${ballast}`]);
      const store = createSqliteStore({ path: join(mount, 'store.db') });
      const acknowledged: string[] = [];
      let refused: unknown;
      for (let i = 0; i < 5000 && !refused; i++)
        await store.put(`id${i}`, BODY, 60_000).then(
          () => acknowledged.push(`id${i}`),
          (error) => {
            refused = error;
          },
        );
      expect(refused).toMatchObject({ name: 'StoreError' });
      for (const id of acknowledged) expect(await store.get(id)).toBeDefined();
      rmSync(ballast);
      expect((await store.put('after', BODY, 60_000)).outcome).toBe('stored');
      for (const id of acknowledged) expect(await store.get(id)).toBeDefined();
      await store.close();
    } finally {
      execFileSync('umount', [mount]);
      rmSync(mount, { recursive: true, force: true });
    }
  });

  it('says what is wrong with a path that cannot be', () => {
    expect(() => createSqliteStore({ path: '/nowhere/at/all.db' })).toThrow(/sqlite store/);
  });
});

describe('a dump of the file', () => {
  it('reveals no answer and no address', async () => {
    const path = newFile();
    const store = createSqliteStore({ path });
    const r = rig({ wrap: () => store });
    const answers: string[] = [];
    for (let i = 0; i < 10; i++) {
      const { body } = await r.generate('kind=text&preset=classic', '192.0.2.77');
      answers.push(await r.answerOf(body.captcha_id));
      await r.verify({ captcha_id: body.captcha_id, answer: answers.at(-1) }, '192.0.2.77');
    }
    await store.close();
    const dump = readFileSync(path).toString('latin1').toLowerCase();
    expect(dump).toContain('generate:');
    // In quotes, as JSON would hold it: four bare letters turn up in random bytes by chance.
    const quoted = answers.map((answer) => JSON.stringify(answer));
    for (const secret of [...quoted, '192.0.2', 'solution', 'seed'])
      expect(dump).not.toContain(secret.toLowerCase());
  });
});
