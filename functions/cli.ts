#!/usr/bin/env -S node --experimental-strip-types --disable-warning=ExperimentalWarning
/** The command `glyphgate`: hands the process's command line and streams to lib/cli. */
import { main } from '../lib/cli/main.ts';
import manifest from '../package.json' with { type: 'json' };

// A reader that has seen enough (`glyphgate … | head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await main(process.argv.slice(2), {
  version: manifest.version,
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  loadRenderer,
  loadKinds,
  loadSpeech: async () => (await import('./speech.ts')).loadSpeech(),
  openEnvironment,
  serve: async () => void (await import('./node.ts')),
});

/** Only what draws waits for the engine. */
async function loadRenderer() {
  const [{ loadRenderAssets }, { createRenderer }] = await Promise.all([
    import('./assets.ts'),
    import('../lib/render/renderer.ts'),
  ]);
  return createRenderer(loadRenderAssets());
}

async function loadKinds() {
  const [renderer, { createKinds }, { loadEncoder }, { loadPresets }] = await Promise.all([
    loadRenderer(),
    import('../lib/challenge/registry.ts'),
    import('./assets.ts'),
    import('./presets.ts'),
  ]);
  const own = loadPresets(process.env.GLYPHGATE_PRESETS, renderer);
  return createKinds(renderer, { text: { own, loadEncoder } });
}

async function openEnvironment() {
  const [environment, { nodeStores }] = await Promise.all([
    import('./environment.ts'),
    import('./stores/node.ts'),
  ]);
  return environment.openEnvironment(nodeStores);
}
