/**
 * Saying a challenge. Every take says the same solution over another bed in another way; with more of them a machine hears better, so
 * there are three at most, counted in the store in one atomic step, however many ask at once.
 *
 * A player asks for one take in several pieces, and may ask twice for the same piece. What was had can therefore be had again: it is
 * marked beside the count (take and variant), and made anew from the record, byte for byte. Two first requests at once may cost two takes.
 */
import type { Rate } from '../audio/speech.ts';
import type { Difficulty } from '../challenge/challenge.ts';
import type { Subject } from '../rate-limit/limiter.ts';
import { openId } from '../token/id.ts';
import { type ChallengeRecord, unsealRecord } from '../token/record.ts';
import { countersBeside, total } from './beside.ts';
import {
  type Call,
  type Heard,
  type ListenRequest,
  type ServiceParts,
  seenIn,
  type Unheard,
} from './contract.ts';
import { countAlone } from './count.ts';
import { recallPuzzle } from './issue.ts';
import { spokenOf } from './spoken.ts';

const TAKES = 3;
/** Of what takes are made of: a release that changes it counts on, so that no player joins pieces of two. */
const FORM = 3;

export async function listen(
  parts: ServiceParts,
  request: ListenRequest,
  subject: Subject,
  call?: Call,
): Promise<Heard | Unheard> {
  const { store, limiter, ring } = parts;
  const { id } = request;
  const opened = openId(ring, id);
  if (!opened) return { ok: false, reason: 'not_found' };
  const hits = limiter.plan('media', subject);
  const refused = limiter.recall(hits);
  if (refused) return { ok: false, reason: 'limited', limit: refused };
  const [limit, stored] = await Promise.all([countAlone(parts, hits), store.get(id)]);
  if (limit && !limit.allowed) return { ok: false, reason: 'limited', limit };

  const record =
    stored && stored.nonce === undefined ? unsealRecord(opened.keys, id, stored.body) : undefined;
  if (!record) return { ok: false, reason: 'not_found', limit };
  call?.note?.(seenIn(record));
  const puzzle = await recallPuzzle(parts, opened.keys, record);
  if (!puzzle) return { ok: false, reason: 'not_found', limit };
  const spoken = spokenOf(parts, record, puzzle, request.lang);
  if (!spoken) return { ok: false, reason: 'silent', ...instead(parts, record), limit };

  const { rate, slow, peek } = request;
  const variant = `${spoken.lang}-${rate}-${slow ? 'slow' : 'normal'}-${FORM}`;
  if (peek) return { ok: true, take: 0, variant, limit };
  const take = await takeUp(parts, request, variant, opened.shard);
  if (take === undefined) return { ok: false, reason: 'heard', limit };
  return { ok: true, take, variant, wav: await say(parts, record, spoken, { take, rate, slow }), limit };
}

/** Which take to give: one that was had, or the next, which then counts. Undefined: there is none left. */
async function takeUp(
  { store, ttlSeconds }: ServiceParts,
  { id, take, partial }: ListenRequest,
  variant: string,
  shard: number,
): Promise<number | undefined> {
  const counter = countersBeside(id, shard, ttlSeconds);
  const had = (number: number) => counter(`audio-${number}-${variant}`, TAKES);
  const asked = take === undefined ? (partial ? [1, 2, 3] : []) : [take];
  if (asked.length > 0) {
    const marks = (await store.hit(asked.map((number) => had(number)(0)))).map(total);
    const again = asked.findLast((_, i) => marks[i]! > 0);
    if (again !== undefined) return again;
  }
  const [count] = (await store.hit([counter('audio-takes', TAKES)(1)])).map(total);
  if (count! > TAKES) return undefined;
  const given = take ?? count!;
  await store.hit([had(given)(1)]);
  return given;
}

interface Manner {
  readonly take: number;
  readonly rate: Rate;
  readonly slow: boolean;
}

function say(
  { speech }: ServiceParts,
  record: ChallengeRecord,
  { text, among, lang }: NonNullable<ReturnType<typeof spokenOf>>,
  { take, rate, slow }: Manner,
): Promise<Uint8Array<ArrayBuffer>> {
  const difficulty = record.difficulty as Difficulty;
  return speech!.take({ seed: record.seed, take, text, among, lang, difficulty, rate, slow });
}

/** The kind that can be heard, where the policy gives it. */
function instead(parts: ServiceParts, record: ChallengeRecord): { kind?: 'audio' } {
  const paths = parts.sites.byKey(record.site)?.policy.paths ?? [];
  return parts.speech && paths.some(({ kind }) => kind === 'audio') ? { kind: 'audio' } : {};
}
