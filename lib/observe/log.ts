/**
 * What happened, as events: one JSON line each. No secret, answer, token or full address ever stands in one.
 */
export interface LogEvent {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly request_id?: string;
  readonly [field: string]: unknown;
}

export type Log = (event: LogEvent) => void;

/** What JSON leaves as it is, and a terminal or a line reader would act on: C1 controls, line separators, reversed text. */
const ACTIVE = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;
const asEscape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Writes each event as one line of JSON with its time. Whatever a text holds, it stays one line of printable characters. */
export function jsonLines(write: (line: string) => void, clock: () => number = Date.now): Log {
  return (event) =>
    write(JSON.stringify({ time: new Date(clock()).toISOString(), ...event }).replace(ACTIVE, asEscape));
}

/** An error for the log: message, code and causes, without the fields that libraries hang on errors. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as { code?: unknown };
  return {
    name: error.name,
    message: error.message,
    ...(typeof code === 'string' && { code }),
    stack: error.stack,
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}
