/** A script that names things (recognise.ts) and answers with that. The question and options in words are taken as read. */
import { ASKED } from '../../../lib/challenge/scene/asked.ts';
import { PANELS } from '../../../lib/challenge/scene/drawing/panels.ts';
import { kindOf } from '../../../lib/challenge/scene/families/odd.ts';
import type { Claim, Draft } from '../../../lib/challenge/scene/graph.ts';
import { type Box, contentOf, planOf } from '../../../lib/challenge/scene/layout.ts';
import { OBJECTS, type SceneObject } from '../../../lib/challenge/scene/objects.ts';
import type { Pixels, Spot } from './pixels.ts';
import { inkIn, isMirrored, likeness, nameOf, type Seen, seen, things, thingsAt } from './recognise.ts';

/** What was seen, and how unlike each object every thing is. */
interface View {
  readonly draft: Draft;
  readonly pixels: Pixels;
  readonly shown: readonly { readonly thing: Seen; readonly like: ReadonlyMap<SceneObject, number> }[];
}

/** Names an option, 0 to 3. */
type Looker = (view: View) => number;

export function answer(family: string, draft: Draft, pixels: Pixels, isTold: boolean): number | undefined {
  const looker = LOOKERS[family];
  const found = () => (isTold ? thingsAt(pixels, draft.items) : things(pixels, planOf(draft).scene));
  return looker?.({ draft, pixels, shown: found().map((thing) => ({ thing, like: likeness(thing) })) });
}

const least = (numbers: readonly number[]) => numbers.indexOf(Math.min(...numbers));

/** The thing that looks most like an object. */
function find({ shown }: View, object: SceneObject): { thing: Seen; unlike: number } {
  const unlike = shown.map(({ like }) => like.get(object)!);
  const i = least(unlike);
  return { thing: shown[i]!.thing, unlike: unlike[i]! };
}

const wordsOf = (claim: Claim) => ('object' in claim ? claim.object : OBJECTS[0]!);

/** What the options show, where they are pictures. */
function pictured({ draft, pixels }: View): SceneObject[] {
  return planOf(draft).cards.map((card) => {
    const { x, y, width, height } = contentOf(card);
    return nameOf(
      likeness(seen(inkIn(pixels, { left: x, top: y - 8, right: x + width, bottom: y + height + 8 }))),
    );
  });
}

/** Objects that a question names, in its order. */
function namedIn(question: string): SceneObject[] {
  const places = new Map<SceneObject, number>();
  // Longer names first, and what one has taken is gone: a fire engine is no fire
  let rest = question;
  for (const object of OBJECTS.toSorted((a, b) => b.noun.en.length - a.noun.en.length))
    rest = rest.replace(new RegExp(`the ${object.noun.en}(?=[ ?'.,])`), (name, at: number) => {
      places.set(object, at);
      return '-'.repeat(name.length);
    });
  return [...places.keys()].sort((a, b) => places.get(a)! - places.get(b)!);
}

const count: Looker = ({ draft, shown }) => {
  const numbers = draft.claims.map((claim) => {
    if (claim.says !== 'count') return 1000;
    const counted = shown.filter(({ like }) => claim.subject.holds(nameOf(like))).length;
    return Math.abs(counted - claim.number);
  });
  return least(numbers);
};

/** How far into the quarter that a question asks about. */
const SIDES = { left: [-1, 0], right: [1, 0], above: [0, -1], below: [0, 1] } as const;

const beside: Looker = (view) => {
  const question = view.draft.question.en;
  const from = find(view, namedIn(question)[0]!).thing.middle;
  const side = (Object.keys(SIDES) as (keyof typeof SIDES)[]).find((each) =>
    ASKED[each].some(({ en }) => question.startsWith(en.split('{}')[0]!)),
  )!;
  const [x, y] = SIDES[side];
  return least(
    pictured(view).map((object) => {
      const { middle } = find(view, object).thing;
      const [dx, dy] = [middle.x - from.x, middle.y - from.y];
      return Math.abs(dx * y + dy * x) - (dx * x + dy * y);
    }),
  );
};

/** In each box, how nearly the two ends are opposite each other, seen from the thing in the middle. */
const between: Looker = ({ draft, shown }) => {
  const named = namedIn(draft.question.en);
  return least(
    PANELS.map((panel) => {
      const inside = shown.filter(({ thing: { middle } }) => isInside(panel, middle));
      const [m, a, b] = named.map((object) => {
        const unlike = inside.map(({ like }) => like.get(object)!);
        return inside[least(unlike)]!.thing.middle;
      }) as [Spot, Spot, Spot];
      const [ax, ay, bx, by] = [a.x - m.x, a.y - m.y, b.x - m.x, b.y - m.y];
      return (ax * bx + ay * by) / (Math.hypot(ax, ay) * Math.hypot(bx, by) || 1);
    }),
  );
};

/** The letter's disc is in the corner. */
const isInside = ({ x, y, width, height }: Box, spot: Spot) =>
  spot.x > x && spot.x < x + width && spot.y > y && spot.y < y + height && spot.x + spot.y > x + y + 70;

/** The arrow's ink is heavier at its head. */
const pointer: Looker = (view) => {
  const { theme } = view.pixels;
  const box = { left: 210, top: 230, right: 390, bottom: 420 };
  const arrow = inkIn(view.pixels, box, (x, y) => view.pixels.at(x, y) === theme.hue);
  const [xs, ys] = [arrow.map(([x]) => x), arrow.map(([, y]) => y)];
  const pin = {
    x: (Math.min(...xs) + Math.max(...xs)) / 2,
    y: (Math.min(...ys) + Math.max(...ys)) / 2,
  };
  const heavy = seen(arrow).middle;
  const way = Math.atan2(heavy.y - pin.y, heavy.x - pin.x);
  return least(
    pictured(view).map((object) => {
      const { middle } = find(view, object).thing;
      return 1 - Math.cos(Math.atan2(middle.y - pin.y, middle.x - pin.x) - way);
    }),
  );
};

const faces: Looker = (view) => {
  const options = view.draft.claims.map(wordsOf);
  const mirrored = options.map((object) => isMirrored(find(view, object).thing, object));
  const question = view.draft.question.en;
  const isAsked = (kind: 'facesLeft' | 'facesRight') => ASKED[kind].some(({ en }) => en === question);
  if (isAsked('facesLeft')) return mirrored.indexOf(false);
  if (isAsked('facesRight')) return mirrored.indexOf(true);
  return mirrored.indexOf(mirrored.filter(Boolean).length === 1);
};

/** The box with most things that are not of its commonest kind. */
const odd: Looker = ({ shown }) => {
  const strangers = PANELS.map((panel) => {
    const inside = shown.filter(({ thing: { middle } }) => isInside(panel, middle));
    const kinds = inside.map(({ like }) => kindOf(nameOf(like)));
    return kinds.length - Math.max(...kinds.map((kind) => kinds.filter((other) => other === kind).length));
  });
  return least(strangers.map((each) => -each));
};

const LOOKERS: Readonly<Record<string, Looker>> = {
  there: (view) => least(view.draft.claims.map((claim) => find(view, wordsOf(claim)).unlike)),
  missing: (view) => least(view.draft.claims.map((claim) => -find(view, wordsOf(claim)).unlike)),
  howMany: count,
  howManyOf: count,
  beside,
  between,
  pointer,
  faces,
  odd,
};
