/** The words after the command's name, read against its options. Every complaint says what was expected. */
import { parseArgs } from 'node:util';
import { type Given, type Options, UsageError } from './command.ts';
import { didYouMean } from './suggest.ts';

/** Everybody's: main.ts answers `--help`, each command `--json`. */
const COMMON = {
  json: { about: 'answer in JSON' },
  help: { about: 'this text' },
} as const satisfies Options;

/** The options of a command with those that every command has. */
export const allOptions = (options: Options): Options => ({ ...options, ...COMMON });

/** `operands`: the words that stand bare, in order; one in capitals stands for a value, any other for itself. */
export function readArguments(
  words: readonly string[],
  own: Options,
  operands: readonly string[] = [],
): Given {
  const options = allOptions(own);
  const { tokens } = parseArgs({
    args: [...words],
    options: {
      ...Object.fromEntries(
        Object.entries(options).map(([name, { value }]) => [
          name,
          { type: value ? 'string' : 'boolean' } as const,
        ]),
      ),
      help: { type: 'boolean', short: 'h' },
    },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });

  const given: Record<string, string | true> = {};
  let bare = 0;
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') {
      const operand = operands[bare++];
      if (operand === undefined)
        throw new UsageError(`unexpected word "${token.value}": options are written --name value.`);
      if (operand !== operand.toUpperCase() && operand !== token.value)
        throw new UsageError(`expected ${operands.join(' ')}; got "${token.value}".`);
      given[operand] = token.value;
      continue;
    }
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (!option) throw unknownOption(token.rawName, token.name, options);
    if (token.name in given) throw new UsageError(`${token.rawName} is given twice.`);
    given[token.name] = readValue(token, option.value);
  }
  if (given.help) return given;
  refuseMissing(given, options);
  if (bare < operands.length)
    throw new UsageError(`${operands[bare]} is missing: expected ${operands.join(' ')}.`);
  return given;
}

function readValue(
  {
    rawName,
    value,
    inlineValue,
  }: { rawName: string; value: string | undefined; inlineValue: boolean | undefined },
  placeholder: string | undefined,
): string | true {
  if (placeholder === undefined) {
    if (value !== undefined)
      throw new UsageError(`${rawName} is a switch and takes no value, got "${value}".`);
    return true;
  }
  const isNextOption = !inlineValue && value?.startsWith('--');
  if (value === undefined || value === '' || isNextOption)
    throw new UsageError(`${rawName} expects a value: ${rawName} ${placeholder}.`);
  return value;
}

function unknownOption(rawName: string, name: string, options: Options): UsageError {
  return new UsageError(`unknown option ${rawName}.${didYouMean(name, Object.keys(options), '--')}`);
}

function refuseMissing(given: Given, options: Options): void {
  for (const [name, { required, value, about }] of Object.entries(options))
    if (required && given[name] === undefined)
      throw new UsageError(`--${name} is missing: expected --${name} ${value} (${about}).`);
}

/** A text option, or `otherwise` when it was not given. */
export function textOf(given: Given, name: string): string | undefined {
  const value = given[name];
  return typeof value === 'string' ? value : undefined;
}

/** A whole number from `low` to `high`. */
export function wholeNumber(name: string, text: string, low: number, high: number): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= low && value <= high))
    throw new UsageError(`--${name} expects a whole number from ${low} to ${high}, got "${text}".`);
  return value;
}

/** One of a list. */
export function oneOf<T extends string>(name: string, text: string, choices: readonly T[]): T {
  const choice = choices.find((candidate) => candidate === text);
  if (choice === undefined)
    throw new UsageError(
      `--${name} expects one of ${choices.join(', ')}; got "${text}".${didYouMean(text, choices)}`,
    );
  return choice;
}
