/**
 * "One thing is in the wrong box": four boxes of things, a kind to each, and in one of them, drawn by lot, something of another box's
 * kind. Only kinds that nobody argues about. The stranger is as heavy, nearly, as the thing that it stands for, and how many boxes hold less ink
 * than its own is drawn by lot: what is in the boxes has to be looked at, in all of them.
 */
import type { Random } from '../../../util/random.ts';
import { ask } from '../asked.ts';
import { gather } from '../choose.ts';
import { isIn, PANEL_CLAIMS, PANELS, paintSheets } from '../drawing/panels.ts';
import type { Draft, Drawing, Family, Item } from '../graph.ts';
import type { Box, Plan } from '../layout.ts';
import { LEVELS, type Level } from '../levels.ts';
import { clashes, OBJECTS, type SceneObject } from '../objects.ts';
import { place } from '../place.ts';
import { COLLECTIONS } from '../words.ts';

const named = (names: string) => {
  const list = names.split(' ');
  return OBJECTS.filter(({ name }) => list.includes(name));
};

/** No thing is of two kinds, and each kind has four that do not clash. */
const KINDS: readonly (readonly SceneObject[])[] = [
  ...COLLECTIONS.map(({ holds }) => OBJECTS.filter((object) => holds(object) && object.typical)),
  named('t-shirt dress jeans socks gloves scarf coat kimono shorts'),
  named('hammer axe wrench screwdriver carpentry-saw scissors'),
  named('sun crescent-moon star cloud rainbow snowflake high-voltage'),
];
/** Which of the kinds; −1: of none. */
export const kindOf = (object: SceneObject) => KINDS.findIndex((kind) => kind.includes(object));

/** Things in a box. */
const MANY = [3, 4] as const;
/** Of how many things much like it the stranger is one. */
const CHOICE = 5;

export const odd: Family = (random, difficulty): Draft => {
  const level = LEVELS[difficulty];
  const many = MANY[difficulty === 1 ? 0 : 1]!;
  const right = random.below(4);
  const filled = fill(random, many, right);
  const placed = filled.flatMap((objects, i) =>
    place(random, objects, sized(random, level), roomOf(PANELS[i]!)),
  );
  const items = placed.map((item) => ({ ...item, coat: undefined }));
  return { items, drawing: drawingOf(items), question: ask(random, 'odd'), claims: PANEL_CLAIMS, right };
};

/** What lies in each box: in one of them a stranger for one of its things. */
function fill(random: Random, many: number, right: number): SceneObject[][] {
  const rank = random.below(4);
  for (;;) {
    const kinds = random.sample(KINDS, 4);
    const boxes = kinds.map((kind) => gather(random, kind, many));
    const [missing, ...stay] = boxes[right]!;
    const strangers = kinds
      .flatMap((kind, i) => (i === right ? [] : kind))
      .filter((object) => !boxes.flat().some((other) => clashes(object, other)))
      .toSorted((a, b) => unlike(a, missing!) - unlike(b, missing!));
    const stranger = random.pick(strangers.slice(0, CHOICE));
    const filled = boxes.map((box, i) => (i === right ? [stranger, ...stay] : box));
    const inks = filled.map((box) => box.reduce((sum, { weight }) => sum + weight, 0));
    const isSound = filled.every((box) => box.length === many);
    if (isSound && inks.filter((ink) => ink < inks[right]!).length === rank) return filled;
  }
}

/** By weight, and by how large it is drawn: a fifth of either counts as much. */
const unlike = (a: SceneObject, b: SceneObject) =>
  Math.abs(Math.log(a.weight / b.weight)) + Math.abs(Math.log((0.5 + a.radius) / (0.5 + b.radius)));

/** Larger or smaller things in a box, whatever they are: so ink says little of what kinds they are of. */
function sized(random: Random, level: Level): Level {
  const share = random.between(0.76, 1.08);
  return { ...level, fill: [level.fill[0] * share, level.fill[1] * share] };
}

/** Right of the letter, and off the edges. */
function roomOf({ x, y, width, height }: Box): Plan['scene'] {
  return { left: x + 36, top: y + 8, right: x + width - 10, bottom: y + height - 8 };
}

/** Right is the box whose things are not all of one kind. */
function drawingOf(items: readonly Item[]): Drawing {
  const kinds = PANELS.map((panel) =>
    items.filter((item) => isIn(panel, item)).map(({ object }) => kindOf(object)),
  );
  const isMixed = (panel: number) => new Set(kinds[panel]).size > 1;
  return {
    holds: () => false,
    holdsPanel: isMixed,
    flaw() {
      if (kinds.flat().length !== items.length) return 'a thing lies in no box';
      const strangers = kinds.map(
        (box) => box.filter((kind) => box.indexOf(kind) === box.lastIndexOf(kind)).length,
      );
      const alone = kinds.every((box, i) =>
        isMixed(i) ? new Set(box).size === 2 && strangers[i] === 1 : true,
      );
      return alone && !kinds.flat().includes(-1) ? undefined : 'not one stranger';
    },
    paint: paintSheets,
  };
}
