import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readSites } from '../../lib/config/sites.ts';
import { readConfig } from '../../lib/config.ts';

const KEY = { GLYPHGATE_MASTER_KEY: 'm'.repeat(32) };
const sha256 = createHash('sha256').update('secret').digest('hex');
const site = (more: object = {}) => ({ sitekey: 'shop', secrets: [{ sha256 }], ...more });
const document = (...sites: object[]) => JSON.stringify({ sites });
const problemsOf = (...sites: object[]) => readSites(document(...sites)).problems;

describe('the sites document', () => {
  it('fills in what a site leaves out', () => {
    expect(readSites(document(site())).sites).toEqual([
      {
        key: 'shop',
        secrets: [{ sha256 }],
        hostnames: [],
        origins: [],
        policy: { profile: 'standard' },
        limits: {},
        brakes: undefined,
      },
    ]);
  });

  it('takes everything that a site can have', () => {
    const whole = site({
      name: 'The shop',
      secrets: [{ sha256 }, { sha256: 'f'.repeat(64), until: '2026-12-31T00:00:00Z' }],
      hostnames: ['shop.example', 'localhost', '[::1]'],
      origins: ['https://shop.example', 'http://localhost:3000'],
      lang: 'en',
      policy: {
        profile: 'strict',
        kinds: {
          text: {
            weight: 3,
            presets: ['strong'],
            custom: { length: [5, 8], generators: ['words'], fonts: 'any' },
          },
          scene: { rounds: 4, presets: 'any' },
        },
        difficulty: 2,
        max_guess: 0.01,
      },
      limits: { generate: '10/60s', siteverify: '500/60s' },
      brakes: { daily_budget: 1000, failed_verifies: '500/3600s', beyond: 'strict' },
    });
    expect(readSites(document(whole)).problems).toEqual([]);
    expect(readSites(document(whole)).sites[0]).toMatchObject({
      secrets: [{}, { until: Date.UTC(2026, 11, 31) }],
      policy: {
        kinds: {
          text: { weight: 3, rounds: 1, custom: { length: [5, 8] } },
          scene: { weight: 1, rounds: 4 },
        },
        maxGuess: 0.01,
      },
      limits: { generate: { limit: 10, windowMs: 60_000 } },
      brakes: { dailyChallenges: 1000, failed: { limit: 500 }, beyond: 'strict' },
    });
  });

  it.each([
    [{ sitekey: 'a b' }, 'sites[0].sitekey: expected 1 to 64 of the characters A-Z a-z 0-9 _ -; it is "a b"'],
    [
      { sitekey: undefined },
      'sites[0].sitekey: expected 1 to 64 of the characters A-Z a-z 0-9 _ -; it is missing',
    ],
    [{ secrets: [] }, 'sites[0].secrets: expected at least one secret hash; it is []'],
    [{ secrets: undefined }, 'sites[0].secrets: expected a list of secret hashes; it is missing'],
    [
      { secrets: [{ sha256: 'F'.repeat(64) }] },
      'sites[0].secrets[0].sha256: expected the SHA-256 of a secret, 64 hexadecimal digits in lower case',
    ],
    [{ secrets: [{ sha256, until: 'soon' }] }, 'sites[0].secrets[0].until: expected a time such as'],
    [
      { origins: ['https://a.example/'] },
      'sites[0].origins[0]: expected an origin such as https://example.com',
    ],
    [{ origins: ['*'] }, 'sites[0].origins[0]: expected an origin'],
    [
      { origins: 'https://a.example' },
      'sites[0].origins: expected a list of origins; it is "https://a.example"',
    ],
    [{ hostnames: ['*.example.com'] }, 'sites[0].hostnames[0]: expected a host name in lower case'],
    [{ hostnames: ['https://a.example'] }, 'sites[0].hostnames[0]: expected a host name'],
    [{ lang: 'fr' }, 'sites[0].lang: expected zh-CN or en; it is "fr"'],
    [{ policy: 'lax' }, 'sites[0].policy: expected compat, standard, strict or accessible, or an object'],
    [
      { policy: { profil: 'strict' } },
      'sites[0].policy.profil: no such field; expected one of profile, kinds',
    ],
    [
      { policy: { difficulty: 4 } },
      'sites[0].policy.difficulty: expected a whole number from 1 to 3; it is 4',
    ],
    [{ policy: { max_guess: 0 } }, 'sites[0].policy.max_guess: expected a number above 0, up to 1'],
    [{ policy: { kinds: {} } }, 'sites[0].policy.kinds: expected at least one kind'],
    [
      { policy: { kinds: { text: { weight: 0 } } } },
      'sites[0].policy.kinds: expected at least one kind of a weight above 0',
    ],
    [
      { policy: { kinds: { text: { rounds: 0 } } } },
      'sites[0].policy.kinds.text.rounds: expected a whole number from 1 to 10',
    ],
    [
      { policy: { kinds: { text: { presets: [] } } } },
      'sites[0].policy.kinds.text.presets: expected "any" or a list',
    ],
    [
      { limits: { generat: '1/1s' } },
      'sites[0].limits.generat: no such field; expected one of generate, siteverify',
    ],
    [{ limits: { generate: '1' } }, 'sites[0].limits.generate: expected hits and window such as "30/60s"'],
    [{ brakes: { daily_budget: -1 } }, 'sites[0].brakes.daily_budget: expected a whole number from 1'],
    [
      { brakes: { daily_budget: 1, beyond: 'compat' } },
      'sites[0].brakes.beyond: expected refuse, standard, strict or',
    ],
    [{ brakes: { beyond: 'strict' } }, 'sites[0].brakes: expected daily_budget, failed_verifies or both'],
    [{ limits: { generate: '1/1s:allow' } }, 'sites[0].limits.generate: expected hits and window such as'],
    [{ secret: 'hunter2-hunter2' }, 'sites[0].secret: no such field'],
  ])('%j is told as %s', (change, told) => {
    const problems = problemsOf(site(change));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(told);
    expect(problems[0]).not.toContain('hunter2');
  });

  it.each([
    [{ lenght: [4, 8] }, '.lenght: no such field; expected one of generators, characters, length, width'],
    [{ length: [3, 8] }, '.length: expected two whole numbers [least, most] from 4 to 8; it is [3,8]'],
    [{ length: [8, 4] }, '.length: expected two whole numbers [least, most] from 4 to 8'],
    [{ length: 6 }, '.length: expected two whole numbers [least, most] from 4 to 8; it is 6'],
    [{ width: [60, 401] }, '.width: expected two whole numbers [least, most] from 60 to 400'],
    [{ height: [20.5, 60] }, '.height: expected two whole numbers [least, most] from 20 to 160'],
    [{ colors: 'red' }, '.colors: expected true or false; it is "red"'],
    [{ fonts: 'Arial' }, '.fonts: expected "any" or a list of names, each of a font family'],
    [{ fonts: ['<b>'] }, '.fonts[0]: expected the name of a font family'],
  ])('custom: %j is told as %s', (custom, told) => {
    const problems = problemsOf(site({ policy: { kinds: { text: { custom } } } }));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`sites[0].policy.kinds.text.custom${told}`);
  });

  it.each([
    ['[]', 'expected'],
    ['7', 'expected an object with $schema, sites; it is 7'],
    ['{}', 'sites: expected a list of sites; it is missing'],
    ['{"sites": []}', 'sites: expected at least one site'],
    ['{"sites": [1]}', 'sites[0]: expected an object with sitekey'],
    ['{"sites": [{"secret": "hunter2-hunter2"', 'expected JSON'],
    ['{"sites": [hunter2]}', 'expected JSON'],
  ])('%s is no document', (json, told) => {
    const { problems } = readSites(json);
    expect(problems.join('\n')).toContain(told);
    expect(problems.join('\n')).not.toContain('hunter2');
  });

  it('tells all problems at once', () => {
    expect(problemsOf(site({ lang: 'fr' }), { sitekey: '' })).toHaveLength(3);
  });

  it('no two sites share a key or a secret', () => {
    const other = 'e'.repeat(64);
    expect(problemsOf(site(), site({ secrets: [{ sha256: other }] }))).toEqual([
      'sites[1].sitekey: expected a site key of its own; it stands at sites[0].sitekey too',
    ]);
    expect(problemsOf(site(), site({ sitekey: 'b' }))).toEqual([
      'sites[1].secrets[0].sha256: expected a secret of its own; it stands at sites[0].secrets[0].sha256 too',
    ]);
  });
});

