/** Which language the widget speaks: its own `lang`, else that of the page around it, else the browser's, else English. */
import { en, type Key } from './languages/en.ts';
import type { ViewKey } from './languages/views.ts';

/** Every language that there is a file for. */
export const LANGUAGES = ['en', 'zh-CN', 'zh-TW', 'ja', 'es', 'fr', 'de', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

const RIGHT_TO_LEFT = /^(ar|fa|he|ur)/;
export const directionOf = (language: Language): 'ltr' | 'rtl' =>
  RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr';

/** The language for a tag such as `de-AT` or `zh-Hant-HK`. */
export function match(tag: string | null | undefined): Language | undefined {
  const name = (tag ?? '').toLowerCase();
  const primary = name.split('-')[0];
  if (primary === 'zh') return /hant|tw|hk|mo/.test(name) ? 'zh-TW' : 'zh-CN';
  return LANGUAGES.find((language) => language === primary);
}

/** `auto` and unknown tags fall through to the next place. */
export function languageOf(element: Element): Language {
  const tags: (string | null | undefined)[] = [];
  for (let at: Element | null = element; at; at = around(at))
    tags.push(at.closest('[lang]')?.getAttribute('lang'));
  for (const tag of [...tags, ...navigator.languages]) {
    const language = match(tag);
    if (language) return language;
  }
  return 'en';
}

/** The element that holds the shadow tree which this one is in. */
function around(element: Element): Element | null {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

export type Values = Readonly<Record<string, string | number>>;
export type Say = (key: Key | ViewKey, values?: Values) => string;
export type Words = Readonly<Record<string, string>>;

const english: Record<string, string> = { ...en };
/** A view brings what only it says. */
export const learn = (words: Words): void => void Object.assign(english, words);

/** What a language lacks is said in English. */
export const sayIn =
  (words: Words = {}): Say =>
  (key, values = {}) =>
    (words[key] ?? english[key] ?? '').replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
