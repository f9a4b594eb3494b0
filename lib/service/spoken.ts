/** What of a challenge can be heard, and in which language. */
import type { PictureLanguage, Puzzle, Spoken } from '../challenge/challenge.ts';
import type { ChallengeRecord } from '../token/record.ts';
import type { ServiceParts } from './contract.ts';

/** Undefined: nothing, in the language that is asked for (absent: the challenge's own). */
export function spokenOf(
  { speech, sites }: ServiceParts,
  record: ChallengeRecord,
  { spoken }: Pick<Puzzle, 'spoken'>,
  asked: PictureLanguage | undefined,
): (Spoken & { lang: PictureLanguage }) | undefined {
  const allowed = record.kind === 'audio' || sites.byKey(record.site)?.policy.spoken;
  if (!speech || !spoken || !allowed) return undefined;
  const lang = spoken.lang ?? asked ?? (record.lang as PictureLanguage);
  return speech.canSay(lang, spoken.text) ? { ...spoken, lang } : undefined;
}
