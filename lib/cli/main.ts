/**
 * START HERE: the command `glyphgate`. One run: find the command, read its options, let it work, turn what went wrong into a message
 * on standard error and an exit code. Answers go to standard output, everything else to standard error.
 */
import { readArguments } from './arguments.ts';
import { CliError, type Command, type Tools, UsageError } from './command.ts';
import { doctor } from './doctor.ts';
import { helpFor, overview } from './help.ts';
import { init } from './init.ts';
import { keys } from './keys.ts';
import { loadtest } from './loadtest.ts';
import { questions } from './questions.ts';
import { render } from './render.ts';
import { samples } from './samples.ts';
import { serve } from './serve.ts';
import { sheet } from './sheet.ts';
import { sites } from './sites.ts';
import { didYouMean } from './suggest.ts';
import { verifyDeploy } from './verify-deploy.ts';
import { voices } from './voices.ts';

const COMMANDS: readonly Command[] = [
  init,
  serve,
  doctor,
  keys,
  loadtest,
  questions,
  render,
  samples,
  sheet,
  sites,
  verifyDeploy,
  voices,
];

const EXIT = { done: 0, failed: 1, usage: 2 } as const;

/** Runs the command line (without the program's own name) and returns the exit code. Never throws. */
export async function main(words: readonly string[], tools: Tools): Promise<number> {
  const command = COMMANDS.find(({ name }) => name === words[0]);
  try {
    if (command) await runCommand(command, words.slice(1), tools);
    else answerWithoutCommand(words, tools);
    return EXIT.done;
  } catch (error) {
    return report(error, command, tools);
  }
}

async function runCommand(command: Command, words: readonly string[], tools: Tools): Promise<void> {
  const given = readArguments(words, command.options, command.operands);
  if (given.help) tools.stdout.write(helpFor(command));
  else await command.run(given, tools);
}

function answerWithoutCommand([first, second]: readonly string[], tools: Tools): void {
  const known = COMMANDS.map(({ name }) => name);
  if (first === undefined) throw new UsageError(`which command? Expected one of ${known.join(', ')}.`);
  if (first === '--version' || first === '-v') return void tools.stdout.write(`${tools.version}\n`);
  if (first === '--help' || first === '-h' || first === 'help') {
    const command = COMMANDS.find(({ name }) => name === second);
    return void tools.stdout.write(command ? helpFor(command) : overview(COMMANDS, tools.version));
  }
  if (first.startsWith('-'))
    throw new UsageError(
      `unknown option ${first}; options of a command stand after its name.${didYouMean(first.replace(/^-+/, ''), ['help', 'version'], '--')}`,
    );
  throw new UsageError(
    `unknown command "${first}"; expected one of ${known.join(', ')}.${didYouMean(first, known)}`,
  );
}

function report(error: unknown, command: Command | undefined, tools: Tools): number {
  const name = command ? `glyphgate ${command.name}` : 'glyphgate';
  if (error instanceof UsageError) {
    tools.stderr.write(`${name}: ${error.message}\nTry \`${name} --help\`.\n`);
    return EXIT.usage;
  }
  const told = error instanceof CliError;
  const text = told ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  tools.stderr.write(`${name}: ${told ? '' : 'a fault of glyphgate itself: '}${text}\n`);
  return EXIT.failed;
}
