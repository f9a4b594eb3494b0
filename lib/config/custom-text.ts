/**
 * What a policy lets a request set about a text challenge by itself. All of it can make a picture easier for a machine, so nothing may be
 * set that is not listed; names of generators and fonts are judged later (challenge/strength.ts), where both are known.
 */
import * as v from 'valibot';
import { arrayOf, objectOf } from './document.ts';
import { text } from './fields.ts';

/** Both ends included. */
export type Bounds = readonly [least: number, most: number];

export interface CustomTextConfig {
  /** What may be asked for besides characters; `any`: all that there is. */
  readonly generators?: readonly string[] | 'any' | undefined;
  /** Whether an alphabet of the caller's own may be drawn from. */
  readonly characters?: boolean | undefined;
  /** Characters to be read, Chinese ones apart, of which there are 2 to 4. */
  readonly length?: Bounds | undefined;
  /** Pixels. */
  readonly width?: Bounds | undefined;
  readonly height?: Bounds | undefined;
  /** Whether ink and ground may be chosen. */
  readonly colors?: boolean | undefined;
  /** Families of faces; `any`: all that are packed. */
  readonly fonts?: readonly string[] | 'any' | undefined;
}

/** Wide enough for every use, small enough that no request costs more than a scene. */
export const WIDEST = { length: [4, 8], width: [60, 400], height: [20, 160] } as const satisfies Record<
  string,
  Bounds
>;

const boundsIn = ([low, high]: Bounds) => {
  const expected = `two whole numbers [least, most] from ${low} to ${high}`;
  const end = v.number(expected);
  return v.pipe(
    v.strictTuple([end, end], expected),
    v.check(
      ([least, most]) =>
        Number.isInteger(least) && Number.isInteger(most) && low <= least && least <= most && most <= high,
      expected,
    ),
  );
};

const namesOrAny = (what: string, pattern: RegExp) =>
  v.optional(
    v.union(
      [v.literal('any'), arrayOf(text(pattern, `the name of ${what}`), 'a list')],
      `"any" or a list of names, each of ${what}`,
    ),
  );

export const customText = objectOf({
  generators: namesOrAny('a generator', /^[a-z]{1,32}$/),
  characters: v.optional(v.boolean('true or false')),
  length: v.optional(boundsIn(WIDEST.length)),
  width: v.optional(boundsIn(WIDEST.width)),
  height: v.optional(boundsIn(WIDEST.height)),
  colors: v.optional(v.boolean('true or false')),
  fonts: namesOrAny('a font family', /^[A-Za-z0-9 ]{1,32}$/),
});
