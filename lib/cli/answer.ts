/** What a command answers on standard output: lines for people, or with --json one JSON document for programs. */
import type { Given, Tools } from './command.ts';

export function answer(
  { stdout }: Pick<Tools, 'stdout'>,
  given: Given,
  facts: object,
  lines: readonly string[],
): void {
  stdout.write(
    given.json === true ? `${JSON.stringify(facts, null, 2)}\n` : lines.map((line) => `${line}\n`).join(''),
  );
}
