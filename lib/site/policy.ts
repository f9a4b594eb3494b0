/**
 * Policies: which challenges a visitor may be given, and how weak the weakest of them may be. A profile is a named policy.
 *
 * A policy's strength is its weakest reachable path, since an attacker picks it; `maxGuess` bounds what a blind guess passes on
 * any path, and the service refuses to issue a challenge that is weaker.
 */
import { type PolicyConfig, PROFILE_NAMES, type ProfileName } from '../config/sites.ts';

export const PROFILES = PROFILE_NAMES;
export type Profile = ProfileName;

/**
 * What a request may set about a text challenge by itself; ranges include both ends. All of it can make a picture weaker: a policy
 * that protects something sets none.
 */
export interface TextLimits {
  /** What may be asked for besides characters; `any`: all that there is. */
  readonly generators: readonly string[] | 'any';
  /** Characters to be read, Chinese ones apart, of which there are 2 to 4. */
  readonly length: readonly [least: number, most: number];
  /** Pixels. */
  readonly width: readonly [least: number, most: number];
  readonly height: readonly [least: number, most: number];
  /** Whether ink and ground may be chosen. */
  readonly colors: boolean;
  /** Families of faces; `any`: all that are packed. */
  readonly fonts: readonly string[] | 'any';
}

/** One way through: a kind, its looks, and how many rounds in a row. */
export interface Path {
  readonly kind: string;
  /** Allowed presets, the default first; `any` allows all that the kind has. */
  readonly presets: readonly string[] | 'any';
  readonly rounds: number;
  /** Share of challenges that take this path when the request names no kind; 0: only by name. */
  readonly weight: number;
  /** text only; absent: everything is as the preset has it. */
  readonly text?: TextLimits;
}

export interface Policy {
  /** The one it is, or started from. */
  readonly profile: Profile;
  readonly paths: readonly Path[];
  /** No challenge is easier than this. */
  readonly difficultyFloor: 1 | 2 | 3;
  /** Highest blind-guess probability of any path, all rounds together. */
  readonly maxGuess: number;
  /** Whether a text challenge can be heard as well as seen: the easier of the two is what an attacker takes. */
  readonly spoken: boolean;
}

/** Wide enough for every use, small enough that no request costs more than a scene. */
const GENEROUS: TextLimits = {
  generators: 'any',
  length: [4, 8],
  width: [60, 400],
  height: [20, 160],
  colors: true,
  fonts: 'any',
};

const text = (presets: Path['presets'], weight: number): Path => ({
  kind: 'text',
  presets,
  rounds: 1,
  weight,
});
const scene = (rounds: number, weight: number): Path => ({ kind: 'scene', presets: 'any', rounds, weight });
/**
 * Only by name, and under compat alone: `client` tells the browser everything, and a program that knows the symbols by sight passed
 * `guarded` nine times in ten (docs/reveal.md), far more cheaply than any other path of a stricter policy.
 */
const reveal: Path = { kind: 'reveal', presets: 'any', rounds: 1, weight: 0 };
/**
 * Only by name: for whoever cannot see, or would rather listen. A net that was trained for it passes most of the time (docs/audio.md);
 * it is given all the same, but under strict, because the others are pictures.
 */
const audio: Path = { kind: 'audio', presets: 'any', rounds: 1, weight: 0 };

export const POLICIES: Readonly<Record<Profile, Policy>> = {
  compat: {
    profile: 'compat',
    paths: [scene(1, 1), { ...text('any', 0), text: GENEROUS }, reveal, audio],
    difficultyFloor: 1,
    maxGuess: 0.25,
    spoken: true,
  },
  standard: {
    profile: 'standard',
    paths: [text(['strong'], 3), scene(3, 1), audio],
    difficultyFloor: 1,
    maxGuess: 0.02,
    spoken: true,
  },
  strict: {
    profile: 'strict',
    paths: [text(['strong'], 3), scene(4, 1)],
    difficultyFloor: 2,
    maxGuess: 0.005,
    spoken: false,
  },
  accessible: {
    profile: 'accessible',
    paths: [scene(3, 1), audio],
    difficultyFloor: 1,
    maxGuess: 0.02,
    spoken: true,
  },
};

/** Looks that a kind gets where a policy of the operator's own names none; the others of theirs protect less. */
const USUAL_PRESETS: Readonly<Record<string, Path['presets']>> = { text: ['strong'], reveal: ['guarded'] };

/** A profile, or one with parts of the operator's own. */
export function policyOf({ profile, kinds, difficulty, maxGuess }: PolicyConfig): Policy {
  const base = POLICIES[profile];
  return {
    profile,
    paths: kinds
      ? Object.entries(kinds).map(([kind, { weight, rounds, presets }]) => ({
          kind,
          presets: presets ?? USUAL_PRESETS[kind] ?? 'any',
          rounds,
          weight,
        }))
      : base.paths,
    difficultyFloor: difficulty ?? base.difficultyFloor,
    maxGuess: maxGuess ?? base.maxGuess,
    // Whoever lists the kinds says with audio that listening will do
    spoken: kinds ? 'audio' in kinds : base.spoken,
  };
}
