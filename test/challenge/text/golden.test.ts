/**
 * The same seed gives the same bytes, on every engine and for ever: records keep the seed, not the picture. A change of
 * look is a change here, made on purpose: `GOLDEN=write npx vitest run test/challenge/text/golden.test.ts`.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CASES, kind, nameOf, spec } from './cases.ts';

const file = new URL('./golden.json', import.meta.url);

test('pictures are the ones on record', () => {
  const now = Object.fromEntries(
    CASES.map((one) => {
      const hash = createHash('sha256');
      for (let i = 0; i < 10; i++) {
        const puzzle = kind.generate(spec(one, `golden ${i}`, i % 5 === 4 ? 'bmp' : 'png'));
        hash.update(JSON.stringify(puzzle.solution)).update(puzzle.picture().bytes);
      }
      return [nameOf(one), hash.digest('hex').slice(0, 32)];
    }),
  );
  if (process.env.GOLDEN === 'write') writeFileSync(file, `${JSON.stringify(now, null, 2)}\n`);
  expect(now).toEqual(JSON.parse(readFileSync(file, 'utf8')));
});
