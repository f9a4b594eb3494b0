/** Families that draw more than things: reckoned again from the strokes themselves, or by hand from where things lie. */
import { describe, expect, it } from 'vitest';
import { ASKED } from '../../../lib/challenge/scene/asked.ts';
import { PANELS } from '../../../lib/challenge/scene/drawing/panels.ts';
import { beside } from '../../../lib/challenge/scene/families/beside.ts';
import { between } from '../../../lib/challenge/scene/families/between.ts';
import { contour } from '../../../lib/challenge/scene/families/contour.ts';
import { faces } from '../../../lib/challenge/scene/families/faces.ts';
import { links } from '../../../lib/challenge/scene/families/links.ts';
import { odd } from '../../../lib/challenge/scene/families/odd.ts';
import { pointer } from '../../../lib/challenge/scene/families/pointer.ts';
import { swirl } from '../../../lib/challenge/scene/families/swirl.ts';
import { symmetry } from '../../../lib/challenge/scene/families/symmetry.ts';
import type { Draft, Family, Item } from '../../../lib/challenge/scene/graph.ts';
import { LEVELS } from '../../../lib/challenge/scene/levels.ts';
import { OBJECTS } from '../../../lib/challenge/scene/objects.ts';
import { flaw } from '../../../lib/challenge/scene/proof.ts';
import { COLLECTIONS } from '../../../lib/challenge/scene/words.ts';
import { seededRandom } from '../../../lib/util/random.ts';
import { painted } from './record.ts';

const LEVELS_OF = [1, 2, 3] as const;
type Level = (typeof LEVELS_OF)[number];

/** Sound drafts of one family. */
function drafts(family: Family, difficulty: Level, count: number): Draft[] {
  return Array.from({ length: count }, (_, i) => {
    const draft = family(seededRandom(`figure ${i}`, family.name), difficulty);
    expect(flaw(draft, LEVELS[difficulty].overlap)).toBe(undefined);
    return draft;
  });
}

/** Where the thing of option `i` lies. */
function itemOf({ items, claims }: Draft, i: number): Item {
  const claim = claims[i]!;
  return items.find((item) => 'object' in claim && item.object === claim.object)!;
}

/** Discs, by the box they lie in. */
function discs(draft: Draft): number[][][] {
  const calls = painted(draft).filter(({ name }) => name === 'circle');
  return PANELS.map(({ x, y, width, height }) =>
    calls
      .map(({ numbers }) => [...numbers])
      .filter(([cx, cy]) => cx! > x && cx! < x + width && cy! > y && cy! < y + height)
      .map(([cx, cy, r]) => [cx! - x - width / 2, cy! - y, r!]),
  );
}

describe('boxes', () => {
  it.each([1, 2] as const)(
    'symmetry %i: one box mirrors, in all others many dots are far from it',
    (level) => {
      for (const draft of drafts(symmetry, level, 100)) {
        const alone = discs(draft).map(
          (dots) =>
            dots.filter(([x, y]) => !dots.some(([ax, ay]) => Math.hypot(ax! + x!, ay! - y!) < 12)).length,
        );
        const expected = level === 1 ? 8 : 24;
        expect(alone).toEqual([0, 1, 2, 3].map((i) => (i === draft.right ? 0 : expected)));
      }
    },
  );

  it.each([1, 2] as const)('symmetry %i: every box has the same ink, and no dot touches another', (level) => {
    for (const draft of drafts(symmetry, level, 25))
      for (const dots of discs(draft)) {
        expect(dots).toHaveLength(level === 1 ? 18 : 48);
        const [radius] = dots.map(([, , r]) => r!);
        for (const [i, [x, y, r]] of dots.entries()) {
          expect(r).toBe(radius);
          const gaps = dots.slice(i + 1).map(([ax, ay]) => Math.hypot(ax! - x!, ay! - y!) - 2 * r!);
          expect(Math.min(100, ...gaps)).toBeGreaterThan(5);
        }
      }
  });

  it('links: the two crossings of the right box differ in what passes over, those of all others agree', () => {
    for (const draft of drafts(links, 2, 200)) {
      const bands = painted(draft)
        .filter(({ name }) => name === 'polyline' || name === 'fill')
        .flatMap(({ name, numbers }, i, all) =>
          name === 'polyline' && numbers.at(-1) === 17 ? [all[i + 1]!.numbers[0]] : [],
        );
      const linked = PANELS.map((_, i) => bands[2 * i] !== bands[2 * i + 1]);
      expect(linked).toEqual([0, 1, 2, 3].map((i) => i === draft.right));
    }
  });

  it('links: as many strokes of the same length in every box', () => {
    for (const draft of drafts(links, 2, 60)) {
      // After the four sheets: every box alike, call for call
      const calls = painted(draft)
        .slice(4)
        .map(({ name, numbers }) => `${name} ${numbers.length}`);
      const each = calls.length / 4;
      for (let i = 1; i < 4; i++) expect(calls.slice(i * each, (i + 1) * each)).toEqual(calls.slice(0, each));
    }
  });
});

