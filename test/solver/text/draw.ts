/**
 * Draws a set of `strong` for the attackers: grey pictures end to end in pictures.u8, and labels.json with what a client is told and, beside
 * it, what only the open generator knows: for each glyph its character, its middle, how far along its line it is and at which mark that line
 * begins, which glyph the line goes to next, and where the marks are.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadRenderAssets } from '../../../functions/assets.ts';
import type { Difficulty } from '../../../lib/challenge/challenge.ts';
import { SETS } from '../../../lib/challenge/text/alphabets.ts';
import { type StrongVariant, strongPreset } from '../../../lib/challenge/text/strong.ts';
import type { Standing } from '../../../lib/challenge/text/strong-glyphs.ts';
import { HEIGHT, WIDTH } from '../../../lib/challenge/text/strong-layout.ts';
import type { Told } from '../../../lib/challenge/text/strong-picture.ts';
import { RULES, type Rule } from '../../../lib/challenge/text/strong-rules.ts';
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
  let heard: { rule: Rule; told: Told } | undefined;
  const preset = strongPreset({
    ...order.variant,
    tell: (rule, told) => {
      heard = { rule, told };
    },
  });
  const kind = createTextKind(renderer, { presets: [preset] });
  const pictures = new Uint8Array(order.count * WIDTH * HEIGHT);
  const samples = Array.from({ length: order.count }, (_, i) => {
    const style = deployment ?? `any ${seed} ${i}`;
    const look = { preset: 'strong', difficulty, lang: 'en', format: 'png' } as const;
    const { answer, answerFormat, picture } = kind.generate({ ...look, style, seed: `${seed}/${i}` });
    pictures.set(greyOf(picture().bytes), i * WIDTH * HEIGHT);
    const { rule, told } = heard!;
    const length = answerFormat.type === 'characters' ? answerFormat.length : undefined;
    return { answer, rule, ...(length !== undefined && { length }), ...labels(rule, told) };
  });
  const characters = SETS['strong-alphanumeric'];
  mkdirSync(order.folder, { recursive: true });
  writeFileSync(join(order.folder, 'pictures.u8'), pictures);
  writeFileSync(
    join(order.folder, 'labels.json'),
    JSON.stringify({ width: WIDTH, height: HEIGHT, characters, rules: RULES, samples }),
  );
}

function labels(rule: Rule, { asked, other, start, otherStart, otherRule }: Told) {
  const lineOf = (from: Rule, glyphs: readonly Standing[]) =>
    glyphs.map(({ character, spot: { x, y } }, i) => [character, Math.round(x), Math.round(y), i, [from]]);
  const nextOf = (glyphs: readonly Standing[], first: number) =>
    glyphs.map((_, i) => (i + 1 < glyphs.length ? first + i + 1 : -1));
  return {
    glyphs: [...lineOf(rule, asked), ...lineOf(otherRule, other)],
    next: [...nextOf(asked, 0), ...nextOf(other, asked.length)],
    starts: [
      [rule, Math.round(start.x), Math.round(start.y), 0],
      ...(otherStart ? [[otherRule, Math.round(otherStart.x), Math.round(otherStart.y), asked.length]] : []),
    ],
  };
}

/** Rec. 601 weights. */
function greyOf(png: Uint8Array): Uint8Array {
  const { rgb } = decodePng(png);
  return Uint8Array.from(
    { length: WIDTH * HEIGHT },
    (_, k) => (77 * rgb[3 * k]! + 150 * rgb[3 * k + 1]! + 29 * rgb[3 * k + 2]!) >> 8,
  );
}
