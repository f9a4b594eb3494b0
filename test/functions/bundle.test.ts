/** What each Lambda carries: esbuild's own account of what is in the code, and the zip that it is put into. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Artefact, bundleLambdas, weights } from '../../infra/build/bundle.ts';

const DRAWING =
  /(^|\/)lib\/render\/|lib\/challenge\/(registry|text\/text|reveal\/(reveal|picture|symbols|cuts)|scene\/(scene|paint|families))/;
const PHOTON = /photon|@cf-wasm|lib\/challenge\/bank/;
/** The SDK's client too: the Lambdas go to DynamoDB without it. */
const FOREIGN_CLIENT =
  /node_modules\/(redis|@redis|@upstash|@aws-sdk)\/|lib\/store\/(redis|upstash|memcached|sqlite|dynamodb\.ts)/;

const folder = mkdtempSync(join(tmpdir(), 'glyphgate-bundle-'));
let artefacts: Artefact[];
beforeAll(async () => {
  artefacts = await bundleLambdas(join(folder, 'one'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const named = (name: string) => artefacts.find((artefact) => artefact.name === name)!;
const carries = (name: string, what: RegExp) =>
  [...named(name).inputs, ...named(name).lazyInputs].filter((input) => what.test(input));

describe('the Lambda artefacts', () => {
  it.each(['verify', 'health'])('%s carries nothing that draws, in at most 150 KB', (name) => {
    expect(carries(name, DRAWING)).toEqual([]);
    expect([...named(name).files.keys()].filter((path) => !path.endsWith('.mjs'))).toEqual([]);
    expect(carries(name, PHOTON)).toEqual([]);
    const all = weights(named(name)).filter(({ name: what }) => !what.endsWith('.zip'));
    expect(all.reduce((sum, { gzip }) => sum + gzip, 0)).toBeLessThanOrEqual(150 * 1024);
  });

  it.each(['generate', 'verify', 'health'])('%s carries one client', (name) => {
    expect(carries(name, FOREIGN_CLIENT)).toEqual([]);
    expect(carries(name, /lib\/store\/dynamodb-direct/)).toHaveLength(1);
  });

  it.each(['generate', 'verify', 'health'])('%s leaves cryptography to Node', (name) => {
    expect(carries(name, /@noble\/(ciphers\/aes|hashes\/hkdf)/)).toEqual([]);
    expect(carries(name, /functions\/node-primitives/)).toHaveLength(1);
  });

  it.each(['generate', 'verify', 'health'])('%s is one file to a cold start', (name) => {
    expect(named(name).eager).toEqual(['index.mjs']);
    expect(carries(name, /node_modules\/jose\//).length).toBeGreaterThan(0);
    expect(named(name).inputs.filter((input) => /node_modules\/jose\//.test(input))).toEqual([]);
  });

  it('generate reads what draws text at once, and the other kinds when they are wanted', () => {
    const { inputs, lazyInputs } = named('generate');
    const other = /lib\/challenge\/(scene\/scene|reveal\/reveal|audio\/audio)\.ts/;
    expect(inputs.filter((input) => other.test(input))).toEqual([]);
    expect(lazyInputs.filter((input) => other.test(input))).toHaveLength(3);
    expect(inputs).toContain('lib/challenge/text/text.ts');
    expect(inputs.filter((input) => /widget\/built|openapi\.json/.test(input))).toEqual([]);
  });

  it('generate reads Photon when a picture needs it, not before', () => {
    const { inputs, lazyInputs } = named('generate');
    expect(inputs.filter((input) => PHOTON.test(input))).toEqual([]);
    expect(lazyInputs.filter((input) => PHOTON.test(input)).length).toBeGreaterThan(0);
  });

  it('these rules see what is there', async () => {
    expect(carries('generate', DRAWING).length).toBeGreaterThan(5);
    const { metafile } = await build({
      entryPoints: ['functions/node.ts'],
      bundle: true,
      write: false,
      outdir: folder,
      metafile: true,
      platform: 'node',
      format: 'esm',
      loader: { '.wasm': 'empty' },
      logLevel: 'error',
    });
    const whole = Object.keys(metafile.inputs);
    for (const rule of [DRAWING, PHOTON, FOREIGN_CLIENT])
      expect(whole.filter((input) => rule.test(input)).length).toBeGreaterThan(1);
  });

  it('are zips that hold the folder, the same bytes every time', async () => {
    const again = await bundleLambdas(join(folder, 'two'));
    for (const [i, { name, zip, files, handler }] of artefacts.entries()) {
      const bytes = readFileSync(zip);
      expect(bytes.equals(readFileSync(again[i]!.zip)), name).toBe(true);
      const held = unzipSync(bytes);
      expect(Object.keys(held)).toEqual([...files.keys()].toSorted());
      for (const [path, content] of files) expect(Buffer.from(held[path]!).equals(content), path).toBe(true);
      expect(held).toHaveProperty([handler.replace('.handler', '.mjs')]);
    }
  });
});