/** Sticks, each as its middle and its direction. */
const sticks = (draft: Draft) =>
  painted(draft)
    .filter(({ name }) => name === 'stick')
    .map(({ numbers: [x0, y0, x1, y1] }) => {
      const length = Math.hypot(x1! - x0!, y1! - y0!);
      return {
        x: (x0! + x1!) / 2,
        y: (y0! + y1!) / 2,
        dx: (x1! - x0!) / length,
        dy: (y1! - y0!) / length,
      };
    });

describe('sticks', () => {
  it.each(LEVELS_OF)('swirl %i: most turn around the right thing, hardly any around another', (level) => {
    for (const draft of drafts(swirl, level, 50)) {
      const turning = ASKED.swirl.some(({ en }) => en === draft.question.en);
      const shares = [0, 1, 2, 3].map((i) => {
        const { x, y } = itemOf(draft, i);
        const fit = sticks(draft).filter((stick) => {
          const far = Math.hypot(stick.x - x, stick.y - y);
          const along = Math.abs((stick.x - x) * stick.dx + (stick.y - y) * stick.dy) / far;
          return turning ? along < 0.2 : along > 0.98;
        });
        return fit.length / sticks(draft).length;
      });
      const best = shares[draft.right]!;
      // What lies astray, and of it about an eighth fits by chance
      expect(best).toBeGreaterThan([0, 0.66, 0.58, 0.49][level]!);
      for (const [i, share] of shares.entries())
        if (i !== draft.right) expect(best - share).toBeGreaterThan(0.15);
    }
  });

  it.each(LEVELS_OF)('contour %i: one row runs in steps that can be seen, from thing to thing', (level) => {
    for (const draft of drafts(contour, level, 40)) {
      const all = sticks(draft);
      const start = draft.items.reduce((a, b) => (a.x < b.x ? a : b));
      const target = itemOf(draft, draft.right);
      // Greedily, always to the stick that bends least
      let at = all
        .filter(({ x, y }) => Math.hypot(x - start.x, y - start.y) < 50)
        .reduce((a, b) => (Math.abs(b.y - start.y) < Math.abs(a.y - start.y) ? b : a));
      const steps: number[] = [];
      for (;;) {
        const next = all
          .map((stick) => {
            const [vx, vy] = [stick.x - at.x, stick.y - at.y];
            const far = Math.hypot(vx, vy);
            const bend = Math.max(
              Math.abs(vx * at.dy - vy * at.dx) / far,
              Math.abs(vx * stick.dy - vy * stick.dx) / far,
            );
            return { stick, far, bend, ahead: vx > 0 };
          })
          .filter(({ far, ahead, bend }) => ahead && far < 32 && bend < 0.25)
          .sort((a, b) => a.bend - b.bend)[0];
        if (!next) break;
        steps.push(next.far);
        at = next.stick;
      }
      expect(Math.hypot(at.x - target.x, at.y - target.y)).toBeLessThan(85);
      const nearest = all.map((one) =>
        Math.min(
          ...all
            .filter((other) => other !== one)
            .map((other) => Math.hypot(other.x - one.x, other.y - one.y)),
        ),
      );
      const mean = nearest.reduce((sum, far) => sum + far, 0) / nearest.length;
      const step = steps.reduce((sum, far) => sum + far, 0) / steps.length;
      expect(step / mean).toBeLessThan(1.2);
    }
  });

  it.each([1, 2] as const)('pointer %i: past every other thing by 15 degrees at least', (level) => {
    for (const draft of drafts(pointer, level, 200)) {
      const [x0, y0, x1, y1] = painted(draft).find(({ name }) => name === 'polyline')!.numbers;
      const tip = painted(draft).find(({ name }) => name === 'moveTo')!.numbers;
      const middle = { x: (x0! + tip[0]!) / 2, y: (y0! + tip[1]!) / 2 };
      const turn = Math.atan2(y1! - y0!, x1! - x0!);
      for (const item of draft.items) {
        const apart = Math.abs(Math.atan2(item.y - middle.y, item.x - middle.x) - turn);
        const degrees = (Math.min(apart, 2 * Math.PI - apart) * 180) / Math.PI;
        if (item === itemOf(draft, draft.right)) expect(degrees).toBeLessThan(2);
        else expect(degrees).toBeGreaterThan(level === 1 ? 18 : 13);
      }
    }
  });
});

