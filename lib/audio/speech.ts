/**
 * The door of the sound room: says a text in a language, over a bed of other speech, as a WAV file. A take is a pure function of its spec,
 * byte for byte on every runtime. Packs are loaded when a language is first wanted; what can be said is known before.
 *
 * pack.ts splits packs, plan.ts decides what a take is made of, takes.ts lets the kernel make it.
 */
import { createEngine, type Engine } from './engine.ts';
import { canSay, LANGUAGES, TONAL } from './languages.ts';
import { type Pack, readPack } from './pack.ts';
import { type Mix, type Plan, planTake } from './plan.ts';
import { record } from './takes.ts';

export const RATES = [8000, 16000] as const;
export type Rate = (typeof RATES)[number];

export interface TakeSpec {
  /** Secret. */
  readonly seed: string;
  /** Another number is another take of the same challenge. */
  readonly take: number;
  readonly text: string;
  /** Every character that the text could have held. */
  readonly among: string;
  readonly lang: string;
  readonly difficulty: 1 | 2 | 3;
  readonly rate: Rate;
  readonly slow: boolean;
  /** For measurements; absent: what the difficulty says. */
  readonly mix?: Mix;
}

export interface SpeechAssets {
  /** lib/audio/kernel.wasm */
  kernel(): WebAssembly.Module | Promise<WebAssembly.Module>;
  /** lib/audio/voices-LANG.bin */
  pack(lang: string): Uint8Array | Promise<Uint8Array>;
  /** Voices of the operator's own, which say what they can instead of ours. */
  readonly own?: Pack | undefined;
}

export interface Speech {
  readonly languages: readonly string[];
  /** Whether every character of the text has a voice. */
  canSay(lang: string, text: string): boolean;
  /** A WAV file: 8 bits at 8 kHz, 16 at 16. Throws RangeError for what cannot be said. */
  take(spec: TakeSpec): Promise<Uint8Array<ArrayBuffer>>;
}

/** Per difficulty: docs/audio.md has the curve that they were chosen on. */
const MIXES: Readonly<Record<1 | 2 | 3, Mix>> = {
  1: { ratio: 3, overlap: [-0.2, 0], bed: 18 },
  2: { ratio: -5, overlap: [0.9, 1], bed: 12 },
  3: { ratio: -8, overlap: [0.9, 1], bed: 12 },
};

/** @example const speech = createSpeech(speechAssets()); const wav = await speech.take({ … }); */
export function createSpeech(assets: SpeechAssets): Speech {
  const { own } = assets;
  const ownCanSay = (lang: string, text: string) =>
    own?.lang === lang &&
    [...text].every((character) => own.voices.some(({ clips }) => clips.has(character)));
  const engines = new Map<string, Promise<Engine>>();
  const engineOf = (name: string, pack: () => Promise<Pack>): Promise<Engine> => {
    const found = engines.get(name);
    if (found) return found;
    const opening = Promise.all([assets.kernel(), pack()]).then(([kernel, voices]) =>
      createEngine(kernel, voices),
    );
    engines.set(name, opening);
    // What could not be had is asked for again
    opening.catch(() => engines.delete(name));
    return opening;
  };
  const engineFor = ({ lang, text }: TakeSpec) =>
    ownCanSay(lang, text)
      ? engineOf('own', async () => own!)
      : engineOf(lang, async () => readPack(await assets.pack(lang)));
  return {
    languages: LANGUAGES,
    canSay: (lang, text) => text !== '' && (ownCanSay(lang, text) || canSay(lang, text)),
    async take(spec) {
      if (!this.canSay(spec.lang, spec.text)) throw new RangeError(`${spec.lang} cannot say ${spec.text}`);
      const engine = await engineFor(spec);
      return record(engine, planOf(engine, spec), spec.rate);
    },
  };
}

function planOf({ pack }: Engine, { lang, difficulty, mix = MIXES[difficulty], ...asked }: TakeSpec): Plan {
  return planTake(pack, { ...asked, mix, tonal: TONAL.includes(lang) });
}
