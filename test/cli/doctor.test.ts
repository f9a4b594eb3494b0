import { expect, it } from 'vitest';
import { createDynamoStore } from '../../lib/store/dynamodb.ts';
import { startDynalite } from '../backends/dynalite.ts';
import { startRedis } from '../backends/redis.ts';
import { glyphgateIn, temporaryFolder } from './command.ts';

const REAL = {
  GLYPHGATE_MASTER_KEY: 'm'.repeat(32),
  GLYPHGATE_SITEKEY: 'site',
  GLYPHGATE_SECRET: 's'.repeat(32),
  GLYPHGATE_PROFILE: 'standard',
};

it('finds a production environment fit, and says what is worth knowing', () => {
  const { code, stdout } = glyphgateIn(
    { ...REAL, GLYPHGATE_STORE: 'sqlite', GLYPHGATE_SQLITE_PATH: temporaryFolder().file('store.db') },
    'doctor',
  );
  expect(code).toBe(0);
  expect(stdout).toContain('ok     store sqlite answers');
  expect(stdout).toContain('ok     store sqlite: journal mode is wal');
  expect(stdout).toContain('warn   GLYPHGATE_ORIGINS is empty');
});

it('answers in JSON, wrong or right', () => {
  const { code, stdout } = glyphgateIn({ ...REAL, GLYPHGATE_STORE: 'memory' }, 'doctor', '--json');
  expect(code).toBe(0);
  const { healthy, findings } = JSON.parse(stdout);
  expect(healthy).toBe(true);
  expect(findings[0]).toEqual({ level: 'ok', text: 'configuration is complete' });
  const wrong = glyphgateIn({}, 'doctor', '--json');
  expect(wrong.code).toBe(1);
  expect(JSON.parse(wrong.stdout).healthy).toBe(false);
});

it('measures the policies of a sites document', () => {
  const site = (policy: unknown) => ({
    GLYPHGATE_MASTER_KEY: 'm'.repeat(32),
    GLYPHGATE_SITES: JSON.stringify({
      sites: [{ sitekey: 'shop', secrets: [{ sha256: 'a'.repeat(64) }], policy }],
    }),
  });
  const compat = glyphgateIn(site('compat'), 'doctor');
  expect(compat.stdout).toContain('warn   sites[0].policy.profile (shop): compat: a blind guess passes 25 %');
  expect(compat.stdout).not.toContain('GLYPHGATE_ORIGINS');
  expect(compat.code).toBe(0);
  const weak = glyphgateIn(site({ kinds: { scene: {} } }), 'doctor');
  expect(weak.stdout).toContain('error  sites[0].policy.kinds.scene (shop)');
  expect(weak.code).toBe(1);
});

it('names every variable that is wrong', () => {
  const { code, stdout, stderr } = glyphgateIn({ PORT: 'x' }, 'doctor');
  expect(code).toBe(1);
  expect(stdout).toContain('error  PORT: expected an integer');
  expect(stdout).toContain('error  GLYPHGATE_MASTER_KEY');
  expect(stderr).toContain('checks found something wrong');
});

it('says that a store does not answer, without its password', () => {
  const { code, stdout } = glyphgateIn(
    { ...REAL, GLYPHGATE_STORE: 'redis', GLYPHGATE_REDIS_URL: 'redis://:hunter2@127.0.0.1:1' },
    'doctor',
  );
  expect(code).toBe(1);
  expect(stdout).toContain('error  store redis does not answer');
  expect(stdout).not.toContain('hunter2');
});

it('tells a Redis that evicts from one that does not', async () => {
  const doctor = (url: string) =>
    glyphgateIn({ ...REAL, GLYPHGATE_STORE: 'redis', GLYPHGATE_REDIS_URL: url }, 'doctor');
  const redis = await startRedis();
  try {
    expect(doctor(redis.url).stdout).toMatch(/ok {5}store redis: maxmemory-policy is noeviction/);
    await redis.command('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
    const evicting = doctor(redis.url);
    expect(evicting.stdout).toMatch(/error {2}store redis: maxmemory-policy is allkeys-lru/);
    expect(evicting.code).toBe(1);
  } finally {
    await redis.stop();
  }
});

it('asks DynamoDB for the table’s key, time to live, regions and clock', async () => {
  const dynalite = await startDynalite();
  try {
    const store = createDynamoStore({ table: await dynalite.newTable(), client: dynalite.client() });
    const findings = await store.inspect!();
    expect(findings.map(({ level }) => level)).toEqual(['ok', 'ok', 'warn', 'ok']);
    expect(findings[2]!.text).toContain('expected ENABLED on ttl');
  } finally {
    await dynalite.close();
  }
});
