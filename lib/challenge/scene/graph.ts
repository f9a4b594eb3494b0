/**
 * A scene before it is drawn: what lies where, what is asked, and what each option claims about it.
 * Everything that decides right or wrong is in here; drawing adds nothing to it.
 */
import type { PaintSurface } from '../../render/types.ts';
import type { Random } from '../../util/random.ts';
import type { Difficulty, PictureLanguage } from '../challenge.ts';
import type { Theme } from './colors.ts';
import type { SceneObject } from './objects.ts';

export const LETTERS = ['A', 'B', 'C', 'D'] as const;
export type Letter = (typeof LETTERS)[number];

export interface Item {
  readonly object: SceneObject;
  /** The middle, in pixels of the picture. */
  readonly x: number;
  readonly y: number;
  /** Side of its box in pixels. */
  readonly size: number;
  /** In radians, clockwise. */
  readonly angle: number;
  /** Mirrored left to right. */
  readonly flip: boolean;
  /** Which coat it wears; undefined: its own colours. */
  readonly coat: number | undefined;
}

/** A set of objects with a name of its own: "animals", or just "cats". */
export interface Subject {
  readonly holds: (object: SceneObject) => boolean;
  /** To follow 多少 and "How many". */
  readonly many: Readonly<Record<PictureLanguage, string>>;
}

/**
 * What an option says about the scene. `one`: this thing is the one asked for; shown as a picture, not in words. `named`: the same in
 * words, for what a picture would give away. `panel`: this box is.
 */
export type Claim =
  | { readonly says: 'one' | 'named'; readonly object: SceneObject }
  | { readonly says: 'panel'; readonly panel: number }
  | { readonly says: 'there' | 'missing'; readonly object: SceneObject }
  | { readonly says: 'count'; readonly subject: Subject; readonly number: number };

/** What lies in a scene beside things: ropes, paths, a fence. It knows which thing is the one asked for, and how to paint itself. */
export interface Drawing {
  /** Whether this item is the one asked for. Worked out from what will be painted, not from what the family meant. */
  holds(item: Item): boolean;
  /** The same for the box of option `panel`, 0 to 3, where the options are boxes. */
  holdsPanel?(panel: number): boolean;
  /** What is wrong with it, if anything. */
  flaw(items: readonly Item[]): string | undefined;
  /** Below the items. Without it, they lie on the ground of every other scene. */
  paint?(surface: PaintSurface, theme: Theme, items: readonly Item[]): void;
}

export interface Draft {
  readonly drawing?: Drawing;
  /** Painted in this order. */
  readonly items: readonly Item[];
  readonly question: Readonly<Record<PictureLanguage, string>>;
  /** What the options A to D claim. */
  readonly claims: readonly Claim[];
  /** Which of them is meant to be right. proof.ts does not take it on trust. */
  readonly right: number;
}

/** Draws up a question and a scene for it. Pure: all chance comes from `random`. */
export type Family = (random: Random, difficulty: Difficulty) => Draft;
