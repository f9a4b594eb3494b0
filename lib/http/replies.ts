/** The bodies of successful replies, in the contract's field names. */
import type { Picture } from '../challenge/challenge.ts';
import type { Issued, Revealed, Verdict } from '../service/contract.ts';
import { toBase64, toBase64Url, utf8Parts } from '../util/bytes.ts';
import { secureBytes } from '../util/random.ts';
import { type Lang, message } from './messages.ts';

export type ChallengeReply = ReturnType<typeof challengeReply>;

type Told = Omit<Issued, 'ok'>;

/** What `generate` answers: everything a client receives of a challenge, and nothing more. */
export function challengeReply(issued: Told) {
  const picture = issued.puzzle.picture();
  return { ...aboutChallenge(issued, picture), image_base64: dataUrl(picture) };
}

/** The same as JSON. The picture comes last, and what it is spelt in needs no escape, so nobody has to look at every character of it. */
export function challengeJson(issued: Told): Uint8Array<ArrayBuffer> {
  const picture = issued.puzzle.picture();
  const about = JSON.stringify(aboutChallenge(issued, picture)).slice(0, -1);
  return utf8Parts(`${about},"image_base64":"`, dataUrl(picture), '"}');
}

function aboutChallenge({ id, record, puzzle, expireSeconds, audible, instead }: Told, picture: Picture) {
  return {
    success: true as const,
    captcha_id: id,
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
