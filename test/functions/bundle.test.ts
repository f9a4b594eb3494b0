/** What each Lambda would carry: esbuild's own account of its inputs. */
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const FOREIGN_CLIENT = /node_modules\/(redis|@redis|@upstash)\/|lib\/store\/(redis|upstash|memcached|sqlite)/;

async function bundle(entry: string) {
  const { metafile, outputFiles } = await build({
    entryPoints: [`functions/${entry}.ts`],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    // The Lambda runtime brings the AWS SDK.
    external: ['@aws-sdk/*'],
  });
  return { inputs: Object.keys(metafile.inputs), gzip: gzipSync(outputFiles[0]!.contents).length };
}

const DRAWING =
  /^lib\/render\/|^lib\/challenge\/(registry|text\/text|reveal\/(reveal|picture|symbols|cuts)|scene\/(scene|paint|families))|node_modules\/photon/;

describe('the bundles', () => {
  it.each(['verify', 'health'])('%s carries nothing that draws', async (entry) => {
    const { inputs, gzip } = await bundle(entry);
    expect(inputs.filter((input) => DRAWING.test(input))).toEqual([]);
    expect(gzip).toBeLessThanOrEqual(150 * 1024);
  });

  it.each(['generate', 'verify', 'health'])('%s carries the client of no other store', async (entry) => {
    const { inputs } = await bundle(entry);
    expect(inputs.filter((input) => FOREIGN_CLIENT.test(input))).toEqual([]);
    expect(inputs).toContain('lib/store/dynamodb.ts');
  });

  it('generate carries what draws, and the rule above would have seen it', async () => {
    const { inputs } = await bundle('generate');
    expect(inputs.filter((input) => DRAWING.test(input)).length).toBeGreaterThan(5);
  });

  it('generate carries no photos: only the Node server serves a bank', async () => {
    const { inputs } = await bundle('generate');
    expect(inputs.filter((input) => /photon|@cf-wasm|lib\/challenge\/bank/.test(input))).toEqual([]);
  });
});
