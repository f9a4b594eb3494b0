import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { loadRenderAssets } from '../../../functions/assets.ts';
import { DIFFICULTIES, PICTURE_LANGUAGES } from '../../../lib/challenge/challenge.ts';
import { CARD, HEADER, HEIGHT, NEEDED_HEIGHT, planOf } from '../../../lib/challenge/scene/layout.ts';
import { createSceneKind, drawUp } from '../../../lib/challenge/scene/scene.ts';
import { createRenderer } from '../../../lib/render/renderer.ts';
import { scenes, spec } from './kit.ts';

const all = DIFFICULTIES.flatMap((difficulty) => PICTURE_LANGUAGES.map((lang) => ({ difficulty, lang })));

describe('a scene', () => {
  it.each(all)('difficulty $difficulty, $lang: says what it asks for and gives nothing away', (more) => {
    const puzzle = scenes.generate(spec('words', more));
    expect(puzzle.answer).toBe(puzzle.solution.option);
    expect(puzzle.answerFormat).toEqual({ type: 'choice', options: ['A', 'B', 'C', 'D'] });
    expect(puzzle.guess).toBe(0.25);
    expect(puzzle.note).toBe(
      more.lang === 'en'
        ? 'Choose the letter of the right option (A/B/C/D)'
        : '请选择正确的选项字母(A/B/C/D)',
    );
    expect(puzzle.description).toBe(scenes.generate(spec('others', more)).description);
  });

  it.each(all)('difficulty $difficulty, $lang: is a sound PNG of 600 × 650 and of at most 60 KB', (more) => {
    for (let i = 0; i < 8; i++) {
      const picture = scenes.generate(spec(`sound ${i}`, more)).picture();
      expect(picture).toMatchObject({ mediaType: 'image/png', width: 600, height: 650 });
      expect(picture.usedHeight).toBe(NEEDED_HEIGHT);
      expect(picture.bytes.length).toBeLessThanOrEqual(60 * 1024);
      const { width, height } = PNG.sync.read(Buffer.from(picture.bytes));
      expect([width, height]).toEqual([600, 650]);
    }
  });

  it('comes as BMP too', () => {
    const { bytes, mediaType } = scenes.generate(spec('bmp', { format: 'bmp' })).picture();
    expect(mediaType).toBe('image/bmp');
    expect(String.fromCharCode(bytes[0]!, bytes[1]!)).toBe('BM');
  });

  it('is the same picture for the same spec, byte for byte, whatever was drawn before', () => {
    const fresh = createSceneKind(createRenderer(loadRenderAssets()));
    for (const more of all) {
      const again = spec('again', more);
      expect(fresh.generate(again).picture().bytes).toEqual(scenes.generate(again).picture().bytes);
    }
    const [one, other] = ['en', 'zh-CN'].map((lang) => scenes.generate(spec('x', { lang } as never)));
    expect(one!.solution).toEqual(other!.solution);
    expect(one!.picture().bytes).not.toEqual(other!.picture().bytes);
  });

  it('keeps things off the header, the options and the bar around them', () => {
    for (let i = 0; i < 30; i++) {
      const edges = spec(`edges ${i}`, { difficulty: 3 });
      const { bytes } = scenes.generate(edges).picture();
      const { barTop, cards } = planOf(drawUp(edges));
      const { data } = PNG.sync.read(Buffer.from(bytes));
      const at = (x: number, y: number) => data.readUInt32BE((y * 600 + x) * 4);
      const line = (y: number, from: number, to: number) => {
        const colors = new Set<number>();
        for (let x = from; x < to; x++) colors.add(at(x, y));
        return colors.size;
      };
      expect(line(HEADER.height - 1, 0, 600)).toBe(1);
      if (barTop < HEIGHT) expect(line(barTop + 2, 0, 600)).toBe(1);
      expect(line(649, 0, 600)).toBe(1);
      for (const { x, y, width, height } of cards) {
        expect(line(y + 1, x + CARD.radius, x + width - CARD.radius)).toBe(1);
        expect(line(y + height - 2, x + CARD.radius, x + width - CARD.radius)).toBe(1);
      }
    }
  });
});
