/**
 * Voices of the operator's own: a folder with voices.json and recordings, made into a pack like ours. Either all of it can be used, or
 * everything that is wrong with it is said, one text a fault, beginning with the file. `glyphgate voices check` prints them; the server
 * refuses to start on them.
 */
import { CUE, type Pack, readPack } from '../pack.ts';
import { recordClip, writePack } from '../recording/clip.ts';
import { loudness, readWave, trim, type Wave, WaveError } from '../recording/wave.ts';
import { MANIFEST, patternOf, readManifest, VOICE_LIMITS, type VoicesManifest } from './manifest.ts';

/** A folder, wherever it lies. Names are relative, with /. */
export interface VoiceFolder {
  /** A whole file; or, as a text to follow its name, why it cannot be had. */
  read(name: string, mostBytes: number): Uint8Array | { readonly problem: string };
}

export interface OwnVoices {
  /** Absent: there are problems. */
  readonly pack?: Pack;
  readonly problems: readonly string[];
}

const CHARACTERS = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const DIGITS = CHARACTERS.slice(0, 10);
/** Seconds of what sounds. */
const SPOKEN = [0.08, 2.5] as const;
const OVERLAID = [0.2, 8] as const;
/** Fainter than this, of full scale, is as good as silent. */
const FAINTEST = 0.003;
/** Any voice: children to basses. */
const OPTIONS = { pitch: [65, 380], bright: 0.3, breadth: 1 } as const;

export function openVoices(folder: VoiceFolder): OwnVoices {
  const file = folder.read(MANIFEST, VOICE_LIMITS.manifestBytes);
  if ('problem' in file) return { problems: [`${MANIFEST}: ${file.problem}`] };
  const manifest = readManifest(file);
  if ('problems' in manifest)
    return { problems: manifest.problems.map((problem) => `${MANIFEST}: ${problem}`) };

  const problems = faultsOf(manifest);
  const wave = (name: string, seconds: readonly [number, number]): Wave | undefined => {
    const read = readRecording(folder, name, seconds);
    if (!('problem' in read)) return read;
    problems.push(`${name}: ${read.problem}`);
    return undefined;
  };
  const voices = manifest.voices.map(({ name, characters, key, files, cue }) => ({
    name,
    waves: [
      ...saidBy(characters).map(
        (character) => [character, wave(files.replaceAll(key, character), SPOKEN)] as const,
      ),
      ...(cue === undefined ? [] : [[CUE, wave(cue, SPOKEN)] as const]),
    ],
  }));
  const overlays = manifest.overlays.map((name, i) => [`overlay ${i + 1}`, wave(name, OVERLAID)] as const);
  if (problems.length > 0) return { problems: [...new Set(problems)] };
  const whole = overlays.length > 0 ? [...voices, { name: 'overlays', waves: overlays }] : voices;
  const recorded = whole.map(({ name, waves }) => ({
    name,
    clips: new Map(waves.map(([item, read]) => [item, recordClip(read!, OPTIONS)])),
  }));
  return { pack: readPack(writePack(manifest.language, recorded)), problems: [] };
}

const saidBy = (pattern: string) => {
  const fits = patternOf(pattern)!;
  return CHARACTERS.filter((character) => fits.test(character));
};

/** What is wrong with the list as a whole. */
function faultsOf({ voices }: VoicesManifest): string[] {
  const faults = voices
    .filter(({ characters }) => saidBy(characters).length === 0)
    .map(({ name, characters }) => `${MANIFEST}: voice ${name} says none of 0-9 and A-Z (${characters})`);
  const twice = voices.filter(({ name }, i) => voices.findIndex((other) => other.name === name) < i);
  faults.push(...twice.map(({ name }) => `${MANIFEST}: two voices are named ${name}`));
  const missing = DIGITS.filter(
    (digit) => !voices.some(({ characters }) => saidBy(characters).includes(digit)),
  );
  if (missing.length > 0)
    faults.push(`${MANIFEST}: no voice says ${missing.join(', ')}; expected all ten digits`);
  return faults;
}

function readRecording(
  folder: VoiceFolder,
  name: string,
  [least, most]: readonly [number, number],
): Wave | { readonly problem: string } {
  const file = folder.read(name, VOICE_LIMITS.fileBytes);
  if ('problem' in file) return file;
  try {
    const wave = readWave(file);
    const problem = faultIn(wave, least, most);
    return problem === undefined ? wave : { problem };
  } catch (error) {
    if (error instanceof WaveError) return { problem: error.message };
    throw error;
  }
}

function faultIn(wave: Wave, least: number, most: number): string | undefined {
  // Silence around what sounds is cut off, but must not cost minutes to look through
  if (wave.samples.length > 30 * wave.rate) return 'is longer than 30 s';
  if (wave.samples.length < least * wave.rate) return `is shorter than ${least} s`;
  if (loudness(wave) < FAINTEST) return 'is silent';
  const sounding = trim(wave).samples.length / wave.rate;
  if (sounding >= least && sounding <= most) return undefined;
  return `sounds for ${sounding.toFixed(2)} s; expected ${least} to ${most} s`;
}
