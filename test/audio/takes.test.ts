/** Takes: the same everywhere for a seed, different for another, and made as they are meant to be. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { loadSpeech } from '../../functions/speech.ts';
import { type Clip, HISS_STEP, type Pack, type Voice } from '../../lib/audio/pack.ts';
import { type Asked, type Event, type Mix, type Plan, planTake } from '../../lib/audio/plan.ts';
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
        "bc96c1042a60a7f4",
        "0d1f8a5d93dc0e27",
        "83d618033d22c0e8",
        "65a7d038c8b70c41",
      ]
    `);
  });

  it('is the same for a seed whatever was said before, and another for another seed', async () => {
    const first = await speech.take(asked());
    await speech.take(asked({ seed: 'other', text: '000000', rate: 16000 }));
    expect(await loadSpeech().take(asked())).toEqual(first);
    expect(await speech.take(asked())).toEqual(first);
    expect(await speech.take(asked({ seed: 'other' }))).not.toEqual(first);
    expect(await speech.take(asked({ take: 2 }))).not.toEqual(first);
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
        expect(peak).toBeGreaterThan(0.4);
        expect(peak).toBeLessThan(0.99);
        expect(rms(samples.subarray(2 * rate))).toBeGreaterThan(0.03);
      }
  });

  it('keeps the ratio that is asked for between the two voices, and between them and the bed', async () => {
    /** How loud the same takes are with another mix, of what they are with the first voice alone; peaks are brought to one height. */
    const alone = { ratio: 90, overlap: [0, 0], bed: 90 } as const;
    const level = async (mix: Mix) => {
      let sum = 0;
      for (let i = 0; i < 30; i++) {
        const samples = samplesOf(await speech.take(asked({ seed: `${i}`, mix })), 8000);
        const [cue, all] = [samples.subarray(8000, 14_000), samples.subarray(16_000)];
        sum += rms(all) / rms(cue);
      }
      return sum / 30;
    };
    const [one, soft, even] = [
      await level(alone),
      await level({ ...alone, ratio: 12 }),
      await level({ ...alone, ratio: 0 }),
    ];
    expect(even / one).toBeGreaterThan(1.15);
    expect(even / one).toBeLessThan(1.6);
    expect(soft / one).toBeLessThan(1.1);
    expect((await level({ ...alone, bed: 0 })) / one).toBeGreaterThan(1.4);
  });

  it('cannot be had of what nobody says', async () => {
    await expect(speech.take(asked({ lang: 'zh-CN', text: 'A' }))).rejects.toThrow(RangeError);
    await expect(speech.take(asked({ lang: 'fr' }))).rejects.toThrow(RangeError);
    await expect(speech.take(asked({ text: '' }))).rejects.toThrow(RangeError);
  });
});