describe('places', () => {
  it.each([1, 2] as const)(
    'beside %i: the right one lies 60 pixels inside its quarter, others outside',
    (level) => {
      for (const draft of drafts(beside, level, 200)) {
        const side = (['left', 'right', 'above', 'below'] as const).find((each) =>
          ASKED[each].some(({ en }) => draft.question.en.startsWith(en.split('{}')[0]!)),
        )!;
        const from = draft.items.find(({ object }) => draft.question.en.endsWith(` the ${object.noun.en}?`))!;
        for (const i of [0, 1, 2, 3]) {
          const { x, y } = itemOf(draft, i);
          const ahead = { left: from.x - x, right: x - from.x, above: from.y - y, below: y - from.y }[side];
          const aside = Math.abs(side === 'left' || side === 'right' ? y - from.y : x - from.x);
          const inside = (ahead - aside) / Math.SQRT2;
          if (i === draft.right) expect(inside).toBeGreaterThanOrEqual(60);
          else expect(inside).toBeLessThanOrEqual(-60);
        }
      }
    },
  );

  it.each([1, 2] as const)(
    'between %i: in one box the two are opposite each other, in no other nearly so',
    (level) => {
      for (const draft of drafts(between, level, 200)) {
        const named = draft.question.en.match(/the (.+?)(?: lie)? between the (.+) and the (.+)\?$/)!;
        const turns = PANELS.map(({ x, y, width, height }) => {
          const inside = draft.items.filter(
            (item) => item.x > x && item.x < x + width && item.y > y && item.y < y + height,
          );
          expect(inside).toHaveLength(level === 1 ? 5 : 7);
          const [m, p, q] = [1, 2, 3].map((i) => inside.filter(({ object }) => object.noun.en === named[i]));
          expect([m, p, q].map((found) => found!.length)).toEqual([1, 1, 1]);
          const [mid, one, other] = [m![0]!, p![0]!, q![0]!];
          const turn = (item: Item) => Math.atan2(item.y - mid.y, item.x - mid.x);
          const between = Math.abs(turn(one) - turn(other));
          return (Math.min(between, 2 * Math.PI - between) * 180) / Math.PI;
        });
        for (const [i, degrees] of turns.entries())
          if (i === draft.right) expect(degrees).toBeGreaterThan(165);
          else expect(degrees).toBeLessThan(132);
      }
    },
  );

  it('between: every box holds the same things', () => {
    for (const draft of drafts(between, 2, 50)) {
      const names = PANELS.map(({ x, y, width, height }) =>
        draft.items
          .filter((item) => item.x > x && item.x < x + width && item.y > y && item.y < y + height)
          .map(({ object, size }) => `${object.name} ${size}`)
          .sort(),
      );
      expect(names).toEqual(Array(4).fill(names[0]));
    }
  });

  it.each([1, 2] as const)('odd %i: one box holds one thing of a kind that another box is of', (level) => {
    const collections = new Map(COLLECTIONS.map(({ holds, many }) => [many.en, holds]));
    const kindOf = ({ object }: Item) =>
      [...collections].find(([, holds]) => holds(object))?.[0] ?? object.sort;
    for (const draft of drafts(odd, level, 200)) {
      const boxes = PANELS.map(({ x, y, width, height }) =>
        draft.items
          .filter((item) => item.x > x && item.x < x + width && item.y > y && item.y < y + height)
          .map(kindOf),
      );
      expect(boxes.map((box) => box.length)).toEqual(Array(4).fill(level === 1 ? 3 : 4));
      const pure = boxes.filter((_, i) => i !== draft.right);
      expect(pure.map((box) => new Set(box).size)).toEqual([1, 1, 1]);
      const mixed = boxes[draft.right]!;
      const strangers = mixed.filter((kind) => mixed.filter((other) => other === kind).length === 1);
      expect([new Set(mixed).size, strangers.length]).toEqual([2, 1]);
      expect(pure.map(([kind]) => kind)).toContain(strangers[0]);
    }
  });

  it.each(LEVELS_OF)('faces %i: one option faces another side than the three others', (level) => {
    for (const draft of drafts(faces, level, 200)) {
      const options = [0, 1, 2, 3].map((i) => itemOf(draft, i).flip);
      const right = options[draft.right]!;
      expect(options.filter((flip) => flip === right)).toHaveLength(1);
      const same = draft.items.filter(({ flip }) => flip === right).length;
      // Alone in the picture, or among as many of either side
      expect(level < 3 ? same : Math.abs(2 * same - draft.items.length)).toBe(
        level < 3 ? 1 : same > 0 ? draft.items.length % 2 : -1,
      );
      if (level === 3) expect(draft.question.en).toContain(right ? 'right' : 'left');
      for (const { angle } of draft.items) expect(Math.abs(angle)).toBeLessThanOrEqual(0.12);
    }
  });

  it('faces: an icon whose front nobody knows is refused, and so is a second one that turned', () => {
    const [draft] = drafts(faces, 1, 1) as [Draft];
    const odd = itemOf(draft, draft.right);
    const other = draft.items.find((item) => item !== odd)!;
    const change = (item: Item, to: Partial<Item>) => {
      const items = draft.items.map((each) => (each === item ? { ...each, ...to } : each));
      return draft.drawing!.flaw(items);
    };
    expect(change(other, { angle: 0.5 })).toBe(`${other.object.name} does not plainly face a side`);
    const ball = OBJECTS.find(({ name }) => name === 'soccer-ball')!;
    expect(change(other, { object: ball })).toBe('soccer-ball does not plainly face a side');
    expect(draft.drawing!.flaw(draft.items)).toBe(undefined);
  });
});
