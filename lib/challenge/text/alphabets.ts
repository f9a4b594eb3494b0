/**
 * Which characters are asked for. A set keeps one glyph of each pair that people confuse; an answer that names the other
 * one is folded onto the kept one. Folding never merges two kept characters, so it helps no guesser. Digits alone, words and
 * an alphabet that a request brings keep all that they list.
 */
import type { AlphabetName } from '../challenge.ts';
import { HANZI } from './hanzi.ts';

/** Sets by name; the names go into records, so a name keeps its meaning for ever. */
export const SETS = {
  digits: '0123456789',
  letters: 'ABCDEFGHJKLMNOPRSTUVWXYZ',
  alphanumeric: 'ACDEFHJKLMNOPRTUVWXY23456789',
  // Warped and inverted, E and F, A and 4, C and G, U and V come out alike as well, and J like 7, T or N
  'strong-letters': 'ABCDEHKLMNPRSTUWXYZ',
  'strong-alphanumeric': 'CDEHKLMNPRTUWXY3479',
  words: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  hanzi: HANZI,
} as const satisfies Record<string, string>;

export type SetName = keyof typeof SETS;

/** What a request's own alphabet may be made of. */
export const ALLOWED = `${SETS.digits}${SETS.words}${HANZI}`;

export function strongSet(alphabet: AlphabetName): SetName {
  return alphabet === 'digits' ? 'digits' : `strong-${alphabet}`;
}

/** Groups of look-alikes, the closest first. */
const ALIKE = ['0OQ', '1IL', '2Z', '5S', '6G', '8B', 'UV', 'EF', 'A4', 'CG'] as const;

/** A character that the set lacks → the one it is taken for, where its closest group with any kept one has just one. */
function foldsOf(set: string): ReadonlyMap<string, string> {
  const folds = new Map<string, string>();
  for (const group of ALIKE) {
    const kept = [...group].filter((character) => set.includes(character));
    if (kept.length !== 1) continue;
    for (const other of group) if (other !== kept[0] && !folds.has(other)) folds.set(other, kept[0]!);
  }
  return folds;
}

const FOLDS = new Map(Object.entries(SETS).map(([name, set]) => [name, foldsOf(set)]));

/** Far more than any answer needs. */
const LONGEST = 64;

/**
 * An answer as it is compared: full-width characters made plain, case and spaces dropped, look-alikes folded onto what the
 * set keeps. `characters`: the set itself, where it has no name.
 */
export function normalize(answer: string, set: string, characters?: string): string {
  const folds = characters === undefined ? FOLDS.get(set) : foldsOf(characters);
  const plain = answer.slice(0, LONGEST).normalize('NFKC').replace(/\s+/gu, '').toUpperCase();
  return Array.from(plain, (character) => folds?.get(character) ?? character).join('');
}
