/** A look as a preset: checked once, for every difficulty, when the service starts. */
import * as v from 'valibot';
import { ALPHABETS, type AlphabetName, DIFFICULTIES, type Difficulty } from '../../challenge.ts';
import type { TextPreset } from '../preset.ts';
import { greatestReach } from './bend.ts';
import { drawLook } from './draw.ts';
import { type Look, lookSchema, USUAL_ALPHABET } from './stages.ts';
import { atDifficulty } from './values.ts';

/** What is wrong with a look: "glyphs.size: expected a number from 8 to 120 …; it is 900". */
export interface LookProblem {
  readonly problem: string;
}

/** Makes a preset of a look. `data`: as in docs/text.md. */
export function presetFromLook(name: string, data: unknown): TextPreset | LookProblem {
  const looks: Look[] = [];
  for (const difficulty of DIFFICULTIES) {
    const result = v.safeParse(lookSchema, atDifficulty(data, difficulty), { abortEarly: true });
    if (!result.success) return { problem: problemOf(result.issues[0], difficulty) };
    const crowded = crowdedBy(result.output);
    if (crowded) return { problem: `${crowded} (difficulty ${difficulty})` };
    looks.push(result.output);
  }
  const lookOf = (difficulty: Difficulty) => looks[difficulty - 1]!;
  return {
    name,
    formats: FORMATS,
    alphabets: alphabetsFrom(looks[1]!.alphabet),
    lengths: { 1: looks[0]!.lengths, 2: looks[1]!.lengths, 3: looks[2]!.lengths },
    distinct: looks[1]!.distinct,
    custom: 'pixels',
    size: (difficulty) => ({ width: lookOf(difficulty).width, height: lookOf(difficulty).height }),
    plan({ shown, note }, { difficulty, text = {} }) {
      const look = lookOf(difficulty);
      const scale = text.scale ?? 1;
      const size = { width: text.width ?? look.width * scale, height: text.height ?? look.height * scale };
      return { note, draw: (renderer, random) => drawLook(look, shown, size, text, renderer, random) };
    },
  };
}

const FORMATS = ['png', 'bmp'] as const;

/** Every alphabet, the look's own first. */
function alphabetsFrom(own: AlphabetName): AlphabetName[] {
  const first = (alphabet: AlphabetName) => (alphabet === own ? 1 : 0);
  return [...ALPHABETS].sort((a, b) => first(b) - first(a));
}

/**
 * One of ours, judged and made when a challenge first wants it: that takes milliseconds, and a function that was woken draws one of
 * them. Tests judge all.
 */
export function presetWhenWanted(name: string, look: object): TextPreset {
  const { alphabet } = look as { readonly alphabet?: AlphabetName };
  let made: TextPreset | undefined;
  const preset = (): TextPreset => {
    if (made) return made;
    const found = presetFromLook(name, look);
    if ('problem' in found) throw new TypeError(`preset ${name}: ${found.problem}`);
    made = found;
    return made;
  };
  return {
    name,
    formats: FORMATS,
    alphabets: alphabetsFrom(alphabet ?? USUAL_ALPHABET),
    custom: 'pixels',
    get lengths() {
      return preset().lengths;
    },
    get distinct() {
      return preset().distinct === true;
    },
    size: (difficulty, glyphs) => preset().size(difficulty, glyphs),
    plan: (asked, spec, random) => preset().plan(asked, spec, random),
  };
}

/** Shares of the picture that may be kept free for what moves: the rest is for glyphs. */
const FREE = { x: 0.125, y: 0.25 };

/** Bent too far, nothing would be left of the glyphs, which have to stay inside. */
function crowdedBy({ width, height, deformation }: Look): string | undefined {
  const { x, y } = greatestReach(deformation);
  const most = { x: Math.floor(FREE.x * width), y: Math.floor(FREE.y * height) };
  const expected = (pixels: number, way: string, found: number) =>
    `deformation: expected to move a point by at most ${pixels} pixels ${way}; it moves one by ${Math.ceil(found)}`;
  if (y > most.y) return expected(most.y, 'up or down', y);
  return x > most.x ? expected(most.x, 'sideways', x) : undefined;
}

function problemOf(issue: v.BaseIssue<unknown>, difficulty: Difficulty): string {
  const path = v.getDotPath(issue) ?? 'the look';
  const found =
    issue.input === undefined ? 'it is missing' : `it is ${JSON.stringify(issue.input)?.slice(0, 60)}`;
  return `${path}: expected ${issue.message}; ${found} (difficulty ${difficulty})`;
}
