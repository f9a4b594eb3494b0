/** The texts that `--help` prints. */
import { allOptions } from './arguments.ts';
import type { Command } from './command.ts';

const WIDTH = 100;

const EXIT_CODES = [
  'Exit codes:',
  '  0  done',
  '  1  could not be done: a file or folder, a full disk, missing build products',
  '  2  the command line is wrong; the message says what was expected',
];

export function overview(commands: readonly Command[], version: string): string {
  const width = Math.max(...commands.map(({ name }) => name.length), '--version'.length);
  return page([
    `glyphgate ${version}: challenges on the command line`,
    '',
    'Usage: glyphgate COMMAND [options]',
    '',
    'Commands:',
    ...commands.flatMap(({ name, summary }) => entry(name, summary, width)),
    '',
    'Options:',
    ...entry('--help', 'this text; after a command, its own', width),
    ...entry('--version', 'the version', width),
    '',
    ...EXIT_CODES,
  ]);
}

export function helpFor(command: Command): string {
  const options = Object.entries(allOptions(command.options)).map(([name, { value, about, required }]) => ({
    left: value ? `--${name} ${value}` : `--${name}`,
    right: required ? `${about} (required)` : about,
  }));
  const width = Math.max(...options.map(({ left }) => left.length));
  return page([
    `glyphgate ${command.name}: ${command.summary}`,
    '',
    `Usage: glyphgate ${[command.name, ...(command.operands ?? [])].join(' ')} [options]`,
    '',
    'Options:',
    ...options.flatMap(({ left, right }) => entry(left, right, width)),
    ...command.notes.flatMap((note) => ['', ...wrap(note, WIDTH)]),
    '',
    'Examples:',
    ...command.examples.map((example) => `  ${example}`),
    '',
    ...EXIT_CODES,
  ]);
}

const page = (lines: readonly string[]): string => `${lines.join('\n')}\n`;

function entry(left: string, right: string, width: number): string[] {
  const indent = width + 4;
  return wrap(right, WIDTH - indent).map(
    (line, i) => (i === 0 ? `  ${left.padEnd(width)}  ` : ' '.repeat(indent)) + line,
  );
}

function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
