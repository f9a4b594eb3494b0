/** "Did you mean …": the nearest known word, if it is near enough to be what was meant. */

/** Edit distance in which two swapped neighbours count once (optimal string alignment, Damerau 1964). */
export function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...new Array<number>(b.length).fill(0)]);
  for (let j = 0; j <= b.length; j++) rows[0]![j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, rows[i - 1]![j - 1]! + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, rows[i - 2]![j - 2]! + 1);
      rows[i]![j] = least;
    }
  }
  return rows[a.length]![b.length]!;
}

/** The nearest of `known` to `word`, or undefined when none is near: a third of the letters may differ. */
export function suggestion(word: string, known: readonly string[]): string | undefined {
  const meant = word.toLowerCase();
  const near = known
    .map((candidate) => ({ candidate, steps: nearness(meant, candidate.toLowerCase()) }))
    .toSorted((a, b) => a.steps - b.steps)[0];
  if (!near || near.steps > Math.max(1, Math.floor(near.candidate.length / 3))) return undefined;
  return near.candidate;
}

/** The beginning of a word is as near as one slip: `diff` means `difficulty`. */
const nearness = (meant: string, candidate: string): number =>
  meant.length >= 3 && candidate.startsWith(meant)
    ? Math.min(1, distance(meant, candidate))
    : distance(meant, candidate);

/** ` Did you mean X?` or nothing, to end a message with. */
export function didYouMean(word: string, known: readonly string[], prefix = ''): string {
  const meant = suggestion(word, known);
  return meant === undefined ? '' : ` Did you mean ${prefix}${meant}?`;
}
