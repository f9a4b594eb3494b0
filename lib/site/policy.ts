/**
 * Policies: which challenges a visitor may be given, and how weak the weakest of them may be. A profile is a named policy.
 *
 * A policy's strength is its weakest reachable path, since an attacker picks it; `maxGuess` bounds what a blind guess passes on
 * any path, and the service refuses to issue a challenge that is weaker.
 */
import { type CustomTextConfig, WIDEST } from '../config/custom-text.ts';
import { type PolicyConfig, PROFILE_NAMES, type ProfileName } from '../config/sites.ts';

export const PROFILES = PROFILE_NAMES;
export type Profile = ProfileName;

/** One way through: a kind, its looks, and how many rounds in a row. */
export interface Path {
  readonly kind: string;
  /** Allowed presets, the default first; `any` allows all that the kind has. */
  readonly presets: readonly string[] | 'any';
  readonly rounds: number;
  /** Share of challenges that take this path when the request names no kind; 0: only by name. */
  readonly weight: number;
  /** text only: what a request may set by itself; absent: everything is as the preset has it. */
  readonly custom?: CustomTextConfig | undefined;
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

const ANYTHING: CustomTextConfig = {
  generators: 'any',
  characters: true,
  ...WIDEST,
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
 * Only by name: for whoever cannot see, or would rather listen. A net that was trained for it passes a third of the time, and most of the
 * time at difficulty 1 (docs/audio.md); it is given all the same, but under strict, because the others are pictures.
 */
const audio: Path = { kind: 'audio', presets: 'any', rounds: 1, weight: 0 };

export const POLICIES: Readonly<Record<Profile, Policy>> = {
  compat: {
    profile: 'compat',
    paths: [scene(1, 1), { ...text('any', 0), custom: ANYTHING }, reveal, audio],
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
      ? Object.entries(kinds).map(([kind, { weight, rounds, presets, custom }]) => ({
          kind,
          presets: presets ?? USUAL_PRESETS[kind] ?? 'any',
          rounds,
          weight,
          custom,
        }))
      : base.paths,
    difficultyFloor: difficulty ?? base.difficultyFloor,
    maxGuess: maxGuess ?? base.maxGuess,
    // Whoever lists the kinds says with audio that listening will do
    spoken: kinds ? 'audio' in kinds : base.spoken,
  };
}
