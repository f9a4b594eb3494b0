/**
 * What a command of `glyphgate` is. The story of one run: main.ts picks the command by name, arguments.ts reads its options, the command
 * does its work with what `Tools` lends it. What goes wrong is thrown: `UsageError` when the command line must change, `CliError` when
 * the machine must (a full disk, a folder that cannot be written).
 */
import type { Speech } from '../audio/speech.ts';
import type { ChallengeKind, KindName } from '../challenge/challenge.ts';
import type { Config } from '../config.ts';
import { GlyphgateError } from '../errors.ts';
import type { Renderer } from '../render/renderer.ts';
import type { Store } from '../store/store.ts';

export type Kinds = Readonly<Record<KindName, ChallengeKind>>;

/** All that a command may touch besides files; functions/cli.ts hands in the real things. */
export interface Tools {
  readonly version: string;
  readonly stdout: Output;
  readonly stderr: Output;
  /** The process's variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Only commands that draw or measure call it. */
  loadRenderer(): Promise<Renderer>;
  /** Loads the renderer and the kinds; only commands that draw call it. */
  loadKinds(): Promise<Kinds>;
  /** Only commands that speak call it. */
  loadSpeech(): Promise<Speech>;
  /** Reads the configuration from the environment and opens the store that it names, as the server does. */
  openEnvironment(): Promise<{ readonly config: Config; readonly store: Store }>;
  /** Starts the server in this process. */
  serve(): Promise<void>;
}

export interface Output {
  write(data: string | Uint8Array): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

export interface Option {
  readonly about: string;
  /** What stands for the value in the help; absent: a switch. */
  readonly value?: string;
  readonly required?: boolean;
}

export type Options = Readonly<Record<string, Option>>;

/** What was given on the command line: text for options with a value, true for switches. */
export type Given = Readonly<Record<string, string | true | undefined>>;

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Words without a name after the command's: `check`, or `DIR` for a value, which is then given under that name. */
  readonly operands?: readonly string[];
  readonly options: Options;
  /** Whole paragraphs under the options in the help. */
  readonly notes: readonly string[];
  readonly examples: readonly string[];
  run(given: Given, tools: Tools): Promise<void>;
}

/** The command line cannot be done as it stands; the message says what was expected. Exit code 2. */
export class UsageError extends GlyphgateError {
  constructor(message: string) {
    super('usage', message);
    this.name = 'UsageError';
  }
}

/** The command line is fine, but it could not be done. Exit code 1. */
export class CliError extends GlyphgateError {
  constructor(message: string, options?: ErrorOptions) {
    super('cli_failed', message, options);
    this.name = 'CliError';
  }
}
