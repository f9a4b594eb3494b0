/** What becomes of a bank: which question is asked, where its answer lies, and the picture. */
import { describe, expect, it } from 'vitest';
import type { Bank } from '../../../lib/challenge/bank/bank.ts';
import { withPhotos } from '../../../lib/challenge/bank/photo-kind.ts';
import { createPicker, poolFor } from '../../../lib/challenge/bank/pick.ts';
import { createPhotoPainter } from '../../../lib/challenge/bank/picture.ts';
import type { ChallengeKind, ChallengeSpec, Format } from '../../../lib/challenge/challenge.ts';
import { choose } from '../../../lib/challenge/choose.ts';
import { sceneAnswers } from '../../../lib/challenge/scene/check.ts';
import { POLICIES } from '../../../lib/site/policy.ts';
import { seededRandom } from '../../../lib/util/random.ts';
import { scenes } from '../scene/kit.ts';
import { bankOf, encoded, photo, photos, pixels, question, renderer } from './kit.ts';

const NAMES = ['one', 'two', 'three'] as const;
const files = { 'two.jpg': photo('jpeg', 2, 600, 900), 'three.jpg': photo('jpeg', 3) };
const bank: Bank = bankOf(
  NAMES.map((id, i) => question({ id, image: `${id}.jpg`, answer: 'ABC'[i], weight: i + 1 })),
  files,
);
const kindOf = (ratio = 0.3, of = bank): ChallengeKind =>
  withPhotos(scenes, { renderer, photon: photos, bank: of, ratio });
const kind = kindOf();
const spec = (seed: string, more: Partial<ChallengeSpec<Format>> = {}): ChallengeSpec<Format> => ({
  seed,
  preset: 'photo',
  difficulty: 2,
  lang: 'en',
  format: 'jpeg',
  ...more,
});
const sizeOf = (jpeg: Uint8Array) => {
  const found = photos.decode(jpeg, (size) => size);
  return 'problem' in found ? found.problem : `${found.width}×${found.height}`;
};

describe('the letters', () => {
  it('are uniform whatever the manifest says, and the answer alone is right', () => {
    const COUNT = 8000;
    const counts = new Map<string, number>();
    for (let i = 0; i < COUNT; i++) {
      const { answer, solution } = kind.generate(spec(`letters ${i}`));
      counts.set(answer, (counts.get(answer) ?? 0) + 1);
      for (const letter of 'ABCD')
        expect(sceneAnswers.check(solution as never, letter)).toBe(letter === answer);
    }
    // Chi-squared, 3 degrees of freedom: 16.3 is passed by chance once in a thousand
    const expected = COUNT / 4;
    const distance = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(counts.size).toBe(4);
    expect(distance).toBeLessThan(16.3);
  });
});

describe('which question', () => {
  const languages = (...langs: ('zh-CN' | 'en')[]) => langs;
  const entry = (id: string, langs: readonly ('zh-CN' | 'en')[], difficulty?: 1 | 2 | 3) => ({
    ...bank.questions[0]!,
    id,
    languages: langs,
    difficulty,
  });
  const ids = (...args: Parameters<typeof poolFor>) => poolFor(...args).map(({ id }) => id);

  it('comes by weight', () => {
    const pick = createPicker(bank.questions);
    const random = seededRandom('weights', 'test');
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const { id } = pick(random, 'en', 2).question;
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    for (const [i, name] of NAMES.entries())
      expect(Math.abs(counts.get(name)! / 6000 - (i + 1) / 6)).toBeLessThan(0.03);
  });

  it('has the asked language, unless there is none in it', () => {
    const [zh, en, both] = [
      entry('zh', languages('zh-CN')),
      entry('en', languages('en')),
      entry('both', languages('zh-CN', 'en')),
    ];
    expect(ids([zh, en, both], 'en', 1)).toEqual(['en', 'both']);
    expect(ids([zh, en, both], 'zh-CN', 1)).toEqual(['zh', 'both']);
    expect(ids([zh], 'en', 1)).toEqual(['zh']);
  });

  it('has the asked difficulty, or is harder, or is all there is', () => {
    const [any, one, three] = [entry('any', ['en']), entry('one', ['en'], 1), entry('three', ['en'], 3)];
    expect(ids([any, one, three], 'en', 1)).toEqual(['any', 'one']);
    expect(ids([any, one, three], 'en', 2)).toEqual(['any']);
    expect(ids([one, three], 'en', 2)).toEqual(['three']);
    expect(ids([one], 'en', 3)).toEqual(['one']);
  });
});

