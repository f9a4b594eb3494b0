/** Digits as they are written in Chinese, the ways of counting on the phone (幺, 两) included. */
const DIGITS = new Map(
  ['零〇', '一幺壹', '二两贰兩', '三叁', '四肆', '五伍', '六陆', '七柒', '八捌', '九玖'].flatMap(
    (spellings, digit) => Array.from(spellings, (character): [string, string] => [character, String(digit)]),
  ),
);

/** The text with every such character as a plain digit. */
export function plainDigits(text: string): string {
  return Array.from(text, (character) => DIGITS.get(character) ?? character).join('');
}
