/**
 * What an operator gives a service of their own, put into the Lambda zips: hooks, presets, voices, questions. They are named by the
 * variables that a server reads, judged here by what judges them there, and lie below `own` beside the code, which judges them again
 * when it starts. A mistake stops the build and says what it is.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { loadRenderAssets } from '../../functions/assets.ts';
import { loadHooks } from '../../functions/hooks.ts';
import { loadPresets } from '../../functions/presets.ts';
import { openVoices } from '../../lib/audio/own/voices.ts';
import { openBank } from '../../lib/challenge/bank/bank.ts';
import { bankFolder } from '../../lib/cli/bank-folder.ts';
import { ConfigError } from '../../lib/errors.ts';
import { openPhotos } from '../../lib/render/photo.ts';
import { createRenderer } from '../../lib/render/renderer.ts';
import type { OwnVariable } from '../settings.ts';

type Environment = Readonly<Partial<Record<string, string>>>;

export interface Own {
  /** By path in the zip. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** What the code is built with: variable → path from `functions`, or the ratio itself. */
  readonly variables: Readonly<Partial<Record<OwnVariable, string>>>;
}

/** What Lambda takes unpacked is 250 MiB; the code and our own data have 5 of them, and some room. */
const MOST_BYTES = 240 * 2 ** 20;

/** `draws`: presets, voices and questions too, and not only hooks. Throws `ConfigError` with everything that is wrong with one. */
export async function readOwn(environment: Environment, draws: boolean): Promise<Own> {
  const files = new Map<string, Uint8Array>();
  const variables: Record<string, string> = {};
  const {
    GLYPHGATE_HOOKS: hooks,
    GLYPHGATE_PRESETS: presets,
    GLYPHGATE_VOICES: voices,
    GLYPHGATE_QUESTIONS: questions,
    GLYPHGATE_QUESTIONS_RATIO: ratio,
  } = environment;
  if (hooks) {
    files.set('own/hooks.mjs', await bundledHooks(hooks));
    variables.GLYPHGATE_HOOKS = '../own/hooks.mjs';
  }
  if (draws && presets) {
    loadPresets(presets, createRenderer(loadRenderAssets()));
    files.set('own/presets.json', readFileSync(presets));
    variables.GLYPHGATE_PRESETS = '../own/presets.json';
  }
  if (draws && voices) {
    const folder = remembering(voices, 'own/voices', files);
    refuse('GLYPHGATE_VOICES', voices, openVoices(folder).problems);
    variables.GLYPHGATE_VOICES = '../own/voices';
  }
  if (draws && questions) {
    const folder = remembering(questions, 'own/questions', files);
    const tools = { renderer: createRenderer(loadRenderAssets()), photos: await openPhotos() };
    refuse('GLYPHGATE_QUESTIONS', questions, openBank(folder, tools).problems);
    variables.GLYPHGATE_QUESTIONS = '../own/questions';
    if (ratio) variables.GLYPHGATE_QUESTIONS_RATIO = ratio;
  }
  const bytes = [...files.values()].reduce((sum, file) => sum + file.length, 0);
  if (bytes > MOST_BYTES)
    throw new ConfigError(
      `files of your own: expected at most ${MOST_BYTES / 2 ** 20} MiB, which is what Lambda takes; they have ${Math.ceil(bytes / 2 ** 20)}`,
    );
  return { files, variables };
}

/** The folder; what is read of it is what the service will need, and nothing else goes along. */
function remembering(folder: string, place: string, files: Map<string, Uint8Array>) {
  const { read } = bankFolder(folder);
  return {
    read(name: string, mostBytes: number) {
      const file = read(name, mostBytes);
      if (!('problem' in file)) files.set(`${place}/${name}`, file);
      return file;
    },
  };
}

function refuse(variable: string, folder: string, problems: readonly string[]): void {
  if (problems.length > 0)
    throw new ConfigError(
      [`${variable}: expected a folder without problems; ${folder} has these:`, ...problems].join('\n  '),
    );
}

/** One file, with whatever packages the module imports in it; loaded once, as a start would. */
async function bundledHooks(path: string): Promise<Uint8Array> {
  const problem = (cause: unknown) =>
    new ConfigError(
      `GLYPHGATE_HOOKS: expected a module with hooks (docs/hooks.md); ${path}: ${(cause as Error).message}`,
      { cause },
    );
  const { outputFiles } = await build({
    entryPoints: [resolve(path)],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    // Packages that were written for `require` find it.
    banner: { js: "const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);" },
    logLevel: 'silent',
  }).catch((cause) => {
    throw problem(cause);
  });
  const folder = mkdtempSync(join(tmpdir(), 'glyphgate-hooks-'));
  try {
    writeFileSync(join(folder, 'hooks.mjs'), outputFiles[0]!.contents);
    await loadHooks(join(folder, 'hooks.mjs'));
  } catch (cause) {
    throw problem(cause instanceof ConfigError ? cause.cause : cause);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return outputFiles[0]!.contents;
}
