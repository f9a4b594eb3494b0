/** What each function may do with the table, and nothing else: no scan, no query, no other table. The journey in test/runtime runs under exactly this. */
import type { FunctionName } from './routes.ts';

export const ACTIONS: Readonly<Record<FunctionName, readonly string[]>> = {
  // A challenge is put, and taken back when a limit refuses; one that is traded in takes its step; pictures read.
  generate: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'],
  verify: ['GetItem', 'UpdateItem'],
  health: ['GetItem'],
};

/** The only key that health reads. */
export const HEALTH_KEY = 'glyphgate:ping';
