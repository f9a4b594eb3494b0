/** A challenge to hear, as the service would say it. */
import type { Speech } from '../audio/speech.ts';
import type { ChallengeSpec, Format, Puzzle } from '../challenge/challenge.ts';

export function takeOf(
  speech: Speech,
  { seed, difficulty, lang }: ChallengeSpec<Format>,
  puzzle: Puzzle,
  take: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const { text, among, lang: spokenIn = lang } = puzzle.spoken!;
  return speech.take({
    seed,
    take,
    text,
    among,
    lang: spokenIn,
    difficulty,
    rate: 8000,
    slow: false,
  });
}
