/**
 * "Which one does not belong with the others": things of one kind and one of another. Only kinds that nobody argues about. The options
 * are two of either kind, one that is shown and one that is not: they alone say nothing, the picture has to be looked at. Both
 * kinds are drawn the same way, so each thing is right as often as every other.
 */
import { ask } from '../asked.ts';
import { gather } from '../choose.ts';
import type { Draft, Drawing, Family, Item } from '../graph.ts';
import { THUMB_PLAN } from '../layout.ts';
import { LEVELS } from '../levels.ts';
import { OBJECTS, type SceneObject } from '../objects.ts';
import { place } from '../place.ts';
import { COLLECTIONS } from '../words.ts';

const named = (names: string) => {
  const list = names.split(' ');
  return OBJECTS.filter(({ name }) => list.includes(name));
};

/** No thing is of two kinds. */
const KINDS: readonly (readonly SceneObject[])[] = [
  ...COLLECTIONS.map(({ holds }) => OBJECTS.filter((object) => holds(object) && object.typical)),
  named('t-shirt dress jeans socks gloves scarf coat kimono shorts'),
  named('hammer axe wrench screwdriver carpentry-saw scissors'),
];
const kindOf = (object: SceneObject) => KINDS.findIndex((kind) => kind.includes(object));

/** How many of the kind that most are of, the one that is not shown included; fewer where there are no more. */
const MANY = [6, 9] as const;

export const odd: Family = (random, difficulty): Draft => {
  const [many, other] = random
    .sample(KINDS, 2)
    .map((kind) => gather(random, kind, MANY[difficulty === 1 ? 0 : 1]!)) as [SceneObject[], SceneObject[]];
  const [hidden, ...shown] = many as [SceneObject, SceneObject];
  const [single, absent] = other as [SceneObject, SceneObject];
  const options = random.shuffle([single, absent, hidden, shown[0]]);
  const placed = place(random, [...shown, single], LEVELS[difficulty], THUMB_PLAN.scene);
  // In the colours in which the options show them
  const items = placed.map((item) => ({ ...item, coat: undefined }));
  return {
    items,
    drawing: belonging(items),
    question: ask(random, 'odd'),
    claims: options.map((object) => ({ says: 'one', object })),
    right: options.indexOf(single),
  };
};

/** Right is what no other thing in the scene is of one kind with. */
function belonging(items: readonly Item[]): Drawing {
  const kinds = items.map((item) => kindOf(item.object));
  const alone = (kind: number) => kinds.filter((other) => other === kind).length === 1;
  return {
    holds: (item) => alone(kindOf(item.object)),
    flaw: () => (new Set(kinds).size !== 2 || kinds.includes(-1) ? 'not of two kinds' : undefined),
  };
}
