/** From recordings to a pack of voices. pack.ts says what it looks like from outside; its bytes are written here. */
import { concat, utf8 } from '../../util/bytes.ts';
import { HISS_STEP, type PackHeader } from '../pack.ts';
import { encodeAdpcm } from './adpcm.ts';
import { hissLevels } from './hiss.ts';
import { pitchMarks, pitchTrack } from './pitch.ts';
import { brighten, loudness, resample, scale, trim, type Wave } from './wave.ts';

const RATE = 8000;
/** Root mean square of what sounds, of full scale. */
const LEVEL = 0.1;

export interface RecordedClip {
  readonly samples: number;
  readonly marks: number;
  readonly data: Uint8Array;
}

export interface RecordOptions {
  /** Lowest and highest that the voice goes, in Hz. */
  readonly pitch: readonly [low: number, high: number];
  /** How much of the low end is taken away, 0 … 1: a voice that booms is loud and not clear. */
  readonly bright: number;
  /** How far the encoder looks ahead; 1 is quick. */
  readonly breadth: number;
}

/** Cut to what sounds, at one loudness, with its marks. */
export function recordClip(wave: Wave, { pitch, bright, breadth }: RecordOptions): RecordedClip {
  const wide = brighten(trim(resample(wave, 2 * RATE)), bright);
  const loud = scale(wide, LEVEL / loudness(wide));
  const narrow = resample(loud, RATE);
  const marks = pitchMarks(narrow, pitchTrack(narrow, pitch));
  const { index, bytes } = encodeAdpcm(narrow.samples, breadth);
  const gaps = marks.map(({ at, voiced }, i) => (at - (marks[i - 1]?.at ?? 0)) | (voiced ? 128 : 0));
  const parts = [[index], hissLevels(loud.samples, 2 * HISS_STEP), gaps, bytes];
  return {
    samples: narrow.samples.length,
    marks: marks.length,
    data: concat(...parts.map((part) => Uint8Array.from(part))),
  };
}

export interface RecordedVoice {
  readonly name: string;
  readonly clips: ReadonlyMap<string, RecordedClip>;
}

/**
 * "GGVP", the length of the header, the header (JSON), then for each clip: the first step index, a byte per 8 ms for how loud the hiss above
 * 4 kHz is, a byte per pitch mark (distance to the one before, 128 more where the voice sounds), and the samples at 8 kHz as ADPCM.
 */
export function writePack(lang: string, voices: readonly RecordedVoice[]): Uint8Array<ArrayBuffer> {
  const header: PackHeader = {
    lang,
    rate: RATE,
    voices: voices.map(({ name, clips }) => ({
      name,
      items: [...clips.keys()],
      samples: [...clips.values()].map(({ samples }) => samples),
      marks: [...clips.values()].map(({ marks }) => marks),
    })),
  };
  const text = utf8(JSON.stringify(header));
  const head = utf8('GGVP____');
  new DataView(head.buffer).setUint32(4, text.length, true);
  return concat(head, text, ...voices.flatMap(({ clips }) => [...clips.values()].map(({ data }) => data)));
}
