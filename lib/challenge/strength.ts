/**
 * How strong a policy is: as its weakest reachable path, since an attacker picks it. Measured on the kinds themselves when a service
 * starts, so that a policy composed weaker than it claims stops the start instead of failing requests later.
 */
import type { Path, Policy } from '../site/policy.ts';
import {
  type AlphabetName,
  type ChallengeKind,
  DIFFICULTIES,
  KINDS,
  type KindName,
  type PresetInfo,
  type TextOptions,
} from './challenge.ts';
import type { Kinds } from './choose.ts';

export interface PolicyFinding {
  readonly level: 'error' | 'warn';
  /** The part of the policy, such as `kinds.scene.rounds`; empty for the whole. */
  readonly field: string;
  readonly text: string;
}

/** Above this a policy says less than `standard`, and is told so. */
const USUAL_GUESS = 0.02;
/** What machines were not shown to read cheaply; every other look of these kinds is for compatibility. */
const STRONG_LOOKS: Readonly<Record<string, readonly string[]>> = { text: ['strong'], reveal: ['guarded'] };
/** The solution's space may depend on the seed: how many are tried. */
const SEEDS = 3;

type Measure = (
  policy: Policy,
  path: Path,
  preset: PresetInfo,
  kind: ChallengeKind,
  text?: TextOptions,
) => number;

/** `kinds` absent: a deployment that draws nothing; then only names of kinds are checked. */
export function policyExaminer(kinds: Kinds | undefined): (policy: Policy) => readonly PolicyFinding[] {
  const known = new Map<string, number>();
  const measure: Measure = (policy, path, preset, kind, text) => {
    const key = `${path.kind} ${preset.name} ${policy.difficultyFloor} ${JSON.stringify(text)}`;
    const guess = known.get(key) ?? guessOf(policy, path, preset, kind, text);
    known.set(key, guess);
    return guess;
  };
  return (policy) => examine(policy, kinds, measure);
}

function examine(policy: Policy, kinds: Kinds | undefined, measure: Measure): readonly PolicyFinding[] {
  const findings = policy.paths.flatMap((path) => pathFindings(policy, path, kinds, measure));
  if (policy.profile !== 'compat' && policy.maxGuess > USUAL_GUESS)
    findings.push({
      level: 'warn',
      field: 'max_guess',
      text: `a blind guess may pass ${percent(policy.maxGuess)} here; standard passes at most 2 %`,
    });
  return findings;
}

function pathFindings(
  policy: Policy,
  path: Path,
  kinds: Kinds | undefined,
  measure: Measure,
): PolicyFinding[] {
  const field = `kinds.${path.kind}`;
  const wrong = (where: string, text: string): PolicyFinding[] => [{ level: 'error', field: where, text }];
  if (!KINDS.includes(path.kind as KindName)) return wrong(field, `expected one of ${KINDS.join(', ')}`);
  const kind = kinds?.[path.kind as KindName];
  if (!kind) return [];

  const presets =
    path.presets === 'any'
      ? kind.presets
      : path.presets.map((name) => kind.presets.find((each) => each.name === name) ?? name);
  const unknown = presets.find((each) => typeof each === 'string');
  if (unknown !== undefined)
    return wrong(
      `${field}.presets`,
      `expected some of ${kind.presets.map(({ name }) => name).join(', ')}; "${unknown}" is none`,
    );

  const findings: PolicyFinding[] = [];
  const known = presets as readonly PresetInfo[];
  for (const preset of known) {
    const guess = measure(policy, path, preset, kind) ** path.rounds;
    if (guess > policy.maxGuess)
      findings.push(
        ...wrong(
          field,
          `expected paths that a blind guess passes at most ${percent(policy.maxGuess)} of the time (max_guess); preset ${preset.name} with ${path.rounds === 1 ? 'one round' : `${path.rounds} rounds`} passes ${percent(guess)}: ask for more rounds, leave it out, or state a higher max_guess`,
        ),
      );
  }
  if (path.custom && policy.profile !== 'compat')
    findings.push(...customFindings(policy, path, known, kind, measure));
  const looks = policy.profile === 'compat' ? undefined : STRONG_LOOKS[path.kind];
  const weak = looks ? known.filter(({ name }) => !looks.includes(name)).map(({ name }) => name) : [];
  if (path.kind === 'reveal' && weak.length > 0)
    findings.push(
      ...wrong(`${field}.presets`, `expected guarded; ${weak.join(', ')} tells the browser everything`),
    );
  else if (weak.length > 0)
    findings.push({
      level: 'warn',
      field: `${field}.presets`,
      text: `machines read ${weak.join(', ')}: the policy is no stronger than that, however seldom it is drawn, for whoever asks for it gets it`,
    });
  return findings;
}

/** What a request may set by itself: names that there are, nothing that is easier to guess than the policy says. */
function customFindings(
  policy: Policy,
  path: Path,
  presets: readonly PresetInfo[],
  kind: ChallengeKind,
  measure: Measure,
): PolicyFinding[] {
  const field = `kinds.${path.kind}.custom`;
  const { customNames } = kind;
  const custom = path.custom!;
  if (!customNames) return [{ level: 'error', field, text: 'expected only beside kind text' }];
  for (const list of ['generators', 'fonts'] as const) {
    const asked = custom[list];
    const unknown = Array.isArray(asked) && asked.find((name) => !customNames[list].includes(name));
    if (typeof unknown === 'string')
      return [
        {
          level: 'error',
          field: `${field}.${list}`,
          text: `expected some of ${customNames[list].join(', ')}; "${unknown}" is none`,
        },
      ];
  }
  const { generators = [], length } = custom;
  const wishes = [
    ...(generators === 'any' ? customNames.generators : generators).map((generator) => ({
      field: `${field}.generators`,
      what: `generator ${generator}`,
      text: { generator } as TextOptions,
    })),
    ...(length
      ? [{ field: `${field}.length`, what: `length ${length[0]}`, text: { length: length[0] } }]
      : []),
  ];
  const easy = wishes.flatMap(({ field, what, text }): PolicyFinding[] => {
    const guess =
      Math.max(...presets.map((preset) => measure(policy, path, preset, kind, text))) ** path.rounds;
    if (guess <= policy.maxGuess) return [];
    const told = `expected what a blind guess passes at most ${percent(policy.maxGuess)} of the time (max_guess); ${what} passes ${percent(guess)}`;
    return [{ level: 'error', field, text: told }];
  });
  return easy.length > 0
    ? easy
    : [
        {
          level: 'warn',
          field,
          text: 'what a request may set makes a picture easier to read for machines too: whoever attacks sets it so',
        },
      ];
}

/** Highest probability that one blind guess at one picture is right. */
function guessOf(
  policy: Policy,
  path: Path,
  preset: PresetInfo,
  kind: ChallengeKind,
  text?: TextOptions,
): number {
  const alphabets: readonly (AlphabetName | undefined)[] =
    preset.alphabets.length > 0 ? preset.alphabets : [undefined];
  const guesses = DIFFICULTIES.filter((level) => level >= policy.difficultyFloor).flatMap((difficulty) =>
    alphabets.flatMap((alphabet) =>
      Array.from(
        { length: SEEDS },
        (_, seed) =>
          kind.generate({
            seed: `strength ${path.kind} ${seed}`,
            preset: preset.name,
            difficulty,
            lang: 'en',
            format: preset.formats[0]!,
            ...(alphabet && !text?.generator && { alphabet }),
            ...(text && { text }),
          }).guess,
      ),
    ),
  );
  return Math.max(...guesses);
}

const percent = (share: number) => `${Number((share * 100).toPrecision(2))} %`;
