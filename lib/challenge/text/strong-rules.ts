/**
 * What `strong` asks for. Lines begin at the left, each at a mark of its own; a rule names one mark, and the characters count that this
 * line passes, in its order. Marks differ in form, never in colour: nobody has to tell colours apart.
 */
import type { PictureLanguage } from '../challenge.ts';

export const RULES = ['dot', 'ring', 'square', 'triangle', 'cross'] as const;
/** The mark at which the line begins. */
export type Rule = (typeof RULES)[number];

const NAMED: Readonly<Record<Rule, Readonly<Record<PictureLanguage, string>>>> = {
  dot: { 'zh-CN': '圆点', en: 'dot' },
  ring: { 'zh-CN': '圆圈', en: 'ring' },
  square: { 'zh-CN': '方块', en: 'square' },
  triangle: { 'zh-CN': '三角', en: 'triangle' },
  cross: { 'zh-CN': '十字', en: 'cross' },
};

export function noteOf(rule: Rule): Readonly<Record<PictureLanguage, string>> {
  return {
    'zh-CN': `从${NAMED[rule]['zh-CN']}出发，沿着线走，依次输入经过的字符，不分大小写。`,
    en: `Follow the line from the ${NAMED[rule].en} and type its characters in order, in upper or lower case.`,
  };
}
