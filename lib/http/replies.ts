/** The bodies of successful replies, in the contract's field names. */
import type { Picture } from '../challenge/challenge.ts';
import type { Issued, Revealed, Verdict } from '../service/contract.ts';
import { toBase64, toBase64Url } from '../util/bytes.ts';
import { secureBytes } from '../util/random.ts';
import { type Lang, message } from './messages.ts';

export type ChallengeReply = ReturnType<typeof challengeReply>;

/** What `generate` answers: everything a client receives of a challenge, and nothing more. */
export function challengeReply({ id, record, puzzle, expireSeconds, audible, instead }: Omit<Issued, 'ok'>) {
  const picture = puzzle.picture();
  return {
    success: true as const,
    captcha_id: id,
    image_base64: dataUrl(picture),
    image_size: { width: picture.width, height: picture.height, used_height: picture.usedHeight },
    expire_time: expireSeconds,
    note: puzzle.note,
    kind: record.kind,
    preset: record.preset,
    difficulty: record.difficulty,
    lang: puzzle.lang ?? record.lang,
    description: puzzle.description,
    audio: audible,
    instead,
    answer_format: puzzle.answerFormat,
    round: record.round,
    rounds: record.rounds,
    ...puzzle.fields?.(),
  };
}

export function revealReply(revealed: Revealed) {
  return revealed.revealed
    ? { success: true as const, revealed: true as const, image_base64: dataUrl(revealed.picture) }
    : { success: true as const, revealed: false as const, tries_left: revealed.triesLeft };
}

export function verdictReply(verdict: Verdict, lang: Lang) {
  if (verdict.verified)
    return {
      success: true as const,
      verified: true as const,
      token: verdict.token,
      message: message('verified', lang),
    };
  if ('next' in verdict) return { success: true as const, verified: false as const, next: verdict.next };
  return {
    success: true as const,
    verified: false as const,
    // As long as a token, so that the size of an encrypted reply does not tell right from wrong.
    padding: padding(verdict.tokenLength),
    message: message('wrong', lang),
  };
}

function dataUrl(picture: Picture): string {
  return `data:${picture.mediaType};base64,${toBase64(picture.bytes)}`;
}

function padding(length: number): string {
  return toBase64Url(secureBytes(Math.ceil((length * 3) / 4))).slice(0, length);
}
