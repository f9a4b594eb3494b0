/**
 * `npm run build:words`: writes lib/challenge/text/words.ts from the English word list of BIP 39 (MIT, in @scure/bip39): common words of
 * 3 to 8 letters, no two of which begin with the same four. The parts of composed words are cut from the same words: heads run to the
 * first vowel, tails are last syllables. Whatever offends is left out, and so is every part that would offend in some pair.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { offends } from './offensive.ts';

const HEAD = /^[^aeiouy]{1,2}[aeiou]/;
const ONSET =
  'b|bl|br|c|ch|cl|cr|d|dr|f|fl|fr|g|gl|gr|h|j|k|l|m|n|p|pl|pr|r|s|sh|sl|sm|sn|sp|st|sw|t|th|tr|v|w|z|bb|dd|ff|gg|ll|mm|nn|pp|rr|ss|tt|nd|nt|mp|nk|rt|rd|lt|st|ct|rm|rn';
const TAIL = new RegExp(
  `(?<=[aeiouy])(?:${ONSET})[aeiou]{1,2}[^aeiouywh]{1,2}$|^(?:${ONSET})[aeiou]{1,2}[^aeiouywh]{1,2}$`,
);

interface Parts {
  readonly heads: readonly string[];
  readonly tails: readonly string[];
}

/** Takes tails and heads away until no pair offends: the one that offends most often goes first. */
function inoffensive({ heads, tails }: Parts): Parts {
  const count = new Map<string, number>();
  for (const head of heads)
    for (const tail of tails)
      if (offends(head + tail))
        for (const part of [`${head}-`, `-${tail}`]) count.set(part, (count.get(part) ?? 0) + 1);
  // A head costs as many words as there are tails: weighed by that
  const cost = (part: string) => count.get(part)! / (part.endsWith('-') ? tails.length : heads.length);
  const worst = [...count.keys()].sort((a, b) => cost(b) - cost(a) || (a < b ? -1 : 1))[0];
  if (worst === undefined) return { heads, tails };
  return inoffensive({
    heads: heads.filter((head) => `${head}-` !== worst),
    tails: tails.filter((tail) => `-${tail}` !== worst),
  });
}

/** The text of the file. */
export function wordsFile(list: readonly string[]): string {
  const words = list.filter((word) => word.length >= 4 && !offends(word));
  const cut = (pattern: RegExp) =>
    [...new Set(words.flatMap((word) => pattern.exec(word)?.[0] ?? []))].sort();
  const { heads, tails } = inoffensive({ heads: cut(HEAD), tails: cut(TAIL) });
  const packed = (name: string, about: string, all: readonly string[]) =>
    `/** ${about} */\nexport const ${name} =\n${rows(all)};\n`;
  return [
    '// Written by `npm run build:words`; do not edit. From the word list of BIP 39 (MIT).\n',
    packed('WORDS', `${words.length} common words.`, words),
    packed('HEADS', `${heads.length} beginnings, each up to its only vowel.`, heads),
    packed('TAILS', `${tails.length} ends of one syllable, each from a consonant on.`, tails),
  ].join('\n');
}

/** In lines of at most 100 letters. */
function rows(all: readonly string[]): string {
  const lines: string[] = [''];
  for (const word of all) {
    if (lines.at(-1)!.length + word.length > 100) lines.push('');
    lines[lines.length - 1] += `${word} `;
  }
  return lines.map((line, i) => `  '${i === lines.length - 1 ? line.trimEnd() : line}'`).join(' +\n');
}

if (import.meta.main) {
  const { wordlist } = createRequire(import.meta.url)('@scure/bip39/wordlists/english.js') as {
    wordlist: string[];
  };
  writeFileSync(
    fileURLToPath(new URL('../../lib/challenge/text/words.ts', import.meta.url)),
    wordsFile(wordlist),
  );
}
