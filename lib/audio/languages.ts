/** What our own voices can say, known without loading them. English says letters by the words of the spelling alphabet, since their names sound alike. */

const DIGITS = '0123456789';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

const SAYS: Readonly<Record<string, string>> = { en: DIGITS + LETTERS, 'zh-CN': DIGITS };

export const LANGUAGES: readonly string[] = Object.keys(SAYS);

/** Languages in which the melody of a syllable carries its meaning. */
export const TONAL: readonly string[] = ['zh-CN'];

/** Whether every character has a voice. */
export function canSay(lang: string, text: string): boolean {
  const said = SAYS[lang] ?? '';
  return text !== '' && [...text].every((character) => said.includes(character));
}
