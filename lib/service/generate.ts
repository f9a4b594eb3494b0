/**
 * Giving out challenges: choose within the policy, draw up the puzzle, seal the record, put it. One store call, limit included;
 * the next round of a chain takes one more, which makes its predecessor give way.
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
import type { Decision, PlannedHit, Subject } from '../rate-limit/limiter.ts';
import type { Policy } from '../site/policy.ts';
import type { Site } from '../site/site.ts';
import { openChain } from '../token/chain.ts';
import { newId, openId, successorId } from '../token/id.ts';
import type { Keyset } from '../token/keys.ts';
import { answerNonce, redeemClaim } from '../token/marks.ts';
import { type ChallengeRecord, sealRecord, unsealRecord } from '../token/record.ts';
import { toBase64Url } from '../util/bytes.ts';
import { secureBytes } from '../util/random.ts';
import { chooseUnder, underBrakes } from './brakes.ts';
import type { Call, GenerateRequest, Issued, RefreshRequest, Refusal, ServiceParts } from './contract.ts';
import { spokenOf } from './spoken.ts';

const NOT_FOUND = { ok: false, reason: 'not_found' } as const;

export async function generate(
  parts: ServiceParts,
  request: GenerateRequest,
  subject: Subject,
  call?: Call,
): Promise<Issued | Refusal> {
  const site = request.sitekey === undefined ? parts.sites.default : parts.sites.byKey(request.sitekey);
  if (!site)
    return { ok: false, reason: 'invalid', field: 'sitekey', expected: 'a site key of this service' };
  call?.note?.({ site: site.key, session: request.session, kind: request.kind });

  const hits = parts.limiter.plan('generate', subject, 1, site);
  const refused = parts.limiter.recall(hits);
  if (refused) return { ok: false, reason: 'limited', limit: refused };

  if (request.chain !== undefined) return continueChain(parts, request, request.chain, hits);

  return underBrakes(parts, site, hits, async (policy, counted) => {
    const choice = chooseUnder(parts, site, policy, parts.kinds ?? noKinds(), request);
    if ('field' in choice) return { ok: false, reason: 'invalid', ...choice };
    const asked = draft(parts, site, choice, request.lang, request);
    const keys = keysOf(parts, site);
    return issue(parts, keys, newId(keys, parts.limiter.shardOf(subject)), asked, policy, counted);
  });
}

/** Sites for tests have a key of their own. */
const keysOf = ({ ring }: ServiceParts, site: Site) => (site.test ? ring.test! : ring.current);

/**
 * The next round. The predecessor's record gives way once, to this very call; every later one is led to the same successor, if
 * that is still there. A successor that is gone stays gone: putting it again would give its answer a second try.
 */
async function continueChain(
  parts: ServiceParts,
  { sitekey }: GenerateRequest,
  text: string,
  hits: readonly PlannedHit[],
): Promise<Issued | Refusal> {
  const chain = openChain(parts.ring, text);
  const opened = chain && openId(parts.ring, chain.predecessor);
  if (!chain || !opened) return NOT_FOUND;
  const { keys, shard } = opened;
  const id = successorId(keys, chain.predecessor, shard);

  const mark = redeemClaim(keys, undefined, '');
  const step = await parts.store.transition(chain.predecessor, { to: 'redeemed', mark, extendMs: 0 }, hits);
  const limit = parts.limiter.judge(hits, step.tallies);
  if (step.outcome === 'limited') return { ok: false, reason: 'limited', limit: limit! };
  if (step.outcome === 'refused') return recallIssued(parts, id, limit);

  const last = unsealRecord(keys, chain.predecessor, step.record.body);
  // A chain says itself whose it is; a site key that is sent along must agree.
  const site = last && parts.sites.byKey(sitekey ?? last.site);
  if (!last || !site || last.site !== site.key || last.round >= last.rounds) return { ...NOT_FOUND, limit };
  const next = await notAskedBefore(parts, keys, {
    ...last,
    seed: newSeed(),
    round: last.round + 1,
    rightSoFar: chain.rightSoFar,
  });
  return issue(parts, keys, id, next, site.policy, [], limit);
}

/** Other seeds for a question of a bank that this chain has asked; a bank with hardly another one may repeat itself. */
async function notAskedBefore(parts: ServiceParts, keys: Keyset, next: Draft): Promise<Draft> {
  for (let tries = 0; tries < 16; tries++) {
    const { question } = await puzzleOf(parts, keys, next);
    if (question === undefined || !next.asked?.includes(question)) return next;
    next = { ...next, seed: newSeed() };
  }
  return next;
}

export async function refresh(
  parts: ServiceParts,
  request: RefreshRequest,
  subject: Subject,
): Promise<Issued | Refusal> {
  const opened = openId(parts.ring, request.id);
  if (!opened) return NOT_FOUND;
  // What the policy refuses must not cost the challenge, so it is checked before anything is spent.
  const live = await parts.store.get(request.id);
  const old = live && live.nonce === undefined ? unsealRecord(opened.keys, request.id, live.body) : undefined;
  const site = old && parts.sites.byKey(old.site);
  if (!old || !site) return NOT_FOUND;
  const hits = parts.limiter.plan('generate', subject, 1, site);
  const refused = parts.limiter.recall(hits);
  if (refused) return { ok: false, reason: 'limited', limit: refused };
  const sameKind = request.kind === undefined || request.kind === old.kind;
  const wish = sameKind
    ? {
        kind: old.kind,
        preset: old.preset,
        difficulty: old.difficulty,
        format: old.format,
        alphabet: old.alphabet,
        ...old.text,
      }
    : { kind: request.kind, difficulty: old.difficulty };
  return underBrakes(parts, site, hits, async (policy, counted) => {
    const choice = chooseUnder(parts, site, policy, parts.kinds ?? noKinds(), wish);
    if ('field' in choice) return { ok: false, reason: 'invalid', ...choice };

    const mark = answerNonce(opened.keys, request.id, undefined, '');
    const spent = await parts.store.transition(request.id, { to: 'answered', mark, ttlMs: 1 }, counted);
    const limit = parts.limiter.judge(counted, spent.tallies);
    if (spent.outcome === 'limited') return { ok: false, reason: 'limited', limit: limit! };
    if (spent.outcome === 'refused') return { ...NOT_FOUND, limit };

    const fresh = draft(parts, site, choice, old.lang as PictureLanguage, old);
    const { round, rounds, rightSoFar, issuedAt } = old;
    // Within a chain the round and what was right so far stay; another kind starts its own path from the beginning.
    const samePath = sameKind && choice.kind.name === old.kind && choice.rounds <= rounds;
    const record = samePath ? { ...fresh, round, rounds, rightSoFar, issuedAt } : fresh;
    const keys = keysOf(parts, site);
    const id = newId(keys, parts.limiter.shardOf(subject));
    return issue(parts, keys, id, record, policy, [], limit);
  });
}

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
  const puzzle = await puzzleOf(parts, opened.keys, record);
  return { ok: true, id, record, puzzle, expireSeconds, ...waysOf(parts, record, puzzle), limit };
}

type Draft = Omit<ChallengeRecord, 'solution' | 'guess'>;

function draft(
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

async function issue(
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

const newSeed = () => toBase64Url(secureBytes(16));

function noKinds(): never {
  throw new GlyphgateError('role_missing', 'this deployment only verifies: it was built without a renderer');
}
