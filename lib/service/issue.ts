/**
 * One challenge: the puzzle that a record describes, drawn up under the policy, sealed and put; and drawn up again from what was put.
 * generate.ts says when.
 */
import type {
  ChallengeSpec,
  Difficulty,
  Format,
  KindName,
  PictureLanguage,
  Puzzle,
  TextOptions,
} from '../challenge/challenge.ts';
import type { Choice } from '../challenge/choose.ts';
import { GlyphgateError } from '../errors.ts';
import type { Decision, PlannedHit } from '../rate-limit/limiter.ts';
import type { Policy } from '../site/policy.ts';
import type { Site } from '../site/site.ts';
import { openId } from '../token/id.ts';
import type { Keyset } from '../token/keys.ts';
import { type ChallengeRecord, sealRecord, unsealRecord } from '../token/record.ts';
import { toBase64Url } from '../util/bytes.ts';
import { secureBytes } from '../util/random.ts';
import type { Issued, Refusal, ServiceParts } from './contract.ts';
import { spokenOf } from './spoken.ts';

export const NOT_FOUND = { ok: false, reason: 'not_found' } as const;

/** The puzzle of a live challenge, drawn up again from its record. */
export async function recallIssued(
  parts: ServiceParts,
  id: string,
  limit: Decision | undefined,
): Promise<Issued | Refusal> {
  const opened = openId(parts.ring, id);
  const stored = opened && (await parts.store.get(id));
  if (!stored || stored.nonce !== undefined) return { ...NOT_FOUND, limit };
  const record = unsealRecord(opened.keys, id, stored.body);
  if (!record) return { ...NOT_FOUND, limit };
  const expireSeconds = Math.max(0, Math.floor((stored.expiresAt - parts.clock()) / 1000));
  const puzzle = await recallPuzzle(parts, opened.keys, record);
  if (!puzzle) return { ...NOT_FOUND, limit };
  return { ok: true, id, record, puzzle, expireSeconds, ...waysOf(parts, record, puzzle), limit };
}

export type Draft = Omit<ChallengeRecord, 'solution' | 'guess'>;

export function draft(
  parts: ServiceParts,
  site: Site,
  choice: Choice,
  lang: PictureLanguage,
  about: Pick<ChallengeRecord, 'action' | 'cdata' | 'session'>,
): Draft {
  return {
    kind: choice.kind.name,
    preset: choice.preset,
    difficulty: choice.difficulty,
    format: choice.format,
    alphabet: choice.alphabet,
    text: choice.text,
    look: choice.look,
    lang,
    seed: newSeed(),
    site: site.key,
    action: about.action,
    cdata: about.cdata,
    session: about.session,
    round: 1,
    rounds: choice.rounds,
    rightSoFar: true,
    issuedAt: parts.clock(),
  };
}

export async function issue(
  parts: ServiceParts,
  keys: Keyset,
  id: string,
  asked: Draft,
  policy: Policy,
  hits: readonly PlannedHit[],
  earlier?: Decision,
): Promise<Issued | Refusal> {
  const puzzle = await puzzleOf(parts, keys, asked);
  const guess = puzzle.guess ** asked.rounds;
  if (asked.text && guess > policy.maxGuess)
    return { ok: false, reason: 'invalid', ...tooEasy(asked.text as TextOptions, policy) };
  holdPolicy(policy, asked, guess);
  const record: ChallengeRecord = {
    ...asked,
    solution: puzzle.solution,
    guess,
    ...(puzzle.question !== undefined && { asked: [...(asked.asked ?? []), puzzle.question] }),
  };
  const put = await parts.store.put(id, sealRecord(keys, id, record), parts.ttlSeconds * 1000, hits);
  const limit = parts.limiter.judge(hits, put.tallies) ?? earlier;
  if (put.outcome === 'limited') return { ok: false, reason: 'limited', limit: limit! };
  if (put.outcome === 'exists') return recallIssued(parts, id, limit);
  const expireSeconds = parts.ttlSeconds;
  return { ok: true, id, record, puzzle, expireSeconds, ...waysOf(parts, record, puzzle), limit };
}

/** How else a visitor may go on: hear the same challenge, or have it traded for another kind. */
function waysOf(parts: ServiceParts, record: ChallengeRecord, puzzle: Puzzle) {
  const paths = parts.sites.byKey(record.site)?.policy.paths ?? [];
  const kinds = [...new Set(paths.map(({ kind }) => kind))];
  return {
    audible: spokenOf(parts, record, puzzle, undefined) !== undefined,
    instead: kinds.filter((kind) => kind !== record.kind && parts.kinds?.[kind as KindName]),
  };
}

/** How long pictures keep the same style. */
export const EPOCH_MS = 7 * 24 * 3600 * 1000;

/** The puzzle that a record describes, drawn up again: by the keys that sealed it, in the style of the week it was issued in. */
export async function puzzleOf(parts: ServiceParts, keys: Keyset, record: Draft): Promise<Puzzle> {
  const kind = (parts.kinds ?? noKinds())[record.kind as KindName];
  if (!kind) throw new GlyphgateError('kind_unknown', `this deployment does not draw kind ${record.kind}`);
  const spec: ChallengeSpec<Format> = {
    seed: record.seed,
    preset: record.preset,
    difficulty: record.difficulty as Difficulty,
    lang: record.lang as PictureLanguage,
    format: record.format as Format,
    style: keys.style(Math.floor(record.issuedAt / EPOCH_MS)),
    ...(record.alphabet !== undefined && {
      alphabet: record.alphabet as NonNullable<ChallengeSpec['alphabet']>,
    }),
    ...(record.text !== undefined && { text: record.text as TextOptions }),
    ...(record.look !== undefined && { look: record.look }),
  };
  await kind.ready?.(spec.format);
  return kind.generate(spec);
}

/**
 * The puzzle of a record that was put, drawn up again. Undefined where it would not be the one that the record judges: another release
 * draws another up from the same seed, or the bank or the looks of this deployment are others. Then it can still be answered by
 * whoever has seen it, and is not shown again.
 */
export async function recallPuzzle(
  parts: ServiceParts,
  keys: Keyset,
  record: ChallengeRecord,
): Promise<Puzzle | undefined> {
  const kind = parts.kinds?.[record.kind as KindName];
  if (kind && !kind.presets.some(({ name }) => name === record.preset)) return undefined;
  const puzzle = await puzzleOf(parts, keys, record);
  return JSON.stringify(puzzle.solution) === JSON.stringify(record.solution) ? puzzle : undefined;
}

/** What a request set about a text challenge made it easier to guess than the policy allows. */
function tooEasy({ characters, length }: TextOptions, { maxGuess }: Policy) {
  const field = characters !== undefined ? 'characters' : length !== undefined ? 'length' : 'generator';
  const most = `${Number((100 * maxGuess).toPrecision(2))} %`;
  return { field, expected: `what a blind guess passes at most ${most} of the time` };
}

/** The last guard of "a policy is as strong as its weakest path": nothing weaker is ever issued. */
function holdPolicy(policy: Policy, asked: Draft, guess: number): void {
  if (guess <= policy.maxGuess) return;
  throw new GlyphgateError(
    'policy_too_weak',
    `${asked.kind}/${asked.preset} can be guessed with probability ${guess}, policy ${policy.profile} allows ${policy.maxGuess}`,
  );
}

export const newSeed = () => toBase64Url(secureBytes(16));

export function noKinds(): never {
  throw new GlyphgateError('role_missing', 'this deployment only verifies: it was built without a renderer');
}
