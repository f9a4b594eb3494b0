/**
 * Options as they come from programs without types. A misspelt name would be ignored in silence, and what it was to compare would never be
 * compared; so every name and every value is looked at. Undefined is as good as absent.
 */
export type Rules<Name extends string> = Readonly<
  Record<Name, readonly [fits: (value: unknown) => boolean, expected: string]>
>;

/** Throws `TypeError` with the name and what was expected; never with the value, which may be a secret. */
export function checkOptions(where: string, given: unknown, rules: Rules<string>): void {
  if (typeof given !== 'object' || given === null)
    throw new TypeError(`${where}: expected an object with ${Object.keys(rules).join(', ')}`);
  for (const [name, value] of Object.entries(given)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (!rule)
      throw new TypeError(
        `${where}: ${name}: no such option; expected one of ${Object.keys(rules).join(', ')}`,
      );
    if (value !== undefined && !rule[0](value)) throw new TypeError(`${where}: ${name}: expected ${rule[1]}`);
  }
}

export const isText = (value: unknown) => typeof value === 'string' && value !== '';
export const isFunction = (value: unknown) => typeof value === 'function';
export const isAbove = (least: number) => (value: unknown) =>
  typeof value === 'number' && Number.isFinite(value) && value > least;
