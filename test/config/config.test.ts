import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEVELOPMENT, readConfig } from '../../lib/config.ts';
import { VERSION } from '../../lib/util/version.ts';

const REAL = {
  GLYPHGATE_MASTER_KEY: 'm'.repeat(32),
  GLYPHGATE_SITEKEY: 'site',
  GLYPHGATE_SECRET: 's'.repeat(32),
};

describe('the configuration', () => {
  it('needs nothing in development', () => {
    expect(readConfig({ NODE_ENV: 'development' })).toMatchObject({
      development: true,
      port: 8787,
      siteKey: 'development',
      profile: 'compat',
      ttlSeconds: 300,
      lang: 'zh-CN',
    });
  });

  it('lets each be overridden alone in development', () => {
    const config = readConfig({ NODE_ENV: 'development', GLYPHGATE_SITEKEY: 'mine', PORT: '9000' });
    expect(config).toMatchObject({ siteKey: 'mine', port: 9000, secrets: [DEVELOPMENT.secret] });
  });

  it('treats an unset NODE_ENV, and any other, as production', () => {
    for (const NODE_ENV of [undefined, 'production', 'test', 'Development'])
      expect(() => readConfig({ NODE_ENV })).toThrow(
        /GLYPHGATE_MASTER_KEY.*\n.*GLYPHGATE_SITEKEY.*\n.*GLYPHGATE_SECRET/,
      );
    expect(readConfig(REAL).development).toBe(false);
  });

  it('never tells answers outside development', () => {
    const asked = { GLYPHGATE_DEMO_ANSWERS: '1' };
    expect(readConfig({ ...REAL, ...asked }).demoAnswers).toBe(false);
    expect(readConfig({ NODE_ENV: 'development', ...asked }).demoAnswers).toBe(true);
    expect(readConfig({ NODE_ENV: 'development' }).demoAnswers).toBe(false);
  });

  it.each([
    ['PORT', '70000', 'an integer from 0 to 65535'],
    ['PORT', '1e3', 'an integer'],
    ['GLYPHGATE_PROFILE', 'lax', 'compat, standard, strict or accessible'],
    ['GLYPHGATE_STORE', 'postgres', 'memory, sqlite, redis, upstash, dynamodb, memcached or durable-object'],
    ['GLYPHGATE_STORE', 'redis', 'GLYPHGATE_REDIS_URL'],
    ['GLYPHGATE_STORE', 'upstash', 'UPSTASH_REDIS_REST_TOKEN'],
    ['GLYPHGATE_REDIS_URL', 'http://user:hunter2@host', 'redis://'],
    ['GLYPHGATE_MEMCACHED_SERVERS', 'host', 'host:port'],
    ['GLYPHGATE_LIMIT_GENERATE', '30', '30/60s'],
    ['GLYPHGATE_LIMIT_GENERATE', '30/60s:maybe', 'allow'],
    ['GLYPHGATE_LIMIT_FAILED', '0/60s', '30/60s'],
    ['GLYPHGATE_LIMIT_MEDIA', '1/90000s', '30/60s'],
    ['GLYPHGATE_TTL', '5', '10 to 3600'],
    ['GLYPHGATE_TOKEN_TTL', 'x', '10 to 3600'],
    ['GLYPHGATE_LANG', 'fr', 'zh-CN or en'],
    ['GLYPHGATE_ORIGINS', 'https://a.example/', 'origins'],
    ['GLYPHGATE_ORIGINS', '*', 'origins'],
    ['GLYPHGATE_TRUSTED_HOPS', '-1', 'an integer from 0 to 16'],
    ['GLYPHGATE_BASE_PATH', '/api/', 'a path'],
    ['GLYPHGATE_SITEKEY', 'a b', 'A-Z'],
    ['GLYPHGATE_MASTER_KEY', 'short', 'at least 32 bytes'],
    ['GLYPHGATE_SECRET', `${'s'.repeat(32)},short`, 'at least 32 bytes'],
    ['GLYPHGATE_MASTER_KEY', DEVELOPMENT.masterKey, 'development key'],
    ['GLYPHGATE_SECRET', DEVELOPMENT.secret, 'development secret'],
    ['GLYPHGATE_INSTANCES', '2', 'several instances'],
    ['GLYPHGATE_MASTR_KEY', 'x', 'no such variable'],
  ])('%s=%s stops the program and says what was expected', (name, value, expected) => {
    const read = () => readConfig({ ...REAL, [name]: value });
    expect(read).toThrow(expected);
    expect(read).toThrow(/GLYPHGATE_|PORT/);
  });

  it('never repeats a secret', () => {
    try {
      readConfig({ ...REAL, GLYPHGATE_MASTER_KEY: 'tell-nobody' });
    } catch (error) {
      expect(String(error)).not.toContain('tell-nobody');
      return;
    }
    throw new Error('expected a ConfigError');
  });

  it('refuses a store of one process or one machine where instances must share', () => {
    expect(() => readConfig(REAL, { severalInstances: true })).toThrow(/GLYPHGATE_STORE/);
    const sqlite = { ...REAL, GLYPHGATE_STORE: 'sqlite', GLYPHGATE_SQLITE_PATH: '/tmp/x.db' };
    expect(() => readConfig(sqlite, { severalInstances: true })).toThrow(/GLYPHGATE_STORE/);
    expect(readConfig({ ...sqlite, GLYPHGATE_INSTANCES: '4' }).store).toEqual({
      kind: 'sqlite',
      path: '/tmp/x.db',
    });
  });

  it('reads what the chosen store needs', () => {
    const store = (more: object) => readConfig({ ...REAL, ...more }).store;
    expect(store({ GLYPHGATE_STORE: 'redis', GLYPHGATE_REDIS_URL: 'redis://h:6379' })).toEqual({
      kind: 'redis',
      url: 'redis://h:6379',
      cluster: false,
      prefix: 'glyphgate:',
    });
    expect(
      store({
        GLYPHGATE_STORE: 'memcached',
        GLYPHGATE_MEMCACHED_SERVERS: 'a:1, b:2',
        GLYPHGATE_STORE_PREFIX: 'x',
      }),
    ).toEqual({ kind: 'memcached', servers: ['a:1', 'b:2'], prefix: 'x' });
    expect(store({ GLYPHGATE_STORE: 'dynamodb', GLYPHGATE_DYNAMODB_TABLE: 'captcha' })).toMatchObject({
      table: 'captcha',
    });
  });

  it('takes rotated keys, limits and origins', () => {
    const config = readConfig({
      ...REAL,
      GLYPHGATE_MASTER_KEY: `${'n'.repeat(32)}, ${'m'.repeat(32)}`,
      GLYPHGATE_LIMIT_SITEVERIFY: '1000/10s',
      GLYPHGATE_LIMIT_MEDIA: '5/60s:allow',
      GLYPHGATE_ORIGINS: 'https://a.example, http://localhost:3000',
    });
    expect(config.masterKeys).toEqual(['n'.repeat(32), 'm'.repeat(32)]);
    expect(config.limits).toEqual({
      siteverify: { limit: 1000, windowMs: 10_000 },
      media: { limit: 5, windowMs: 60_000, onStoreError: 'allow' },
    });
    expect(config.origins).toEqual(['https://a.example', 'http://localhost:3000']);
  });

  it('knows its version', () => {
    expect(JSON.parse(readFileSync('package.json', 'utf8')).version).toBe(VERSION);
  });
});
