/** Everything that can be wrong with a bank is said, with the file and the reason, and nothing else is. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BANK_LIMITS } from '../../../lib/challenge/bank/manifest.ts';
import { fold } from '../../../lib/challenge/bank/texts.ts';
import { bankOf, type Entry, encoded, type Files, photo, pixels, question, read } from './kit.ts';

const problems = (more: Entry, files?: Files) => bankOf([question(more)], files).problems;
const options = (...en: string[]) => ({ question: { en: 'What is it?' }, options: { en } });

describe('a sound bank', () => {
  it('has no problems', () => {
    const { problems, questions, photos } = bankOf([question()]);
    expect(problems).toEqual([]);
    expect(questions).toMatchObject([
      { id: 'one', photo: 0, languages: ['zh-CN', 'en'], right: 1, weight: 1 },
    ]);
    expect(photos).toMatchObject([{ file: 'one.jpg', shown: { width: 600, height: 422 }, quality: 86 }]);
  });

  it.each(['png', 'jpeg', 'webp'] as const)('may have photos as %s, in folders, for one language', (type) => {
    const image = `photos/two.${type === 'jpeg' ? 'JPEG' : type}`;
    const more = { image, question: { en: 'What?' }, options: { en: ['1', '2', '3', '4'] }, remark: 'mine' };
    expect(problems({ ...more, weight: 100, difficulty: 3 }, { [image]: photo(type) })).toEqual([]);
  });

  it('may ask several things about one photo', () => {
    const other = question({
      id: 'two',
      question: { en: 'Where is it?' },
      options: { en: ['a', 'b', 'c', 'd'] },
    });
    const { problems, photos } = bankOf([question(), other]);
    expect(problems).toEqual([]);
    expect(photos).toHaveLength(1);
  });

  it('keeps photos small, whatever their size and form', () => {
    const bank = bankOf([question()], { 'one.jpg': photo('jpeg', 3, 2000, 1500) });
    expect(bank.problems).toEqual([]);
    expect(bank.photos[0]!.jpeg.length).toBeLessThan(200_000);
    const upright = bankOf([question()], { 'one.jpg': photo('jpeg', 3, 600, 800) });
    expect(upright.photos[0]!.shown).toEqual({ width: 317, height: 422 });
  });
});

describe('the manifest', () => {
  it.each([
    ['no JSON', 'questions: []', 'questions.json: is not JSON'],
    ['another encoding', Uint8Array.from([0x7b, 0xff, 0xfe]), 'questions.json: is not UTF-8'],
    ['no list', '{}', 'questions.json: questions: expected a list of 1 to 1000 questions; it is missing'],
    ['an empty list', '{"questions": []}', 'expected a list of 1 to 1000 questions'],
    ['a list alone', '[]', 'questions.json: '],
    ['null', 'null', 'questions.json: '],
    ['another name', '{"questions": [1], "extra": 1}', 'extra: no such name is known here'],
    ['a prototype', '{"__proto__": {"questions": []}}', 'questions.json: '],
  ])('%s', (_, manifest, expected) => {
    const { problems, questions } = read({ 'questions.json': manifest });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(expected);
    expect(questions).toEqual([]);
  });

  it('that is not there, or too large', () => {
    expect(read({}).problems).toEqual(['questions.json: does not exist']);
    const huge = ' '.repeat(BANK_LIMITS.manifestBytes + 1);
    expect(read({ 'questions.json': huge }).problems).toEqual(['questions.json: is too large']);
  });

  it.each<[string, Entry, string]>([
    ['a misspelt name', { anwser: 'A' }, 'question one, anwser: no such name'],
    [
      'no answer',
      { answer: undefined },
      'question one, answer: expected one of A, B, C, D: the first option is A; it is missing',
    ],
    ['an answer that no option has', { answer: 'E' }, 'question one, answer: expected one of A, B, C, D'],
    ['a number for an answer', { answer: 1 }, 'question one, answer: expected one of A'],
    ['a small letter', { answer: 'b' }, 'answer: expected one of A'],
    ['no id', { id: undefined }, 'question no. 1, id: expected 1 to 64'],
    ['an id that is a path', { id: '../x' }, 'question no. 1, id: expected 1 to 64'],
    [
      'a way out of the folder',
      { image: '../one.jpg' },
      'image: expected the path of a file inside the folder',
    ],
    ['an absolute path', { image: '/etc/passwd' }, 'image: expected the path'],
    ['a drive', { image: 'C:\\one.jpg' }, 'image: expected the path'],
    ['a NUL', { image: 'one\0.jpg' }, 'image: expected the path'],
    ['another language', { question: { fr: 'Quoi ?' } }, 'question.fr: no such name'],
    ['no language', { question: {} }, 'question: expected an object with zh-CN or en, or both'],
    ['text without a language', { question: 'What?' }, 'question: expected an object with zh-CN or en'],
    ['an empty question', { question: { en: '  ' } }, 'question.en: expected 1 to 200 characters'],
    ['three options', { options: { en: ['1', '2', '3'] } }, 'options.en: expected four texts'],
    ['five options', { options: { en: ['1', '2', '3', '4', '5'] } }, 'options.en: expected four texts'],
    [
      'an empty option',
      { options: { en: ['1', '2', '3', ''] } },
      'options.en.3: expected 1 to 60 characters',
    ],
    ['a number as an option', { options: { en: ['1', '2', '3', 4] } }, 'options.en.3: expected'],
    ['a weight of none', { weight: 0 }, 'weight: expected a whole number from 1 to 100'],
    ['half a weight', { weight: 1.5 }, 'weight: expected a whole number'],
    ['a difficulty that is none', { difficulty: 4 }, 'difficulty: expected 1, 2, 3'],
  ])('%s', (_, more, expected) => {
    const found = problems(more);
    expect(found.length).toBeGreaterThan(0);
    expect(found.join('\n')).toContain(`questions.json: `);
    expect(found.join('\n')).toContain(expected);
  });

  it('one fault, one message; and all faults at once', () => {
    const { problems } = bankOf([question({ answer: 'E' }), null, question({ id: 'two', weight: -1 })]);
    expect(problems).toHaveLength(3);
    expect(problems[1]).toBe(
      'questions.json: question no. 2: expected an object with id, image, question, options and answer',
    );
  });
});

describe('the words', () => {
  it.each<[string, Entry, string]>([
    [
      'a language in the question only',
      { options: { en: ['1', '2', '3', '4'] } },
      'options.zh-CN: expected a text',
    ],
    ['a language in the options only', { question: { en: 'What?' } }, 'question.zh-CN: expected a text'],
    [
      'characters that no face has',
      { question: { 'zh-CN': '魑魅？', en: 'What?' } },
      'no packed face for zh-CN has 魑 魅',
    ],
    [
      'an accent of its own',
      options('Cafe\u0301', 'b', 'c', 'd'),
      'options.en, A: no packed face for en has U+0301',
    ],
    ['letters with accents', options('Café', 'b', 'c', 'd'), 'options.en, A: no packed face for en has é'],
    [
      'a character that does not show',
      options('a', 'b\u200b', 'c', 'd'),
      'options.en, B: no packed face for en has U+200B',
    ],
    ['Chinese in English', options('猫', 'b', 'c', 'd'), 'options.en, A: no packed face for en has 猫'],
    [
      'a long question',
      { ...options('a', 'b', 'c', 'd'), question: { en: 'What is it? '.repeat(12) } },
      'question.en: too long; expected what fits into two lines',
    ],
    [
      'a long option',
      options('a', 'b', 'c', 'An elephant that rides a bicycle'),
      'options.en, D: too long; at 20 pixels there is room for',
    ],
    ['two equal options', options('Cat', 'b', ' cat.', 'd'), 'options.en: A and C say the same'],
    ['a number in two ways', options('3', 'Three', '4', '5'), 'options.en: A and B say the same'],
    ['full width and half', options('a', 'b', 'c', 'A'), 'A and D say the same'],
    ['all of the above', options('a', 'b', 'c', 'All of the above'), 'speaks of other options'],
    ['both of them', options('a', 'b', 'A and B', 'd'), 'speaks of other options'],
  ])('%s', (_, more, expected) => {
    const found = problems(more);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^questions\.json: question one, /);
    expect(found[0]).toContain(expected);
  });

  it('folds what people take for the same, and nothing more', () => {
    expect(fold('Ｔｈｒｅｅ！')).toBe(fold('3'));
    expect(fold('两')).toBe(fold('二'));
    expect(fold('the  Dog')).toBe(fold('The dog.'));
    for (const [a, b] of [
      ['-5', '5'],
      ['C', 'C++'],
      ['cat', 'cats'],
      ['10', '1'],
    ] as const)
      expect(fold(a)).not.toBe(fold(b));
  });

  it('does not take above and below for other options', () => {
    expect(problems(options('Above the table', 'Below the lamp', 'None', 'Both hands'))).toEqual([]);
  });
});

describe('repetition', () => {
  const two = (more: Entry = {}) => question({ id: 'two', image: 'two.jpg', ...more });

  it('one id for two questions', () => {
    const { problems } = bankOf([question(), two({ id: 'one' })], { 'two.jpg': photo('jpeg', 2) });
    expect(problems).toEqual(['questions.json: question one, id: another question has it already']);
  });

  it('the same question about the same photo', () => {
    const { problems } = bankOf([
      question(),
      question({
        id: 'two',
        question: { en: 'what is in  the picture' },
        options: { en: ['a', 'b', 'c', 'd'] },
      }),
    ]);
    expect(problems).toEqual([
      'questions.json: question two, question: one asks the same about one.jpg already',
    ]);
  });

  it('the same file under two names', () => {
    const { problems } = bankOf([question(), two()], { 'two.jpg': photo() });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('two.jpg: is the same file as one.jpg');
  });

  it('the same picture in another size, quality and format', () => {
    const { problems } = bankOf([question(), two({ image: 'two.png' })], {
      'two.png': photo('png', 1, 800, 600),
    });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('two.png: is almost the same picture as one.jpg');
  });

  it('but not a picture with one thing more', () => {
    const more = pixels(480, 360);
    for (let y = 100; y < 160; y++) more.rgba.fill(20, (y * 480 + 200) * 4, (y * 480 + 260) * 4);
    for (let at = 3; at < more.rgba.length; at += 4) more.rgba[at] = 255;
    const { problems } = bankOf([question(), two()], { 'two.jpg': encoded('jpeg', more) });
    expect(problems).toEqual([]);
  });
});

describe('the photos', () => {
  it.each<[string, Uint8Array, string]>([
    ['cut short', photo().subarray(0, 5000), 'one.jpg: is cut short'],
    ['empty', new Uint8Array(0), 'one.jpg: is empty'],
    ['text', new TextEncoder().encode('no picture'), 'one.jpg: is text; expected a PNG, JPEG or WebP'],
    ['of another type than its name says', photo('png'), 'one.jpg: is a PNG, but its name ends in .jpg'],
    ['too small', photo('jpeg', 1, 399, 300), 'one.jpg: has 399×300 pixels; expected at least 400×300'],
    ['too slender', photo('jpeg', 1, 1600, 400), 'expected one side at most 3 times the other'],
    ['too large a file', new Uint8Array(8 * 2 ** 20 + 1), 'one.jpg: is too large'],
  ])('%s', (_, file, expected) => {
    const found = problems({}, { 'one.jpg': file });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
  });

  it('a file of another kind, or none', () => {
    expect(problems({ image: 'one.gif' }, { 'one.gif': photo() })[0]).toBe(
      'one.gif: expected a name that ends in .png, .jpg, .jpeg, .webp',
    );
    expect(problems({ image: 'none.jpg' })).toEqual(['none.jpg: does not exist']);
  });

  it('nothing at all', () => {
    const empty = pixels(700, 500);
    empty.rgba.fill(200);
    for (const type of ['jpeg', 'png'] as const)
      expect(problems({ image: `one.${type}` }, { [`one.${type}`]: encoded(type, empty) })).toEqual([
        `one.${type}: is all of one colour; there is nothing to ask about`,
      ]);
  });

  it('nothing but noise, which no small picture can hold', () => {
    const noise = pixels(700, 500);
    for (let at = 0, state = 1; at < noise.rgba.length; at++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      if (at % 4 !== 3) noise.rgba[at] = state >>> 24;
    }
    expect(problems({}, { 'one.jpg': encoded('jpeg', noise) })).toEqual([
      'one.jpg: is too full of fine detail for a small picture; blur it a little, or take another',
    ]);
  });
});

it('keeps every problem on one line, whatever it repeats', () => {
  const { problems } = bankOf([question({ 'a\nb\u001b[2J': 1 })]);
  expect(problems).toEqual(['questions.json: question one, a\ufffdb\ufffd[2J: no such name is known here']);
});

it('never throws, whatever the manifest says', () => {
  const odd = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.string({ unit: 'binary' }));
  const name = fc.constantFrom('id', 'image', 'question', 'options', 'answer', 'weight', 'difficulty', 'en');
  fc.assert(
    fc.property(name, odd, odd, (key, value, whole) => {
      const changed = question(
        key === 'en'
          ? { question: { en: value }, options: { en: [value, 'b', 'c', 'd'] } }
          : { [key]: value },
      );
      for (const manifest of [{ questions: [changed] }, { questions: whole }, whole]) {
        const { problems } = read({
          'questions.json': JSON.stringify(manifest) ?? '',
          'one.jpg': 'no photo',
        });
        expect(problems.length).toBeGreaterThan(0);
        for (const problem of problems) expect(problem).toMatch(/^\S.*: .+$/u);
      }
    }),
    { numRuns: 100 },
  );
});

it('takes the manifest that the documentation shows', () => {
  const manifest = /```json\n(\{\n {2}"questions"[\s\S]*?\n\})\n```/.exec(
    readFileSync('docs/questions.md', 'utf8'),
  )![1]!;
  expect(read({ 'questions.json': manifest, 'cups.jpg': photo() }).problems).toEqual([]);
});
