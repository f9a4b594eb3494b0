/** Packs of voices: clips of speech with the marks that the mixer cuts them at. Made by infra/build/voices.ts, which says what the bytes are. */

/** Samples at 8 kHz that one byte of hiss stands for. */
export const HISS_STEP = 64;

/** The item by which a voice says that it is the one to follow. */
export const CUE = 'cue';

/** A voice. The columns run along `items`. */
export interface PackedVoice {
  readonly name: string;
  /** What can be said: single characters are answers, longer names are words that are none. */
  readonly items: readonly string[];
  /** Length of each clip at 8 kHz. */
  readonly samples: readonly number[];
  /** How many pitch marks each clip has. */
  readonly marks: readonly number[];
}

export interface PackHeader {
  readonly lang: string;
  readonly rate: number;
  readonly voices: readonly PackedVoice[];
}

/** A clip and where its parts lie in `bytes` of the pack. */
export interface Clip {
  readonly samples: number;
  readonly marks: number;
  readonly at: number;
}

export interface Voice {
  readonly name: string;
  readonly clips: ReadonlyMap<string, Clip>;
}

export interface Pack {
  readonly lang: string;
  readonly bytes: Uint8Array;
  readonly voices: readonly Voice[];
}

/** Splits a pack. Throws TypeError when it is none. */
export function readPack(file: Uint8Array): Pack {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 8 || view.getUint32(0, true) !== 0x50564747)
    throw new TypeError('not a pack of voices: expected it to begin with GGVP');
  const start = 8 + view.getUint32(4, true);
  const { lang, voices } = JSON.parse(new TextDecoder().decode(file.subarray(8, start))) as PackHeader;
  let at = start;
  const unpack = ({ name, items, samples, marks }: PackedVoice): Voice => ({
    name,
    clips: new Map(
      items.map((item, i) => {
        const clip = { samples: samples[i]!, marks: marks[i]!, at };
        at += clipBytes(clip);
        return [item, clip];
      }),
    ),
  });
  const unpacked = voices.map(unpack);
  if (at !== file.length) throw new TypeError(`a pack of voices: expected ${at} bytes, got ${file.length}`);
  return { lang, bytes: file, voices: unpacked };
}

/** First step index, hiss, marks, samples. */
function clipBytes({ samples, marks }: Pick<Clip, 'samples' | 'marks'>): number {
  return 1 + Math.ceil(samples / HISS_STEP) + marks + ((samples + 1) >> 1);
}
