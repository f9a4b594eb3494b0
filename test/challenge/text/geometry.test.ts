import { expect, test } from 'vitest';
import { createTextKind } from '../../../lib/challenge/text/text.ts';
import { newRenderer } from '../../render/stage.ts';
import { CASES, nameOf, spec } from './cases.ts';
import { outside, spyOn } from './geometry.ts';

const spy = spyOn(newRenderer());
const kind = createTextKind(spy.renderer);

test.each(CASES.filter((one) => one.preset !== 'bitmap').map((one) => [nameOf(one), one] as const))(
  '%s: no glyph is cut by the border',
  (_, one) => {
    for (let i = 0; i < 100; i++) {
      kind.generate(spec(one, `geometry ${i}`)).picture();
      const seen = spy.take();
      expect(seen.length).toBeGreaterThan(0);
      expect(outside(seen), `seed: geometry ${i}`).toEqual([]);
    }
  },
);
