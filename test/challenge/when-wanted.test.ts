/** Kinds that are loaded when they are wanted are the same kinds. */
import { describe, expect, it } from 'vitest';
import { loadRenderAssets } from '../../functions/assets.ts';
import { type ChallengeSpec, KINDS } from '../../lib/challenge/challenge.ts';
import { createKinds } from '../../lib/challenge/registry.ts';
import { createKindsWhenWanted } from '../../lib/challenge/when-wanted.ts';
import { createRenderer } from '../../lib/render/renderer.ts';

const renderer = createRenderer(loadRenderAssets());
const atOnce = createKinds(renderer);
const specOf = (preset: string): ChallengeSpec => ({
  seed: 'when wanted',
  preset,
  difficulty: 2,
  lang: 'en',
  format: 'png',
});

describe('kinds when wanted', () => {
  it.each(KINDS)('%s: the same presets, puzzles and pictures', async (name) => {
    const { kinds } = createKindsWhenWanted(renderer);
    expect(kinds[name].presets).toEqual(atOnce[name].presets);
    await kinds[name].ready?.('png');
    for (const { name: preset } of kinds[name].presets) {
      const [late, early] = [kinds, atOnce].map((each) => each[name].generate(specOf(preset)));
      expect(late!.answer).toBe(early!.answer);
      expect(late!.picture().bytes).toEqual(early!.picture().bytes);
    }
  });

  it('have to be awaited, one by one or all', async () => {
    const { kinds, loadAll } = createKindsWhenWanted(renderer);
    expect(() => kinds.scene.generate(specOf('flat'))).toThrow('scene: expected ready() to be awaited first');
    await loadAll();
    expect(kinds.scene.generate(specOf('flat')).answer).toMatch(/^[A-D]$/);
  });
});
