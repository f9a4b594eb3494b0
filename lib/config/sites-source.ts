/** Where the sites come from: the environment's own one, the sites document (a variable or a file), and the keys for tests. */
import * as v from 'valibot';
import { oneOf, text } from './fields.ts';
import { readSites, reserved, type SitesReading, TEST_PREFIX } from './sites.ts';

export interface SitesSource {
  /** Reads a file as text and throws when it cannot; absent where the platform has no files. */
  readonly readFile?: (path: string) => string;
}

type Given = Readonly<Record<string, string | undefined>>;

export const sitesEntries = {
  GLYPHGATE_SITES: v.optional(text(/^\s*\{/, 'the sites document itself, JSON (docs/sites.md)')),
  GLYPHGATE_SITES_FILE: v.optional(text(/^.+$/, 'the path of the sites document (docs/sites.md)')),
  GLYPHGATE_TEST_KEYS: v.optional(oneOf(['0', '1', 'even-in-production'])),
};

export const hasDocument = (given: Given): boolean =>
  given.GLYPHGATE_SITES !== undefined || given.GLYPHGATE_SITES_FILE !== undefined;

/** The document's sites, or what is wrong with it: variable (and file), path of the field, what was expected. */
export function sitesOf(given: Given, { readFile }: SitesSource): SitesReading {
  const { GLYPHGATE_SITES: inline, GLYPHGATE_SITES_FILE: path } = given;
  const failed = (...problems: readonly string[]) => ({ sites: [], problems });
  if (inline !== undefined && path !== undefined)
    return failed('GLYPHGATE_SITES_FILE: expected nothing here, since GLYPHGATE_SITES is set');
  if (inline !== undefined) return read(inline, 'GLYPHGATE_SITES');
  if (path === undefined) return failed();
  if (!readFile)
    return failed(
      'GLYPHGATE_SITES_FILE: expected GLYPHGATE_SITES with the document itself, since this platform reads no files',
    );
  let json: string;
  try {
    json = readFile(path);
  } catch (error) {
    return failed(`GLYPHGATE_SITES_FILE: expected a file that can be read; ${(error as Error).message}`);
  }
  return read(json, `GLYPHGATE_SITES_FILE (${path})`);
}

function read(json: string, where: string): SitesReading {
  const { sites, problems } = readSites(json);
  return { sites, problems: problems.map((each) => `${where}: ${each}`) };
}

/** Test keys let everybody pass, so they never get into production unnoticed. */
export function testKeyProblems(given: Given, development: boolean): string[] {
  const problems: string[] = [];
  if (given.GLYPHGATE_SITEKEY?.startsWith(TEST_PREFIX))
    problems.push(`GLYPHGATE_SITEKEY: ${reserved(given.GLYPHGATE_SITEKEY)}`);
  if (given.GLYPHGATE_SECRET?.includes(TEST_PREFIX))
    problems.push('GLYPHGATE_SECRET: expected a secret of your own; it is a secret for tests');
  if (given.GLYPHGATE_TEST_KEYS === '1' && !development)
    problems.push(
      'GLYPHGATE_TEST_KEYS: expected 0 in production, since with these keys everybody passes, or "even-in-production" where that is wanted; it is "1"',
    );
  return problems;
}

export const testKeysOn = (setting: string | undefined, development: boolean): boolean =>
  setting === undefined ? development : setting !== '0';
