/** Every language says everything, with the same blanks; nothing is said that no code says. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { languages } from '../../infra/build/widget.ts';
import { match } from '../../lib/widget/language.ts';
import { en } from '../../lib/widget/languages/en.ts';
import { KEYS } from '../../lib/widget/languages/strings.ts';
import { audio, reveal } from '../../lib/widget/languages/views.ts';

const english: Record<string, string> = { ...en, ...audio, ...reveal };
const blanks = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

test.each(languages())('%s lacks nothing and has nothing left over', async (name) => {
  const { default: words } = (await import(`../../lib/widget/languages/${name}.ts`)) as {
    default: Record<string, string>;
  };
  expect(Object.keys(words).sort()).toEqual([...KEYS].sort());
  for (const [key, text] of Object.entries(words)) {
    expect(text.trim(), key).not.toBe('');
    expect(blanks(text), key).toEqual(blanks(english[key]!));
    // A sentence that stayed English; words that two languages share are short.
    if (english[key]!.length > 12) expect(text, key).not.toBe(english[key]);
  }
});

test('every string is said somewhere', () => {
  const room = new URL('../../lib/widget/', import.meta.url);
  const sources = [
    ...readdirSync(room),
    ...readdirSync(new URL('views/', room)).map((name) => `views/${name}`),
  ]
    .filter((name) => name.endsWith('.ts') && name !== 'built.ts')
    .map((name) => readFileSync(new URL(name, room), 'utf8'))
    .join('\n');
  expect(KEYS.filter((key) => !sources.includes(`'${key}'`))).toEqual([]);
});

test.each([
  ['en-GB', 'en'],
  ['zh', 'zh-CN'],
  ['zh-Hans-SG', 'zh-CN'],
  ['zh-Hant', 'zh-TW'],
  ['zh-HK', 'zh-TW'],
  ['de-AT', 'de'],
  ['AR-eg', 'ar'],
  ['auto', undefined],
  ['tlh', undefined],
  ['', undefined],
  ['"><script>', undefined],
] as const)('%s is spoken as %s', (tag, language) => {
  expect(match(tag)).toBe(language);
});
