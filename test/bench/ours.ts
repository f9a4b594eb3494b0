/** Our presets and scenes, drawn as the service draws them: a fresh spec, the whole puzzle, the encoded file. */
import { fileURLToPath } from 'node:url';
import { loadEncoder, loadRenderAssets } from '../../functions/assets.ts';
import { mixPhotosIn } from '../../functions/questions.ts';
import type { ChallengeSpec, Difficulty, KindName } from '../../lib/challenge/challenge.ts';
import { createKinds } from '../../lib/challenge/registry.ts';
import { createRenderer } from '../../lib/render/renderer.ts';
import type { Contestant, Draw } from './contestant.ts';

type Look = Pick<ChallengeSpec, 'preset' | 'difficulty' | 'format'>;

export async function drawerOf(kind: KindName, look: Look): Promise<Draw> {
  const kinds = createKinds(createRenderer(loadRenderAssets()));
  let count = 0;
  return () =>
    kinds[kind].generate({ ...look, lang: 'zh-CN', seed: `bench ${process.pid} ${count++}` }).picture().bytes;
}

const text = (preset: string, format: 'png' | 'bmp', draws: string): Contestant => ({
  name: `ours: ${preset}`,
  format,
  draws,
  open: () => drawerOf('text', { preset, format, difficulty: 2 }),
});

/** The same picture through Photon. */
const textAs = (format: 'jpeg' | 'webp'): Contestant => ({
  name: `ours: plain, ${format}`,
  format,
  draws: `200×70: as plain; ${format} through Photon`,
  open: async () => {
    const { text: kind } = createKinds(createRenderer(loadRenderAssets()), { text: { loadEncoder } });
    await kind.ready?.(format);
    let count = 0;
    return () =>
      kind
        .generate({
          seed: `bench ${process.pid} ${count++}`,
          preset: 'plain',
          difficulty: 2,
          lang: 'en',
          format,
        })
        .picture().bytes;
  },
});

const scene = (difficulty: Difficulty): Contestant => ({
  name: `ours: scene ${difficulty}`,
  format: 'png',
  draws: `600×650: question, objects on a ground, four options, difficulty ${difficulty}; palette PNG`,
  open: async () => {
    const kinds = createKinds(createRenderer(loadRenderAssets()));
    return drawerOf('scene', { preset: kinds.scene.presets[0]!.name, format: 'png', difficulty });
  },
});

const photo: Contestant = {
  name: 'ours: photo',
  format: 'jpeg',
  draws:
    '600×650: question, a photo of a bank with another crop, hue and noise, four options; JPEG through Photon',
  open: async () => {
    const renderer = createRenderer(loadRenderAssets());
    const { scene } = await mixPhotosIn(createKinds(renderer).scene, renderer, {
      folder: fileURLToPath(new URL('../../infra/examples/questions', import.meta.url)),
      ratio: 1,
    });
    let count = 0;
    return () => {
      const seed = `bench ${process.pid} ${count++}`;
      return scene.generate({ seed, preset: 'photo', difficulty: 1, format: 'jpeg', lang: 'zh-CN' }).picture()
        .bytes;
    };
  },
};

export const ours: Contestant[] = [
  text(
    'strong',
    'png',
    '200×70: 8–10 glyphs of many faces along two lines, contrast flips, warp; palette PNG',
  ),
  text(
    'classic',
    'png',
    '100×30: 4 characters of one face, 2 lines, points on a tenth of the pixels; palette PNG',
  ),
  text('plain', 'png', '200×70: 5 characters of one face, turned and gently bent; palette PNG'),
  text('gmail', 'png', '200×70: 6 touching letters, bent by two waves; palette PNG'),
  text('hotmail', 'png', '200×60: 7 characters, each turned and bent, 5–7 thin arcs; palette PNG'),
  text('hotmail2008', 'png', '200×60: 8 characters, 4–6 thick arcs in ink, 3–4 in the ground; palette PNG'),
  text(
    'taobao',
    'png',
    '120×44: 4 characters in colours of their own, arcs, strokes, points, all blurred; palette PNG',
  ),
  textAs('jpeg'),
  textAs('webp'),
  text('bitmap', 'bmp', '40×10: 4 one-bit digits; uncompressed 24-bit BMP'),
  scene(1),
  scene(2),
  scene(3),
  photo,
];