describe('where the document comes from', () => {
  it('a variable; then the environment needs no site of its own', () => {
    const config = readConfig({ ...KEY, GLYPHGATE_SITES: document(site()) });
    expect(config).toMatchObject({ siteKey: 'shop', secrets: [], sites: [{ key: 'shop' }] });
  });

  it('a file', () => {
    const readFile = (path: string) => {
      expect(path).toBe('/etc/sites.json');
      return document(site());
    };
    const env = { ...KEY, GLYPHGATE_SITES_FILE: '/etc/sites.json' };
    expect(readConfig(env, { readFile }).sites).toHaveLength(1);
    const broken = () => {
      throw new Error('ENOENT: no such file');
    };
    expect(() => readConfig(env, { readFile: broken })).toThrow(/expected a file that can be read; ENOENT/);
    expect(() => readConfig(env)).toThrow(/this platform reads no files/);
  });

  it('stops the program with variable, path and expectation', () => {
    expect(() => readConfig({ ...KEY, GLYPHGATE_SITES: document(site({ lang: 'fr' })) })).toThrow(
      'GLYPHGATE_SITES: sites[0].lang: expected zh-CN or en; it is "fr"',
    );
  });

  it('a site of the environment comes first and must be whole', () => {
    const own = { GLYPHGATE_SITEKEY: 'own', GLYPHGATE_SECRET: 's'.repeat(32) };
    const both = readConfig({ ...KEY, ...own, GLYPHGATE_SITES: document(site()) });
    expect(both).toMatchObject({ siteKey: 'own', secrets: ['s'.repeat(32)], sites: [{ key: 'shop' }] });
    expect(() => readConfig({ ...KEY, GLYPHGATE_SITEKEY: 'own', GLYPHGATE_SITES: document(site()) })).toThrow(
      /GLYPHGATE_SECRET: expected a secret/,
    );
    expect(() =>
      readConfig({ ...KEY, ...own, GLYPHGATE_SITEKEY: 'shop', GLYPHGATE_SITES: document(site()) }),
    ).toThrow('GLYPHGATE_SITEKEY: expected a key that no site of the document has; it is "shop"');
  });
});

