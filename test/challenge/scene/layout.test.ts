import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { facts } from '../../../infra/build/facts.ts';
import { PICTURE_LANGUAGES } from '../../../lib/challenge/challenge.ts';
import { ASKED } from '../../../lib/challenge/scene/asked.ts';
import { SHORT } from '../../../lib/challenge/scene/families/between.ts';
import {
  BAR_TOP,
  CARDS,
  contentOf,
  HEADER,
  HEIGHT,
  NEEDED_HEIGHT,
  SCENE,
  WIDTH,
} from '../../../lib/challenge/scene/layout.ts';
import { OBJECTS } from '../../../lib/challenge/scene/objects.ts';
import { FACES } from '../../../lib/challenge/scene/scene.ts';
import { fitLine, wrap } from '../../../lib/challenge/scene/typeset.ts';
import { COLLECTIONS, QUESTIONS } from '../../../lib/challenge/scene/words.ts';
import { renderer } from './kit.ts';

describe('the plan of the picture', () => {
  it('has room for everything, and nothing lies on an option', () => {
    expect(NEEDED_HEIGHT).toBeLessThanOrEqual(HEIGHT);
    expect(HEADER.height).toBeLessThanOrEqual(SCENE.top);
    expect(SCENE.bottom).toBeLessThanOrEqual(BAR_TOP);
    for (const [i, a] of CARDS.entries()) {
      expect(a.y).toBeGreaterThan(BAR_TOP);
      expect(a.x).toBeGreaterThanOrEqual(0);
      expect(a.x + a.width).toBeLessThanOrEqual(WIDTH);
      for (const b of CARDS.slice(i + 1)) expect(a.x + a.width <= b.x || a.y + a.height <= b.y).toBe(true);
    }
  });

  it('is what the facts file says', () => {
    expect(readFileSync('lib/challenge/facts.ts', 'utf8')).toBe(facts());
  });
});

describe('words', () => {
  it.each(PICTURE_LANGUAGES)('%s: every question about anything fits into two lines of 24 pixels', (lang) => {
    const face = renderer.face(FACES[lang]);
    const subjects = [...OBJECTS, ...COLLECTIONS].map((subject) => subject.many[lang]);
    const longest = OBJECTS.map(({ noun }) => noun[lang]).toSorted(
      (a, b) => renderer.measure(b, face, 1) - renderer.measure(a, face, 1),
    );
    const short = new Set(SHORT.map(({ noun }) => noun[lang]));
    const questions = [
      ...Object.values(ASKED).flatMap((each) =>
        each.map((words) => {
          // Who asks about three things names short ones
          const names = words.en.includes('{3}') ? longest.filter((name) => short.has(name)) : longest;
          return words[lang].replace('{3}', names[2]!).replace('{2}', names[1]!).replace('{}', names[0]!);
        }),
      ),
      ...[...QUESTIONS.there, ...QUESTIONS.missing].map((words) => words[lang]),
      ...QUESTIONS.count.flatMap((words) => subjects.map((many) => words[lang].replace('{}', many))),
    ];
    for (const question of questions) {
      const column = { width: WIDTH - 2 * HEADER.padding, lines: 2, ...HEADER };
      const { lines, size } = wrap(renderer, question, face, column);
      expect(size, question).toBeGreaterThanOrEqual(24);
      expect(lines.join('').replaceAll(' ', '')).toBe(question.replaceAll(' ', ''));
      expect(lines.length * size * HEADER.lineHeight).toBeLessThanOrEqual(HEADER.height);
      for (const line of lines) expect(renderer.measure(line, face, size)).toBeLessThanOrEqual(column.width);
    }
  });

  it.each(PICTURE_LANGUAGES)(
    '%s: every option stays inside its card, tilted as it may be, and large',
    (lang) => {
      const face = renderer.face(FACES[lang]);
      const box = contentOf(CARDS[3]!);
      for (const words of OBJECTS.map((object) => object.one[lang])) {
        for (const tilt of [-1, 0, 1]) {
          const { size, width, angle } = fitLine(renderer, words, face, box, 32, tilt);
          expect(size, words).toBeGreaterThanOrEqual(22);
          expect(width).toBeLessThanOrEqual(box.width + 1e-6);
          // From the highest letter to the lowest tail: about one em, upright; the tilt adds its rise
          expect(width * Math.abs(Math.sin(angle)) + size * Math.cos(angle)).toBeLessThanOrEqual(
            box.height + 1,
          );
        }
      }
    },
  );
});
