/** What a client would have received for a challenge: the reply of generate, made by the same function that the service uses. */
import { canSay } from '../audio/languages.ts';
import type { ChallengeSpec, Format, KindName, Picture, Puzzle } from '../challenge/challenge.ts';
import { type ChallengeReply, challengeReply } from '../http/replies.ts';
import type { ChallengeRecord } from '../token/record.ts';
import { seededRandom } from '../util/random.ts';

const ID_SYMBOLS = [...'0123456789abcdefghjkmnpqrstvwxyz'];
const ID_LENGTH = 32;
/** Seconds; the service's default. */
const EXPIRE_SECONDS = 300;

/** `picture` is the puzzle's own, already drawn. */
export function clientReply(
  kind: KindName,
  spec: ChallengeSpec<Format>,
  puzzle: Puzzle,
  picture: Picture,
): ChallengeReply {
  const record: ChallengeRecord = {
    ...spec,
    kind,
    solution: puzzle.solution,
    guess: puzzle.guess,
    site: 'samples',
    round: 1,
    rounds: 1,
    rightSoFar: true,
    issuedAt: 0,
  };
  return challengeReply({
    id: idOf(spec.seed),
    record,
    puzzle: { ...puzzle, picture: () => picture },
    expireSeconds: EXPIRE_SECONDS,
    audible: puzzle.spoken !== undefined && canSay(puzzle.spoken.lang ?? spec.lang, puzzle.spoken.text),
    instead: [],
  });
}

/** In the form of a real id, but drawn from the seed, so that the samples of a seed are the same bytes. */
function idOf(seed: string): string {
  const random = seededRandom(seed, 'captcha_id');
  return Array.from({ length: ID_LENGTH }, () => random.pick(ID_SYMBOLS)).join('');
}
