/** What is said beside the picture, never in it. */
import type { PictureLanguage } from '../challenge.ts';

type Words = Readonly<Record<PictureLanguage, string>>;

export const NOTE: Words = {
  'zh-CN': '请选择正确的选项字母(A/B/C/D)',
  en: 'Choose the letter of the right option (A/B/C/D)',
};

/** For those who cannot see the picture: what kind of task it is, nothing of what it shows. */
export const DESCRIPTION: Words = {
  'zh-CN':
    '一张图片：上方是一个关于图中物品的问题，下方是A、B、C、D四个选项。如果看不到图片，请换用其他类型的验证。',
  en: 'A picture: at the top a question about the things it shows, at the bottom four options, A, B, C and D. If you cannot see it, choose another kind of challenge.',
};
