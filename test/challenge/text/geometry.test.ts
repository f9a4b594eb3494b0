import { expect, test } from 'vitest';
import { createTextKind } from '../../../lib/challenge/text/text.ts';
import { newStage } from '../../render/stage.ts';
import { CASES, nameOf, spec } from './cases.ts';
import { geometryProblems, spyOn } from './geometry.ts';
import { LIMITS } from './geometry-limits.ts';

const spy = spyOn(newStage());
const kind = createTextKind(spy.renderer);

test.each(CASES.filter((one) => one.preset !== 'bitmap').map((one) => [nameOf(one), one] as const))(
  '%s: no glyph is cut, too small, too faint, covered or merged with its neighbour',
  (_, one) => {
    for (let i = 0; i < 12; i++) {
      kind.generate(spec(one, `geometry ${i}`)).picture();
      const seen = spy.take();
      expect(seen.glyphs.length).toBeGreaterThan(0);
      expect(geometryProblems(seen, LIMITS[one.preset]!), `seed: geometry ${i}`).toEqual([]);
    }
  },
);
