/**
 * Which language a reply is in: the `lang` parameter, else Accept-Language (RFC 9110, 12.5.4), else the site's default.
 * A language that the pictures do not speak gets the default, and the reply says which it was.
 */
import { PICTURE_LANGUAGES } from '../challenge/challenge.ts';
import type { Lang } from './messages.ts';

export const LANGUAGE_TAG = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/;

export function negotiate(
  asked: string | undefined,
  acceptLanguage: string | undefined,
  fallback: Lang,
): Lang {
  if (asked !== undefined) return match(asked) ?? fallback;
  if (acceptLanguage === undefined) return fallback;
  const wanted = acceptLanguage
    .slice(0, 512)
    .split(',')
    .map((item, at) => {
      const [tag = '', ...parameters] = item.split(';').map((part) => part.trim());
      const q = parameters.find((part) => part.startsWith('q='));
      return { tag, at, q: q === undefined ? 1 : Number(q.slice(2)) || 0 };
    })
    .filter(({ tag, q }) => q > 0 && tag !== '*')
    .sort((a, b) => b.q - a.q || a.at - b.at);
  for (const { tag } of wanted) {
    const lang = match(tag);
    if (lang) return lang;
  }
  return fallback;
}

/** By primary language: any English is `en`, any Chinese `zh-CN`. */
function match(tag: string): Lang | undefined {
  const primary = tag.toLowerCase().split('-')[0];
  return PICTURE_LANGUAGES.find((lang) => lang.toLowerCase().split('-')[0] === primary);
}
