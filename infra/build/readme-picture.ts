/** `npm run build:picture`: the picture at the top of the README, docs/challenges.png, from real challenges of fixed seeds. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { loadRenderAssets } from '../../functions/assets.ts';
import type { ChallengeSpec, KindName } from '../../lib/challenge/challenge.ts';
import { createKinds } from '../../lib/challenge/registry.ts';
import { createRenderer } from '../../lib/render/renderer.ts';

const kinds = createKinds(createRenderer(loadRenderAssets()));
const GAP = 16;

type Look = Pick<ChallengeSpec, 'preset' | 'difficulty' | 'lang' | 'seed'>;

function draw(kind: KindName, look: Look, scale = 1): PNG {
  const { bytes } = kinds[kind].generate({ ...look, format: 'png' }).picture();
  return enlarge(PNG.sync.read(Buffer.from(bytes)), scale);
}

function enlarge(from: PNG, scale: number): PNG {
  const to = new PNG({ width: from.width * scale, height: from.height * scale });
  for (let y = 0; y < to.height; y++)
    for (let x = 0; x < to.width; x++) {
      const source = (Math.floor(y / scale) * from.width + Math.floor(x / scale)) * 4;
      from.data.copy(to.data, (y * to.width + x) * 4, source, source + 4);
    }
  return to;
}

const text = (preset: string, seed: string, scale: number) =>
  draw('text', { preset, seed, difficulty: 2, lang: 'en' }, scale);
const scene = (seed: string, lang: 'en' | 'zh-CN', difficulty: 1 | 2 | 3) =>
  draw('scene', { preset: 'flat', seed, difficulty, lang });

const columns: PNG[][] = [
  [
    ...['a', 'b'].map((seed) => text('strong', `readme ${seed}`, 2)),
    text('plain', 'readme c', 2),
    text('gmail', 'readme d', 2),
    draw('reveal', { preset: 'guarded', seed: 'readme e', difficulty: 2, lang: 'en' }),
  ],
  [scene('readme 5', 'en', 3)],
  [scene('readme 2', 'zh-CN', 2)],
];

const width = columns.reduce((sum, column) => sum + Math.max(...column.map((each) => each.width)) + GAP, GAP);
const heightOf = (column: PNG[]) => column.reduce((sum, each) => sum + each.height + GAP, GAP);
const page = new PNG({ width, height: Math.max(...columns.map(heightOf)) });
page.data.fill(255);
let left = GAP;
for (const column of columns) {
  let top = GAP + Math.floor((page.height - heightOf(column)) / 2);
  for (const picture of column) {
    PNG.bitblt(picture, page, 0, 0, picture.width, picture.height, left, top);
    top += picture.height + GAP;
  }
  left += Math.max(...column.map((each) => each.width)) + GAP;
}
mkdirSync('docs', { recursive: true });
writeFileSync('docs/challenges.png', PNG.sync.write(page, { colorType: 2 }));
console.log(`docs/challenges.png: ${page.width} × ${page.height}`);
