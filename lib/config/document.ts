/** The forms that values of a JSON document take, each with the words that say what was expected. */
import * as v from 'valibot';

export const whole = (low: number, high: number) => {
  const expected = `a whole number from ${low} to ${high}`;
  return v.pipe(
    v.number(expected),
    v.integer(expected),
    v.minValue(low, expected),
    v.maxValue(high, expected),
  );
};

export const arrayOf = <T extends v.GenericSchema>(item: T, expected: string) => v.array(item, expected);
export const objectOf = <T extends v.ObjectEntries>(entries: T) => v.strictObject(entries, namesOf(entries));

/** An unknown name gets the list of those that there are; a missing one what its own rule says to nothing. */
function namesOf(entries: v.ObjectEntries) {
  const names = Object.keys(entries).join(', ');
  return (issue: v.StrictObjectIssue) => {
    if (issue.expected === 'never') return `${NO_SUCH} ${names}`;
    const rule = issue.expected === 'Object' ? undefined : entries[String(issue.path?.at(-1)?.key)];
    const said = rule && v.safeParse(rule as v.GenericSchema, null).issues?.[0]?.message;
    return said ?? `an object with ${names}`;
  };
}
export const NO_SUCH = 'no such field; expected one of';
