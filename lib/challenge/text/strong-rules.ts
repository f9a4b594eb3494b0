/**
 * What `strong` asks for. A rule names a mark; only the characters that wear it count. Marks differ in form, never in colour: nobody
 * has to tell colours apart.
 */
import type { Random } from '../../util/random.ts';
import type { PictureLanguage } from '../challenge.ts';

/** How a glyph's lines are drawn. */
const FILLS = ['solid', 'hollow', 'hatched'] as const;
export type Fill = (typeof FILLS)[number];

/**
 * Solid is not asked for, nor bars above or below a character: readers got those wrong most (docs/strength.md).
 */
export const RULES = ['hollow', 'hatched', 'framed'] as const;
export type Rule = (typeof RULES)[number];

export interface Marks {
  readonly fill: Fill;
  readonly framed: boolean;
}

/** Marks for each character: those that count meet the rule, the others do not. */
export function markAll(rule: Rule, counts: readonly boolean[], random: Random): Marks[] {
  if (rule === 'framed') return counts.map((count) => ({ fill: random.pick(FILLS), framed: count }));
  // Hollow and hatched never stand side by side: people mix them up
  return counts.map((count) => ({ fill: count ? rule : 'solid', framed: false }));
}

export function meets({ fill, framed }: Marks, rule: Rule): boolean {
  return rule === 'framed' ? framed : fill === rule;
}

const ASKED: Readonly<Record<Rule, Readonly<Record<PictureLanguage, string>>>> = {
  hollow: { 'zh-CN': '空心（只有轮廓）的字符', en: 'the hollow characters (outline only)' },
  hatched: { 'zh-CN': '里面有条纹的字符', en: 'the characters with stripes inside' },
  framed: { 'zh-CN': '方框里的字符', en: 'the characters in frames' },
};

export function noteOf(rule: Rule): Readonly<Record<PictureLanguage, string>> {
  return {
    'zh-CN': `只输入${ASKED[rule]['zh-CN']}，先上行后下行，不分大小写。`,
    en: `Type only ${ASKED[rule].en}, top row first; upper or lower case does not matter.`,
  };
}
