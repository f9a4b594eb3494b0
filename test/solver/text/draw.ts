/**
 * Draws a set of `strong` for the attackers: grey pictures end to end in pictures.u8, and labels.json with what a client is told and, beside
 * it, what only the open generator knows: for each glyph its character, its middle, its row and the rules that it meets.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadRenderAssets } from '../../../functions/assets.ts';
import type { Difficulty } from '../../../lib/challenge/challenge.ts';
import { SETS } from '../../../lib/challenge/text/alphabets.ts';
import { type StrongVariant, strongPreset } from '../../../lib/challenge/text/strong.ts';
import { HEIGHT, WIDTH } from '../../../lib/challenge/text/strong-layout.ts';
import type { Standing } from '../../../lib/challenge/text/strong-marks.ts';
import { meets, RULES, type Rule } from '../../../lib/challenge/text/strong-rules.ts';
import { createTextKind } from '../../../lib/challenge/text/text.ts';
import { createRenderer } from '../../../lib/render/renderer.ts';
import { decodePng } from '../../render/decode.ts';

export interface SetOrder {
  readonly folder: string;
  readonly seed: string;
  readonly count: number;
  readonly difficulty: Difficulty;
  /** The deployment; undefined: each picture is of another one. */
  readonly deployment: string | undefined;
  /** Some factor taken away. */
  readonly variant?: StrongVariant;
}

const renderer = createRenderer(loadRenderAssets());

export function drawSet(order: SetOrder): void {
  const { seed, difficulty, deployment } = order;
  let told: { rule: Rule; glyphs: readonly Standing[] } | undefined;
  const preset = strongPreset({
    ...order.variant,
    tell: (rule, glyphs) => {
      told = { rule, glyphs };
    },
  });
  const kind = createTextKind(renderer, { presets: [preset] });
  const pictures = new Uint8Array(order.count * WIDTH * HEIGHT);
  const samples = Array.from({ length: order.count }, (_, i) => {
    const style = deployment ?? `any ${seed} ${i}`;
    const look = { preset: 'strong', difficulty, lang: 'en', format: 'png' } as const;
    const { answer, answerFormat, picture } = kind.generate({ ...look, style, seed: `${seed}/${i}` });
    pictures.set(greyOf(picture().bytes), i * WIDTH * HEIGHT);
    const { rule, glyphs } = told!;
    const length = answerFormat.type === 'characters' ? answerFormat.length : undefined;
    return { answer, rule, ...(length !== undefined && { length }), glyphs: glyphLabels(glyphs) };
  });
  const characters = SETS['strong-alphanumeric'];
  mkdirSync(order.folder, { recursive: true });
  writeFileSync(join(order.folder, 'pictures.u8'), pictures);
  writeFileSync(
    join(order.folder, 'labels.json'),
    JSON.stringify({ width: WIDTH, height: HEIGHT, characters, rules: RULES, samples }),
  );
}

function glyphLabels(standing: readonly Standing[]) {
  let last = 0;
  let row = 0;
  return standing.map(({ face, character, matrix: [a, b, c, d, e, f], marks }) => {
    const [left, top, right, bottom] = renderer.glyph(face, character).box;
    const [u, v] = [(left + right) / 2, (top + bottom) / 2];
    const x = a * u + c * v + e;
    if (x < last) row = 1;
    last = x;
    return [
      character,
      Math.round(x),
      Math.round(b * u + d * v + f),
      row,
      RULES.filter((rule) => meets(marks, rule)),
    ];
  });
}

/** Rec. 601 weights. */
function greyOf(png: Uint8Array): Uint8Array {
  const { rgb } = decodePng(png);
  return Uint8Array.from(
    { length: WIDTH * HEIGHT },
    (_, k) => (77 * rgb[3 * k]! + 150 * rgb[3 * k + 1]! + 29 * rgb[3 * k + 2]!) >> 8,
  );
}
