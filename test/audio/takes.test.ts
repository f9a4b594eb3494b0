/** Takes: the same everywhere for a seed, different for another, and made as they are meant to be. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { loadSpeech } from '../../functions/speech.ts';
import { planTake } from '../../lib/audio/plan.ts';
import { seededRandom } from '../../lib/util/random.ts';
import { asked, packOf, rms, samplesOf } from './kit.ts';

const speech = loadSpeech();
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

describe('a take', () => {
  it('is these bytes, on every engine', async () => {
    const takes = [
      await speech.take(asked()),
      await speech.take(asked({ rate: 16000, slow: true })),
      await speech.take(asked({ lang: 'zh-CN', difficulty: 3 })),
      await speech.take(asked({ text: 'X4KQB', among: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789' })),
    ];
    expect(takes.map(hash)).toMatchInlineSnapshot(`
      [
        "a95a7b29a5f58924",
        "7578670adb12b6d9",
        "1c1a5dde9ba8e846",
        "74fcc28392644322",
      ]
    `);
  });

  it('is the same for a seed whatever was said before, and another for another seed', async () => {
    const first = await speech.take(asked());
    await speech.take(asked({ seed: 'other', text: '000000', rate: 16000 }));
    expect(await loadSpeech().take(asked())).toEqual(first);
    expect(await speech.take(asked())).toEqual(first);
    expect(await speech.take(asked({ seed: 'other' }))).not.toEqual(first);
  });

  it.each(['en', 'zh-CN'])(
    'of six digits in %s is at most 60 KB at 8 kHz, and begins with a second of silence',
    async (lang) => {
      for (let i = 0; i < 150; i++) {
        const file = await speech.take(asked({ seed: `${i}`, lang, text: '777777' }));
        expect(file.length).toBeLessThanOrEqual(60 * 1024);
        expect(rms(samplesOf(file, 8000).subarray(0, 8000))).toBeLessThan(1e-9);
      }
    },
  );

  it('is loud enough and never clipped, at either rate', async () => {
    for (let i = 0; i < 40; i++)
      for (const rate of [8000, 16000] as const) {
        const samples = samplesOf(await speech.take(asked({ seed: `${i}`, rate })), rate);
        const peak = samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
        expect(peak).toBeGreaterThan(0.5);
        expect(peak).toBeLessThan(0.99);
        expect(rms(samples.subarray(2 * rate))).toBeGreaterThan(0.03);
      }
  });

  it('keeps the ratio that is asked for between answer and bed', async () => {
    const none = { ratio: 90, streams: 1 };
    const level = async (mix: { ratio: number; streams: number }) => {
      let sum = 0;
      for (let i = 0; i < 30; i++) {
        const samples = samplesOf(await speech.take(asked({ seed: `${i}`, mix })), 8000);
        // Before the chime there is nothing but the bed, after it both; peaks are brought to one height
        sum += rms(samples.subarray(8000, 10_000)) / rms(samples.subarray(20_000, 36_000));
      }
      return sum / 30;
    };
    expect(await level(none)).toBeLessThan(0.01);
    const [soft, loud] = [await level({ ratio: 9, streams: 2 }), await level({ ratio: 0, streams: 2 })];
    expect(loud / soft).toBeGreaterThan(1.6);
  });

  it('cannot be had of what nobody says', async () => {
    await expect(speech.take(asked({ lang: 'zh-CN', text: 'A' }))).rejects.toThrow(RangeError);
    await expect(speech.take(asked({ lang: 'fr' }))).rejects.toThrow(RangeError);
    await expect(speech.take(asked({ text: '' }))).rejects.toThrow(RangeError);
  });
});

describe('a plan', () => {
  const pack = packOf('en');
  const clipNames = new Map(
    pack.voices.flatMap(({ clips }) => [...clips].map(([item, clip]) => [clip, item])),
  );
  const plan = (i: number, among: string, slow = false) =>
    planTake(
      pack,
      { text: '493817', among, slow, mix: { ratio: 4, streams: 2 }, tonal: false },
      seededRandom(`${i}`, 'plan'),
    );

  it('says the answer in order after the chime, and nothing of its kind forwards in the bed', () => {
    for (const among of ['0123456789', '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'])
      for (let i = 0; i < 60; i++) {
        const { answer, bed, chime } = plan(i, among);
        expect(answer.map(({ clip }) => clipNames.get(clip)).join('')).toBe('493817');
        expect(answer.every(({ start, reverse }) => start > chime.start + 3000 && !reverse)).toBe(true);
        expect(answer.every(({ start }, at) => at === 0 || start > answer[at - 1]!.start + 1200)).toBe(true);
        const forwards = bed.filter(({ reverse }) => !reverse).map(({ clip }) => clipNames.get(clip)!);
        expect(forwards.some((item) => among.includes(item))).toBe(false);
        expect(bed.length).toBeGreaterThan(10);
        expect(bed.some(({ reverse }) => reverse)).toBe(true);
      }
  });

  it('uses every voice, and varies all that can be varied', () => {
    const events = Array.from({ length: 60 }, (_, i) => plan(i, '0123456789').answer).flat();
    const used = new Set(
      events.map(({ clip }) => pack.voices.find(({ clips }) => [...clips.values()].includes(clip))!.name),
    );
    expect(used.size).toBe(pack.voices.length);
    for (const of of [
      'gain',
      'tempo',
      'pitch',
      'rise',
      'throat',
      'head',
      'tail',
      'fadeIn',
      'fadeOut',
    ] as const)
      expect(new Set(events.map((event) => event[of])).size).toBeGreaterThan(10);
  });

  it('is slower when asked', () => {
    for (let i = 0; i < 20; i++)
      expect(plan(i, '0123456789', true).samples).toBeGreaterThan(1.25 * plan(i, '0123456789').samples);
  });
});