describe('a plan', () => {
  const pack = packOf('en');
  const names = namesIn(pack);
  const DIGITS = '0123456789';
  const mix = { ratio: 0, overlap: [0.9, 1], bed: 12 } as const;
  const plan = (i: number, more: Partial<Asked> = {}, from = pack) =>
    planTake(from, {
      seed: `${i}`,
      take: 1,
      text: '493817',
      among: DIGITS,
      slow: false,
      mix,
      tonal: false,
      ...more,
    });
  const said = (events: readonly Event[]) => events.map(({ clip }) => names.get(clip)!);
  const endOf = ({ clip, start, tempo, head, tail }: Event) => start + (clip.samples - head - tail) / tempo;
  const hertz = ({ clip, pitch }: Event) => pitch * medianPitch(pack, clip);

  it('has a voice that says it is the one to follow, alone, and then the answer in order', () => {
    for (const among of [DIGITS, `${DIGITS}ABCDEFGHIJKLMNOPQRSTUVWXYZ`])
      for (let i = 0; i < 60; i++) {
        const { followed, other, bed } = plan(i, { among });
        expect(said(followed)).toEqual(['cue', ...'493817']);
        const alone = endOf(followed[0]!);
        expect([...followed.slice(1), ...other, ...bed].every(({ start }) => start >= alone - 1)).toBe(true);
        for (const events of [followed, other])
          expect(events.every((event, at) => at === 0 || event.start > endOf(events[at - 1]!))).toBe(true);
        expect(bed.every(({ clip }) => !among.includes(names.get(clip)!))).toBe(true);
        expect(bed.some(({ reverse }) => reverse)).toBe(true);
      }
  });

  it('has another voice that says as much, seven semitones or more away, as often above as below', () => {
    let above = 0;
    for (let i = 0; i < 200; i++) {
      const { followed, other } = plan(i);
      expect(said(other).join('')).toMatch(/^\d{6}$/);
      const [a, b] = [followed, other].map((events) => median(events.map(hertz)));
      expect(Math.abs(12 * Math.log2(a! / b!))).toBeGreaterThan(6.5);
      if (a! > b!) above++;
    }
    expect(above).toBeGreaterThan(75);
    expect(above).toBeLessThan(125);
  });

  it('gives little away by comparison of takes: same other characters, same order, same recordings', () => {
    for (let i = 0; i < 40; i++) {
      const takes = [1, 2, 3].map((take) => plan(i, { take }));
      const order = ({ followed, other }: Plan) =>
        [...followed, ...other]
          .toSorted((a, b) => a.start - b.start)
          .map((event) => `${followed.includes(event) ? 'f' : 'o'}${names.get(event.clip)}`)
          .join(' ');
      expect(new Set(takes.map(order)).size).toBe(1);
      const made = takes.map(({ followed, other }) =>
        [...followed, ...other].map(({ clip, throat, rise, head, tail }) => [clip, throat, rise, head, tail]),
      );
      expect(made[1]).toEqual(made[0]);
      expect(made[2]).toEqual(made[0]);
      expect(new Set(takes.map(({ samples }) => samples)).size).toBe(3);
    }
  });

  it('draws the other characters like an answer, and who begins by chance', () => {
    const counts = new Map<string, number>();
    let other = 0;
    for (let i = 0; i < 600; i++) {
      const made = plan(i);
      for (const item of said(made.other)) counts.set(item, (counts.get(item) ?? 0) + 1);
      if (made.other[0]!.start < made.followed[1]!.start) other++;
    }
    expect(Math.min(...counts.values())).toBeGreaterThan(280);
    expect(Math.max(...counts.values())).toBeLessThan(440);
    expect(other).toBeGreaterThan(240);
    expect(other).toBeLessThan(360);
  });

  it('lets the voices overlap as much as asked, or not at all', () => {
    const shared = (overlap: Mix['overlap']) => {
      let sum = 0;
      for (let i = 0; i < 40; i++) {
        const { followed, other } = plan(i, { mix: { ...mix, overlap } });
        for (const a of followed)
          for (const b of other)
            sum += Math.max(0, Math.min(endOf(a), endOf(b)) - Math.max(a.start, b.start));
      }
      return sum / 40 / 8000;
    };
    expect(shared([-0.2, 0])).toBe(0);
    const [some, more] = [shared([0, 0.3]), shared([0.9, 1])];
    expect(some).toBeGreaterThan(0.2);
    expect(more).toBeGreaterThan(3 * some);
  });

  it('gives two that speak at once the same time, give or take a shade, and time to take them in', () => {
    const lengths = (mix: Mix) =>
      Array.from({ length: 40 }, (_, i) => plan(i, { mix })).flatMap(({ followed, other }) =>
        other.map((b, k) => (endOf(followed[k + 1]!) - followed[k + 1]!.start) / (endOf(b) - b.start)),
      );
    const atOnce = lengths(mix);
    expect(Math.min(...atOnce)).toBeGreaterThan(0.92);
    expect(Math.max(...atOnce)).toBeLessThan(1.09);
    expect(Math.max(...lengths({ ...mix, overlap: [-0.2, 0] }))).toBeGreaterThan(1.5);
    for (let i = 0; i < 20; i++)
      for (const [slow, least] of [
        [false, 0.14],
        [true, 0.39],
      ] as const) {
        const { followed, other } = plan(i, { slow, mix });
        for (const [k, b] of other.slice(1).entries()) {
          const begins = Math.min(b.start, followed[k + 2]!.start);
          const ended = Math.max(endOf(other[k]!), endOf(followed[k + 1]!));
          expect((begins - ended) / 8000).toBeGreaterThan(least);
        }
      }
  });

  it('uses every voice, and varies all that can be varied', () => {
    const events = Array.from({ length: 60 }, (_, i) => plan(i).followed).flat();
    const used = new Set(
      events.map(({ clip }) => pack.voices.find(({ clips }) => [...clips.values()].includes(clip))!.name),
    );
    expect(used.size).toBe(pack.voices.length);
    for (const of of [
      'gain',
      'tempo',
      'pitch',
      'rise',
      'bend',
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
      expect(plan(i, { slow: true }).samples).toBeGreaterThan(1.2 * plan(i).samples);
  });

  it('of a voice without a cue lets it lead with the first character', () => {
    const bare = { ...pack, voices: pack.voices.map(withoutCue) };
    for (let i = 0; i < 20; i++) {
      const { followed, other } = plan(i, {}, bare);
      expect(said(followed).join('')).toBe('493817');
      expect(other.length).toBe(6);
      expect(other.every(({ start }) => start > endOf(followed[0]!))).toBe(true);
    }
  });
});

const namesIn = (pack: Pack) =>
  new Map<Clip, string>(pack.voices.flatMap(({ clips }) => [...clips].map(([item, clip]) => [clip, item])));

const withoutCue = ({ name, clips }: Voice): Voice => ({
  name,
  clips: new Map([...clips].filter(([item]) => item !== 'cue')),
});

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;

/** Of the voice that a clip is of, from the distances of its marks. */
function medianPitch(pack: Pack, clip: Clip): number {
  const { clips } = pack.voices.find((voice) => [...voice.clips.values()].includes(clip))!;
  const distances = [...clips].flatMap(([item, { at, samples, marks }]) => {
    const start = at + 1 + Math.ceil(samples / HISS_STEP);
    return item.length > 1 ? [] : [...pack.bytes.subarray(start, start + marks)].filter((byte) => byte > 128);
  });
  return 8000 / (median(distances) & 127);
}