describe('the preset', () => {
  it('is there beside the scenes’ own', () => {
    expect(kind.presets.map(({ name }) => name)).toEqual([
      ...scenes.presets.map(({ name }) => name),
      'photo',
    ]);
    expect(kind.presets.at(-1)!.formats).toEqual(['jpeg']);
    expect(scenes.presets.some(({ name }) => name === 'photo')).toBe(false);
    expect(kind.generate({ ...spec('x'), preset: 'flat', format: 'png' }).picture().mediaType).toBe(
      'image/png',
    );
    expect(() => kind.generate(spec('x', { format: 'png' }))).toThrow('scene photo has no format "png"');
  });

  it.each([0, 0.3, 1])('is drawn in a share of %f', (ratio) => {
    const random = seededRandom('share', 'test');
    const kinds = { scene: kindOf(ratio) };
    let photoCount = 0;
    for (let i = 0; i < 4000; i++) {
      const choice = choose(POLICIES.compat, kinds, {}, random);
      if ('field' in choice) throw new Error(choice.field);
      expect(choice.format).toBe(choice.preset === 'photo' ? 'jpeg' : 'png');
      if (choice.preset === 'photo') photoCount++;
    }
    expect(Math.abs(photoCount / 4000 - ratio)).toBeLessThan(0.03);
  });

  it('is chosen by name, by its format, and never against another', () => {
    const random = seededRandom('wish', 'test');
    const kinds = { scene: kindOf(0.5) };
    for (let i = 0; i < 50; i++) {
      expect(choose(POLICIES.compat, kinds, { preset: 'photo' }, random)).toMatchObject({ format: 'jpeg' });
      expect(choose(POLICIES.compat, kinds, { format: 'jpeg' }, random)).toMatchObject({ preset: 'photo' });
      expect(choose(POLICIES.compat, kinds, { format: 'png' }, random)).toMatchObject({ preset: 'flat' });
      expect(choose(POLICIES.compat, kinds, { preset: 'flat' }, random)).toMatchObject({ format: 'png' });
    }
    expect(choose(POLICIES.compat, kinds, { preset: 'flat', format: 'jpeg' }, random)).toMatchObject({
      field: 'format',
    });
    expect(choose(POLICIES.compat, { scene: scenes }, { format: 'jpeg' }, random)).toEqual({
      field: 'format',
      expected: 'png, bmp',
    });
  });
});

describe('the picture', () => {
  it('is a JPEG of 600×650, small, and the same for the same spec', () => {
    const again = kindOf();
    for (const seed of ['a', 'b', 'c', 'd']) {
      const picture = kind.generate(spec(seed)).picture();
      expect(picture).toMatchObject({ mediaType: 'image/jpeg', width: 600, height: 650 });
      expect(picture.bytes.length).toBeLessThanOrEqual(90_000);
      expect(sizeOf(picture.bytes)).toBe('600×650');
      expect(again.generate(spec(seed)).picture().bytes).toEqual(picture.bytes);
    }
  });

  it('is another for every seed, of the same photo too', () => {
    const lone: Bank = bankOf([question()]);
    const pictures = Array.from({ length: 6 }, (_, i) =>
      Buffer.from(
        kindOf(0.3, lone)
          .generate(spec(`seed ${i}`))
          .picture().bytes,
      ).toString('base64'),
    );
    expect(new Set(pictures).size).toBe(6);
  });

  it('stays small where the photo is as full of detail as may be', () => {
    const busy = pixels(700, 500);
    for (let at = 0, state = 1; at < busy.rgba.length; at++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      if (at % 4 !== 3)
        busy.rgba[at] = Math.min(255, Math.max(0, busy.rgba[at]! + ((state >>> 24) - 128) * 0.3));
    }
    const full = bankOf([question()], { 'one.jpg': encoded('jpeg', busy) });
    expect(full.problems).toEqual([]);
    expect(full.photos[0]!.quality).toBeLessThan(86);
    for (const seed of ['a', 'b'])
      expect(kindOf(0.3, full).generate(spec(seed)).picture().bytes.length).toBeLessThanOrEqual(90_000);
  });

  it('speaks the language that the question has', () => {
    const english = question({ question: { en: 'What?' }, options: { en: ['1', '2', '3', '4'] } });
    const puzzle = kindOf(0.3, bankOf([english])).generate(spec('x', { lang: 'zh-CN' }));
    expect(puzzle.note).toContain('请选择');
    expect(puzzle.picture().bytes.length).toBeGreaterThan(0);
  });
});

describe('the cache of decoded photos', () => {
  it('lets go of what was used longest ago, and never holds more than it may', () => {
    let decoded = 0;
    const counting = {
      ...photos,
      decode: (...args: Parameters<typeof photos.decode>) => {
        decoded++;
        return photos.decode(...args);
      },
    };
    const paint = createPhotoPainter({
      renderer,
      photon: counting,
      photos: bank.photos,
      mostDecodedBytes: 2_600_000,
    });
    const page = (number: number) => ({
      photo: number,
      question: 'What?',
      options: ['1', '2', '3', '4'],
      lang: 'en' as const,
    });
    const draw = (number: number) => paint(page(number), seededRandom('x', 'test')).bytes;
    // About 1.1 MB, 0.6 MB and 1.1 MB: two or three fit, never all of them
    const first = draw(0);
    draw(0);
    expect(decoded).toBe(1);
    draw(1);
    draw(2);
    expect(decoded).toBe(3);
    expect(draw(0)).toEqual(first);
    expect(decoded).toBe(4);
    draw(2);
    expect(decoded).toBe(4);
  });
});
