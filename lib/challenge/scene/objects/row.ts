/**
 * How a table of objects is written: one row an object, English with its article, Chinese with its measure word.
 *
 * `alike` names objects that look or mean nearly the same kind of thing: wrong options and clutter come from there when a
 * question is to be hard. `clash` names things that no question may tell apart, because people would argue (is a taxi a car?):
 * two objects with a clash in common never meet in one challenge.
 */
export interface Extra {
  /** Space-separated marks; objects that share one never appear in the same challenge. */
  readonly clash?: string;
  /** False: one picture of it shows several, or the word cannot be counted; never asked "how many". */
  readonly count?: false;
  /** False: whether it belongs to its sort is a matter of opinion (is a dinosaur an animal?); kept out of questions about sorts. */
  readonly typical?: false;
  /** Its coat has no colour of its own: it may be painted anew. */
  readonly tint?: true;
}

/** icon, measure word, Chinese noun, English with article, English plural, alike, extra */
export type Row = readonly [string, string, string, string, string, string, Extra?];
