/** From nothing to a service of one's own that holds load: init, its files, the server started with them, loadtest against it. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../lib/config.ts';
import { startServer } from '../runtime/server.ts';
import { temporaryFolder } from './command.ts';
import { inside } from './inside.ts';

describe('glyphgate init', () => {
  it('writes a configuration that the server takes as it is, readable by its owner alone', async () => {
    const { path, file } = temporaryFolder();
    const words = [
      'init',
      '--out',
      file('new'),
      '--url',
      'https://captcha.example.com',
      '--origin',
      'https://a.example,https://b.example',
    ];
    const { code, json } = await inside([...words, '--json']);
    expect(code).toBe(0);
    expect(readdirSync(file('new')).toSorted()).toEqual(['form.html', 'glyphgate.env', 'server.mjs']);
    expect(statSync(file('new', 'glyphgate.env')).mode & 0o077).toBe(0);
    const config = readConfig(
      parseEnv(readFileSync(file('new', 'glyphgate.env'), 'utf8')) as Record<string, string>,
    );
    expect(config).toMatchObject({
      development: false,
      profile: 'standard',
      siteKey: json().sitekey,
      origins: ['https://a.example', 'https://b.example'],
      store: { kind: 'sqlite', path: 'glyphgate.db' },
    });
    const form = readFileSync(file('new', 'form.html'), 'utf8');
    expect(form).toContain('src="https://captcha.example.com/api.js"');
    expect(form).toContain(`sitekey="${config.siteKey}"`);
    for (const name of ['form.html', 'server.mjs'])
      expect(readFileSync(file('new', name), 'utf8')).not.toContain(config.secrets[0]);
    expect(path).not.toBe('');
  });

  it('never overwrites: with one file in the way it writes none', async () => {
    const { path, file } = temporaryFolder();
    writeFileSync(file('form.html'), 'mine');
    const { code, stdout, stderr } = await inside(['init', '--out', path]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('form.html: there already, and nothing is overwritten');
    expect(readdirSync(path)).toEqual(['form.html']);
    expect(readFileSync(file('form.html'), 'utf8')).toBe('mine');
  });

  it('makes keys of its own each time', async () => {
    const env = async () => {
      const { path, file } = temporaryFolder();
      await inside(['init', '--out', path]);
      return parseEnv(readFileSync(file('glyphgate.env'), 'utf8'));
    };
    const [a, b] = [await env(), await env()];
    for (const name of ['GLYPHGATE_MASTER_KEY', 'GLYPHGATE_SECRET', 'GLYPHGATE_SITEKEY'])
      expect(a[name]).not.toBe(b[name]);
  });

  it.each([
    [['--url', 'captcha.example.com'], '--url expects an origin'],
    [['--origin', 'https://a.example/path'], '--origin expects an origin'],
    [['--store', 'mysql'], '--store expects one of sqlite'],
    [['--sitekey', 'a b'], '--sitekey expects'],
  ])('%j is refused', async (words, message) => {
    const { code, stderr } = await inside(['init', '--out', '/nonexistent', ...words]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('glyphgate loadtest', () => {
  it('reports latencies and outcomes of the service that init set up', async () => {
    const { path, file } = temporaryFolder();
    await inside(['init', '--out', path, '--store', 'memory']);
    const env = parseEnv(readFileSync(file('glyphgate.env'), 'utf8')) as Record<string, string>;
    const server = await startServer({
      ...env,
      PORT: '0',
      GLYPHGATE_DEMO_ANSWERS: '',
      GLYPHGATE_LOG: 'errors',
    });
    onTestFinished(() => server.stop());
    for (const what of ['generate', 'verify']) {
      const { code, json } = await inside([
        'loadtest',
        '--url',
        server.url,
        '--what',
        what,
        '--requests',
        '20',
        '--json',
      ]);
      expect(code).toBe(0);
      expect(json()).toMatchObject({ what, requests: 20, concurrency: 4, outcomes: { 200: 20 } });
      const { p50, p90, p99, max } = json().ms;
      expect([p50, p90, p99, max]).toEqual([p50, p90, p99, max].toSorted((a, b) => a - b));
      expect(p50).toBeGreaterThan(0);
    }
    const { stdout } = await inside([
      'loadtest',
      '--url',
      server.url,
      '--requests',
      '3',
      '--query',
      'kind=none',
    ]);
    expect(stdout).toContain('outcomes  400: 3');
  });

  it('touches no other machine unless it is named twice, and stays within its bounds', async () => {
    for (const [words, message] of [
      [['--url', 'https://captcha.example.com'], '--this-is-mine captcha.example.com'],
      [['--url', 'https://captcha.example.com', '--this-is-mine', 'example.com'], 'is not this machine'],
      [['--url', 'http://127.0.0.1.example.com'], 'is not this machine'],
      [['--url', 'ftp://localhost'], '--url expects a URL'],
      [['--requests', '100001'], 'from 1 to 100000'],
      [['--seconds', '301'], 'from 1 to 300'],
      [['--concurrency', '65'], 'from 1 to 64'],
    ] as const) {
      const { code, stderr } = await inside(['loadtest', ...words]);
      expect(code).toBe(2);
      expect(stderr).toContain(message);
    }
  });

  it('says that nothing listens there', async () => {
    const { code, stderr } = await inside(['loadtest', '--url', 'http://127.0.0.1:1', '--requests', '2']);
    expect(code).toBe(1);
    expect(stderr).toContain('http://127.0.0.1:1 could not be reached: is the service running there?');
  });
});
