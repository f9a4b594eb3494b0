/**
 * The canonical spelling of an answer: full-width forms folded (Unicode NFKC), white space dropped, lower case. Two spellings
 * that are one answer to every kind become the same text; what a kind folds beyond that is its own affair.
 */
export function canonicalAnswer(answer: string): string {
  return answer.normalize('NFKC').replace(/\s+/gu, '').toLowerCase();
}