describe('keys for tests', () => {
  const REAL = { ...KEY, GLYPHGATE_SITEKEY: 'own', GLYPHGATE_SECRET: 's'.repeat(32) };

  it('work in development, and in production only when told twice', () => {
    expect(readConfig({ NODE_ENV: 'development' }).testKeys).toBe(true);
    expect(readConfig({ NODE_ENV: 'development', GLYPHGATE_TEST_KEYS: '0' }).testKeys).toBe(false);
    expect(readConfig(REAL).testKeys).toBe(false);
    expect(() => readConfig({ ...REAL, GLYPHGATE_TEST_KEYS: '1' })).toThrow(/even-in-production/);
    expect(readConfig({ ...REAL, GLYPHGATE_TEST_KEYS: 'even-in-production' }).testKeys).toBe(true);
  });

  it('are nobody’s own keys', () => {
    expect(() => readConfig({ ...REAL, GLYPHGATE_SITEKEY: 'glyphgate-test-pass' })).toThrow(/key for tests/);
    expect(() =>
      readConfig({ ...REAL, GLYPHGATE_SECRET: `glyphgate-test-secret-pass${'x'.repeat(20)}` }),
    ).toThrow(/secret for tests/);
    expect(() =>
      readConfig({ ...KEY, GLYPHGATE_SITES: document(site({ sitekey: 'glyphgate-test-mine' })) }),
    ).toThrow('sites[0].sitekey: expected a key of your own');
  });
});
