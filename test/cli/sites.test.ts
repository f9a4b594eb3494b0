import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../lib/config.ts';
import { glyphgate, glyphgateIn, readJson, temporaryFolder } from './command.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const HOUR = 3_600_000;

interface Document {
  sites: { sitekey: string; secrets: { sha256: string; until?: string }[]; policy: unknown }[];
}

/** A document with one site, and the secret that was printed for it. */
function added(...more: string[]) {
  const file = temporaryFolder().file('sites.json');
  const words = ['sites', 'add', '--file', file, '--origin', 'https://www.example.com', '--json', ...more];
  const { code, stdout, stderr } = glyphgate(...words);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return { file, ...(JSON.parse(stdout) as { sitekey: string; secret: string }) };
}

describe('glyphgate sites', () => {
  it('adds a site of profile standard that a service starts with, and keeps no secret', () => {
    const { file, sitekey, secret } = added();
    expect(readJson<Document>(file).sites).toEqual([
      {
        sitekey,
        secrets: [{ sha256: sha256(secret) }],
        origins: ['https://www.example.com'],
        policy: 'standard',
      },
    ]);
    expect(readFileSync(file, 'utf8')).not.toContain(secret);
    const environment = { GLYPHGATE_MASTER_KEY: 'm'.repeat(32), GLYPHGATE_SITES: readFileSync(file, 'utf8') };
    expect(readConfig(environment).siteKey).toBe(sitekey);
  });

  it('adds to what is there, keeping what it does not know by name, and prints the secret for people', () => {
    const { file } = added('--sitekey', 'shop', '--name', 'The shop', '--lang', 'en');
    const document = readJson<Document & { $schema?: string }>(file);
    document.$schema = 'https://example.com/sites';
    writeFileSync(file, JSON.stringify(document));
    const { code, stdout } = glyphgate(
      'sites',
      'add',
      '--file',
      file,
      '--sitekey',
      'bank',
      '--profile',
      'strict',
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^sitekey {2}bank\nsecret {3}\S{48}\nWritten to /);
    expect(readJson(file)).toMatchObject({
      $schema: 'https://example.com/sites',
      sites: [
        { sitekey: 'shop', name: 'The shop', lang: 'en' },
        { sitekey: 'bank', policy: 'strict' },
      ],
    });
  });

  it('lists without telling a secret or a whole hash', () => {
    const { file, secret } = added('--sitekey', 'shop');
    const { stdout } = glyphgate('sites', 'list', '--file', file);
    expect(stdout).toContain('shop');
    expect(stdout).toContain('https://www.example.com');
    expect(stdout).not.toContain(secret);
    expect(stdout).not.toContain(sha256(secret));
    const environment = { GLYPHGATE_SITES: readFileSync(file, 'utf8') };
    expect(JSON.parse(glyphgateIn(environment, 'sites', 'list', '--json').stdout)).toMatchObject({
      sites: [
        { sitekey: 'shop', policy: 'standard', secrets: [{ sha256: `${sha256(secret).slice(0, 8)}…` }] },
      ],
    });
  });

  it('rotates: the new secret first, the old one for a while', () => {
    const { file, secret: old } = added('--sitekey', 'shop');
    const rotate = (...more: string[]) =>
      JSON.parse(glyphgate('sites', 'rotate', '--file', file, '--sitekey', 'shop', '--json', ...more).stdout);
    const before = Date.now();
    const { secret } = rotate('--keep', '48');
    const [first, second] = readJson<Document>(file).sites[0]!.secrets;
    expect(first).toEqual({ sha256: sha256(secret) });
    expect(second!.sha256).toBe(sha256(old));
    const left = Date.parse(second!.until!) - before;
    expect(left).toBeGreaterThanOrEqual(48 * HOUR);
    expect(left).toBeLessThan(49 * HOUR);

    const third = rotate('--keep', '72').secret;
    const after = readJson<Document>(file).sites[0]!.secrets;
    expect(after.map((each) => each.sha256)).toEqual([third, secret, old].map(sha256));
    expect(after[2]!.until).toBe(second!.until);
    rotate('--keep', '0');
    expect(readJson<Document>(file).sites[0]!.secrets).toHaveLength(1);
  });

  it('checks: what would stop a service, and what is weak', () => {
    const { file } = added('--sitekey', 'shop');
    const check = () => glyphgate('sites', 'check', '--file', file);
    expect(check()).toMatchObject({ code: 0, stdout: `ok     ${file}: 1 site\n` });
    const document = readJson<Document>(file);
    document.sites[0]!.policy = { kinds: { scene: { rounds: 1 } } };
    writeFileSync(file, JSON.stringify(document));
    expect(check()).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^error {2}sites\[0\]\.policy\.kinds\.scene \(shop\): .* passes 25 %/),
    });
    document.sites[0]!.policy = { kinds: { scene: { rounds: 1 } }, max_guess: 0.25 };
    writeFileSync(file, JSON.stringify(document));
    expect(check()).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('warn   sites[0].policy.max_guess'),
    });
    writeFileSync(file, '{"sites": [{"sitekey": "shop"}]}');
    const missing = glyphgate('sites', 'check', '--file', file, '--json');
    expect(JSON.parse(missing.stdout)).toMatchObject({
      ok: false,
      findings: [
        { level: 'error', text: 'sites[0].secrets: expected a list of secret hashes; it is missing' },
      ],
    });
  });

  it.each([
    [['forget'], 2, 'WHAT expects one of add, list, rotate, check'],
    [['rotate'], 2, '--sitekey is missing'],
    [['add', '--profile', 'strikt'], 2, 'Did you mean strict?'],
    [['add', '--origin', 'https://a.example/'], 1, 'sites[0].origins[0]: expected an origin'],
    [['add', '--sitekey', 'a b'], 1, 'sites[0].sitekey: expected 1 to 64'],
    [['list'], 1, 'cannot read'],
  ])('%j ends with %i, says what was expected and writes nothing', (words, exit, told) => {
    const file = temporaryFolder().file('none.json');
    const { code, stdout, stderr } = glyphgate('sites', ...words, '--file', file);
    expect({ code, stdout }).toEqual({ code: exit, stdout: '' });
    expect(stderr).toContain(told);
    expect(() => readFileSync(file)).toThrow();
  });

  it('refuses to rotate what is not there, and to add a key twice', () => {
    const { file } = added('--sitekey', 'shop');
    const before = readFileSync(file, 'utf8');
    expect(glyphgate('sites', 'rotate', '--file', file, '--sitekey', 'bank').stderr).toContain(
      'expected one of shop',
    );
    expect(glyphgate('sites', 'add', '--file', file, '--sitekey', 'shop').stderr).toContain(
      'a site key of its own',
    );
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});
