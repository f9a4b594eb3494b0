/** A folder of the operator's own voices: used when it is whole, refused with the file and the reason when it is not. */
import { describe, expect, it } from 'vitest';
import { loadSpeech } from '../../functions/speech.ts';
import { openVoices } from '../../lib/audio/own/voices.ts';
import { readWave, WaveError } from '../../lib/audio/recording/wave.ts';
import type { Speech } from '../../lib/audio/speech.ts';
import { wavFile } from '../../lib/audio/wav.ts';
import { asked, buzz, samplesOf } from './kit.ts';

type Files = Record<string, Uint8Array | object | string>;

const folder = (files: Files) => ({
  read(name: string, mostBytes: number) {
    const file = files[name];
    if (file === undefined) return { problem: 'does not exist' };
    const bytes =
      file instanceof Uint8Array
        ? file
        : new TextEncoder().encode(typeof file === 'string' ? file : JSON.stringify(file));
    return bytes.length > mostBytes ? { problem: `has more than ${mostBytes} bytes` } : bytes;
  },
});

const manifest = {
  language: 'en',
  voices: [{ name: 'anna', characters: '[0-9]', key: '{c}', files: 'anna/{c}.wav' }],
  overlays: ['street.wav'],
};
const whole = (): Files => ({
  'voices.json': manifest,
  'street.wav': buzz(70, 3),
  ...Object.fromEntries(
    [...'0123456789'].map((digit) => [`anna/${digit}.wav`, buzz(150 + 10 * Number(digit), 0.4)]),
  ),
});
const problemsOf = (more: Files) => openVoices(folder({ ...whole(), ...more })).problems;

