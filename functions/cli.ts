#!/usr/bin/env -S node --experimental-strip-types --disable-warning=ExperimentalWarning
/** The command `glyphgate`: hands the process's command line and streams to lib/cli. */
import { createKinds } from '../lib/challenge/registry.ts';
import { main } from '../lib/cli/main.ts';
import { createRenderer } from '../lib/render/renderer.ts';
import manifest from '../package.json' with { type: 'json' };
import { loadRenderAssets } from './assets.ts';

// A reader that has seen enough (`glyphgate … | head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await main(process.argv.slice(2), {
  version: manifest.version,
  stdout: process.stdout,
  stderr: process.stderr,
  loadKinds: () => createKinds(createRenderer(loadRenderAssets())),
});
