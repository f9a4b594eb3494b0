/** The document of docs/sites.md is one that a service starts with. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readSites } from '../../lib/config/sites.ts';
import { policyFindings } from '../../lib/http/assemble-sites.ts';
import { kinds } from '../http/rig.ts';

it('the example has no problem and no weakness', () => {
  const json = /```json\n([\s\S]*?)```/.exec(readFileSync('docs/sites.md', 'utf8'))![1]!;
  const { sites, problems } = readSites(json);
  expect(problems).toEqual([]);
  expect(sites).toHaveLength(2);
  expect(policyFindings(sites, kinds)).toEqual([]);
});
