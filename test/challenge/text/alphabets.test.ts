import { expect, test } from 'vitest';
import { normalize, SETS } from '../../../lib/challenge/text/alphabets.ts';

test('no set repeats a character, and digits are all ten', () => {
  for (const set of Object.values(SETS)) expect(new Set(set).size).toBe(set.length);
  expect(SETS.digits).toBe('0123456789');
});

test('mixed sets keep one of each confusable pair at most', () => {
  for (const set of [SETS.alphanumeric, SETS['strong-alphanumeric']])
    for (const pair of ['0O', '1I', '1L', '2Z', '5S', '6G', '8B'])
      expect([...pair].filter((character) => (set as string).includes(character)).length).toBeLessThan(2);
  for (const pair of ['A4', 'EF', 'CG', 'UV'])
    expect([...pair].filter((character) => SETS['strong-alphanumeric'].includes(character)).length).toBe(1);
});

test.each(Object.entries(SETS))('%s: kept characters are never folded', (name, set) => {
  for (const character of set) {
    expect(normalize(character, name)).toBe(character);
    expect(normalize(character.toLowerCase(), name)).toBe(character);
  }
});

test.each([
  ['alphanumeric', 'iIl1', 'LLLL'],
  ['alphanumeric', '0zsgb', 'O2568'],
  ['digits', 'OoIlZSGB', '00112568'],
  ['strong-alphanumeric', 'fAvz', 'E4U' + 'Z'],
  ['strong-letters', 'f0G', 'E0C'],
])('%s: %s is taken as %s', (set, answer, taken) => {
  expect(normalize(answer, set)).toBe(taken);
});

test('an alphabet without a name folds onto what it lists, and merges nothing', () => {
  expect(normalize('o0l', 'custom', '0A')).toBe('00L');
  expect(normalize('0O1IL', 'custom', '0O1IL')).toBe('0O1IL');
});

test('case, spaces and full width do not matter', () => {
  expect(normalize(' \tａ ｂ\u3000３\u00a0c ', 'letters')).toBe('AB3C');
});
