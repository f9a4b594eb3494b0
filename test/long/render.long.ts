/** The long form of the engine's and the text kind's tests: many seeds, many hostile drawings. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTextKind } from '../../lib/challenge/text/text.ts';
import { CASES, nameOf, spec } from '../challenge/text/cases.ts';
import { geometryProblems, spyOn } from '../challenge/text/geometry.ts';
import { LIMITS } from '../challenge/text/geometry-limits.ts';
import { decodeBmp, decodePng } from '../render/decode.ts';
import { drawBoth, drawing } from '../render/fuzz.ts';
import { expectCanaries, newStage, setCanaries } from '../render/stage.ts';

const SEEDS = 100_000;
const { engine, renderer } = newStage();

test('100,000 seeds, every preset and generator: valid files, readable glyphs, nothing written out of place', () => {
  const spy = spyOn({ engine, renderer });
  const kind = createTextKind(spy.renderer);
  setCanaries(engine);
  for (let i = 0; i < SEEDS; i++) {
    const one = CASES[i % CASES.length]!;
    const format = i % 7 === 0 ? 'bmp' : 'png';
    const { bytes } = kind.generate(spec(one, `long ${i}`, format)).picture();
    if (format === 'png') decodePng(bytes);
    else decodeBmp(bytes);
    const limits = LIMITS[one.preset];
    if (limits) expect(geometryProblems(spy.take(), limits), `${nameOf(one)}, seed: long ${i}`).toEqual([]);
  }
  expectCanaries(engine);
});

test('20,000 hostile drawings', () => {
  fc.assert(
    fc.property(drawing, (plan) => {
      const once = drawBoth(plan, engine, renderer);
      const again = drawBoth(plan, engine, renderer);
      expect(again.every((file, i) => Buffer.from(file).equals(once[i]!))).toBe(true);
    }),
    { numRuns: 20_000 },
  );
});
