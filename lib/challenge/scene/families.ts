/** Which families a difficulty draws from; one that stands twice comes twice as often. */
import type { Difficulty } from '../challenge.ts';
import { arrows } from './families/arrows.ts';
import { beside } from './families/beside.ts';
import { between } from './families/between.ts';
import { contour } from './families/contour.ts';
import { howMany, howManyOf } from './families/count.ts';
import { faces } from './families/faces.ts';
import { fence } from './families/fence.ts';
import { links } from './families/links.ts';
import { gaps, maze } from './families/maze.ts';
import { odd } from './families/odd.ts';
import { pointer } from './families/pointer.ts';
import { rope } from './families/rope.ts';
import { swirl } from './families/swirl.ts';
import { symmetry } from './families/symmetry.ts';
import { missing, there } from './families/there.ts';
import type { Family } from './graph.ts';

export const FAMILIES: Readonly<Record<Difficulty, readonly Family[]>> = {
  1: [
    there,
    there,
    missing,
    howMany,
    howMany,
    maze,
    pointer,
    faces,
    symmetry,
    swirl,
    contour,
    beside,
    between,
    odd,
  ],
  2: [
    there,
    missing,
    howMany,
    howManyOf,
    gaps,
    rope,
    arrows,
    pointer,
    faces,
    symmetry,
    swirl,
    contour,
    beside,
    between,
    odd,
    links,
  ],
  3: [there, missing, howMany, howManyOf, gaps, rope, fence, arrows, faces, swirl, contour],
};
