/**
 * "Which one faces the other way": things that plainly have a front, all but one turned to the same side. When it is to be hard, as many
 * face left as right, and four names have to be looked up: one of them faces the side that is asked for. Who it is, and which side, is
 * drawn by lot; the options are words, for a picture of a fish would face a side too.
 */
import type { Random } from '../../../util/random.ts';
import { ask } from '../asked.ts';
import { gather } from '../choose.ts';
import type { Draft, Drawing, Family, Item } from '../graph.ts';
import { SCENE } from '../layout.ts';
import { LEVELS, type Level } from '../levels.ts';
import { OBJECTS } from '../objects.ts';
import { place } from '../place.ts';

/** Looked at one by one: all of these face left as they come, and nobody takes their tail for their head. */
const LEFT_FACING = (
  'elephant hippopotamus giraffe deer zebra horse unicorn ewe sauropod snail hedgehog honeybee spouting-whale dolphin shark ' +
  'fish parrot flamingo swan rooster baby-chick goat rhinoceros leopard chipmunk t-rex ant bug eagle turkey fire-engine ' +
  'delivery-truck ambulance tractor motorcycle pickup-truck helicopter locomotive'
).split(' ');
const FRONTED = OBJECTS.filter(({ name }) => LEFT_FACING.includes(name));

/** Steeper, and "left" becomes a matter of opinion; in radians. */
const TILT = 0.12;

interface Style {
  readonly things: readonly [number, number];
  /** Things face either way, and a side is asked for. */
  readonly mixed: boolean;
}

const STYLES: readonly [Style, Style, Style] = [
  { things: [6, 7], mixed: false },
  { things: [11, 13], mixed: false },
  { things: [14, 16], mixed: true },
];

export const faces: Family = (random, difficulty): Draft => {
  const { things, mixed } = STYLES[difficulty - 1]!;
  const level: Level = { ...LEVELS[difficulty], tilt: TILT };
  const objects = gather(random, FRONTED, random.integer(...things));
  const options = objects.slice(0, 4);
  const right = random.below(4);
  const side = random.pick(['left', 'right'] as const);
  const facing = sidesOf(random, objects.length, right, side, mixed);
  const items = place(random, objects, level, SCENE).map((item) => ({
    ...item,
    flip: facing[objects.indexOf(item.object)] === 'right',
    coat: undefined,
  }));
  const asked = { left: 'facesLeft', right: 'facesRight' } as const;
  return {
    items,
    drawing: mixed ? turnedTo(side) : alone(items),
    question: ask(random, mixed ? asked[side] : 'faces'),
    claims: options.map((object) => ({ says: 'named', object })),
    right,
  };
};

type Side = 'left' | 'right';

/** Which way each thing faces; the first four are the options. */
function sidesOf(random: Random, count: number, right: number, side: Side, mixed: boolean): Side[] {
  const other = side === 'left' ? 'right' : 'left';
  // As many to one side as to the other, or one more
  const rest = random.shuffle(
    Array.from({ length: count - 4 }, (_, i) => (i + 3 < count / 2 ? other : side)),
  );
  return Array.from({ length: count }, (_, i) => {
    if (i < 4 || !mixed) return i === right ? side : other;
    return rest[i - 4]!;
  });
}

const sideOf = ({ flip }: Item): Side => (flip ? 'right' : 'left');

const turnedTo = (side: Side): Drawing => ({ holds: (item) => sideOf(item) === side, flaw: unclear });

function alone(items: readonly Item[]): Drawing {
  const count = (side: Side) => items.filter((item) => sideOf(item) === side).length;
  return {
    holds: (item) => count(sideOf(item)) === 1,
    flaw: (shown) =>
      Math.min(count('left'), count('right')) === 1 ? unclear(shown) : 'not one that faces the other way',
  };
}

function unclear(items: readonly Item[]): string | undefined {
  const doubtful = items.find(({ object, angle }) => !FRONTED.includes(object) || Math.abs(angle) > TILT);
  return doubtful && `${doubtful.object.name} does not plainly face a side`;
}