describe('own voices', () => {
  it('say what they can instead of ours, and ours say the rest', async () => {
    const { pack, problems } = openVoices(folder(whole()));
    expect(problems).toEqual([]);
    expect(pack?.voices.map(({ name, clips }) => [name, [...clips.keys()].join('')])).toEqual([
      ['anna', '0123456789'],
      ['overlays', 'overlay 1'],
    ]);
    const [own, ours] = [loadSpeech(pack), loadSpeech()];
    const digits = await own.take(asked());
    expect(digits).not.toEqual(await ours.take(asked()));
    expect(samplesOf(digits, 8000).some((x) => Math.abs(x) > 0.4)).toBe(true);
    const letters = asked({ text: 'ABC', among: 'ABC' });
    expect(await own.take(letters)).toEqual(await ours.take(letters));
    const chinese = asked({ lang: 'zh-CN' });
    expect(await own.take(chinese)).toEqual(await ours.take(chinese));
  });

  it('may say themselves which of them is the one to follow', async () => {
    const cued = { ...manifest, voices: [{ ...manifest.voices[0], cue: 'anna/follow.wav' }] };
    const { pack, problems } = openVoices(
      folder({ ...whole(), 'voices.json': cued, 'anna/follow.wav': buzz(150, 0.6) }),
    );
    expect(problems).toEqual([]);
    expect(pack?.voices[0]?.clips.has('cue')).toBe(true);
    expect(problemsOf({ 'voices.json': cued })).toEqual(['anna/follow.wav: does not exist']);
    const length = async (speech: Speech) => (await speech.take(asked())).length;
    expect(await length(loadSpeech(pack))).toBeGreaterThan(
      (await length(loadSpeech(openVoices(folder(whole())).pack))) + 1000,
    );
  });

  it('may be long: whatever is asked for, a take ends', async () => {
    const slowly = Object.fromEntries(
      [...'0123456789'].map((digit) => [`anna/${digit}.wav`, buzz(150, 2.4)]),
    );
    const speech = loadSpeech(openVoices(folder({ ...whole(), ...slowly })).pack);
    for (const difficulty of [1, 2] as const)
      for (const slow of [false, true]) {
        const { length } = samplesOf(await speech.take(asked({ difficulty, slow })), 8000);
        expect(length / 8000).toBeLessThan(slow ? 25 : 9);
      }
  });

  it('may be 8 or 24 bits, two channels, 44.1 kHz', () => {
    const eight = wavFile(
      Uint8Array.from({ length: 4000 }, (_, i) => 128 + 60 * Math.sin(i / 8)),
      8000,
      8,
    );
    const stereo = buzz(120, 0.8, 44_100);
    const view = new DataView(stereo.buffer);
    view.setUint16(22, 2, true);
    view.setUint16(32, 4, true);
    expect(problemsOf({ 'anna/1.wav': eight, 'anna/2.wav': stereo })).toEqual([]);
  });

  it.each<[string, Files, string | RegExp]>([
    ['no manifest', { 'voices.json': undefined as never }, 'voices.json: does not exist'],
    ['no JSON', { 'voices.json': '{' }, /^voices\.json: is not JSON/],
    ['no UTF-8', { 'voices.json': Uint8Array.of(0x22, 0xff, 0x22) }, 'voices.json: is not UTF-8'],
    [
      'a misspelt name',
      { 'voices.json': { ...manifest, overlay: [] } },
      'voices.json: overlay: no such name',
    ],
    [
      'another language',
      { 'voices.json': { ...manifest, language: 'de' } },
      'voices.json: language: expected en or zh-CN',
    ],
    [
      'no voices',
      { 'voices.json': { ...manifest, voices: [] } },
      /voices: expected a list of 1 to 12 voices/,
    ],
    [
      'a pattern that is none',
      { 'voices.json': { ...manifest, voices: [{ ...manifest.voices[0], characters: '[0-' }] } },
      /voices\[0\]\.characters: expected a pattern/,
    ],
    [
      'a pattern that is too much',
      {
        'voices.json': {
          ...manifest,
          voices: [{ ...manifest.voices[0], characters: '((((.?){99}){99}){99}){99}' }],
        },
      },
      /voices\[0\]\.characters: expected a pattern/,
    ],
    [
      'no object',
      { 'voices.json': '7' },
      'voices.json: the whole: expected an object with language and voices',
    ],
    ['no language', { 'voices.json': { voices: manifest.voices } }, 'voices.json: language: is missing'],
    [
      'a path without the key',
      { 'voices.json': { ...manifest, voices: [{ ...manifest.voices[0], key: '#' }] } },
      /voices\[0\].*with the key in it/,
    ],
    [
      'a path that leaves the folder',
      { 'voices.json': { ...manifest, voices: [{ ...manifest.voices[0], files: '../{c}.wav' }] } },
      /voices\[0\]\.files: expected the path of files inside the folder/,
    ],
    [
      'digits that nobody says',
      { 'voices.json': { ...manifest, voices: [{ ...manifest.voices[0], characters: '[0-7]' }] } },
      'voices.json: no voice says 8, 9; expected all ten digits',
    ],
    ['a missing file', { 'anna/3.wav': undefined as never }, 'anna/3.wav: does not exist'],
    ['text', { 'anna/3.wav': 'RIFF' }, 'anna/3.wav: is no WAV file; expected one (RIFF, PCM)'],
    ['half a header', { 'anna/3.wav': buzz(100, 0.4).slice(0, 30) }, 'anna/3.wav: is cut short'],
    ['no samples', { 'anna/3.wav': buzz(100, 0.4).slice(0, 44) }, 'anna/3.wav: is shorter than 0.08 s'],
    ['silence', { 'anna/3.wav': wavFile(new Uint8Array(16_000), 16_000, 16) }, 'anna/3.wav: is silent'],
    [
      'a speech',
      { 'anna/3.wav': buzz(100, 4) },
      /^anna\/3\.wav: sounds for 4\.0\d s; expected 0\.08 to 2\.5 s$/,
    ],
    ['a huge file', { 'anna/3.wav': buzz(100, 140) }, /^anna\/3\.wav: has more than 4194304 bytes$/],
    ['many channels', { 'anna/3.wav': bent(22, 6) }, 'anna/3.wav: has 6 channels; expected one or two'],
    [
      'another format',
      { 'anna/3.wav': bent(20, 3) },
      'anna/3.wav: holds format 3 of 16 bits; expected PCM of 8, 16 or 24',
    ],
    [
      'a strange rate',
      { 'anna/3.wav': bent(24, 4000) },
      'anna/3.wav: has 4000 samples a second; expected 8000 to 48000',
    ],
    ['a chunk without end', { 'anna/3.wav': bent(16, 0xfff0) }, 'anna/3.wav: has no samples'],
  ])('are refused for %s', (_, files, told) => {
    const problems = problemsOf(files);
    expect(problems.length).toBe(1);
    expect(problems[0]).toMatch(
      told instanceof RegExp ? told : new RegExp(`^${told.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`),
    );
  });

  it('survive bytes that make no sense', () => {
    let state = 7;
    const next = () => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return state >>> 16;
    };
    let refused = 0;
    for (let i = 0; i < 2000; i++) {
      const file = buzz(100, 0.01);
      for (let k = 0; k < 6; k++) file[next() % 60] = next() & 255;
      try {
        const { rate, samples } = readWave(file.slice(0, next() % (file.length + 20)));
        expect(rate).toBeGreaterThan(0);
        expect(samples.every((x) => x >= -1 && x <= 1)).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(WaveError);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(100);
  });
});

/** A buzz with two bytes of its header replaced. */
function bent(at: number, value: number): Uint8Array {
  const file = buzz(100, 0.4);
  new DataView(file.buffer).setUint16(at, value, true);
  return file;
}
