/** What the documents point to is there: files, headings, commands, scripts and variables. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEPLOY_VARIABLES } from '../../infra/settings.ts';
import { readConfig } from '../../lib/config.ts';
import manifest from '../../package.json' with { type: 'json' };
import { inside } from '../cli/inside.ts';

const root = resolve('.');
const pages = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

/** Without code, whose brackets are no links. */
const proseOf = (page: string) =>
  readFileSync(page, 'utf8')
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(/`[^`\n]*`/g, '`code`');

/** As GitHub makes them: lower case, no punctuation, spaces to hyphens, repeated ones numbered. */
function anchorsOf(page: string): Set<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  const text = readFileSync(page, 'utf8').replace(/^```[\s\S]*?^```/gm, '');
  for (const [, heading] of text.matchAll(/^#{1,6} +(.+?) *#*$/gm)) {
    const plain = heading!.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
    const anchor = plain
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    anchors.add(count === 0 ? anchor : `${anchor}-${count}`);
  }
  return anchors;
}

function deadLinks(page: string): string[] {
  const links = [...proseOf(page).matchAll(/!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)].map(
    ([, target]) => target!,
  );
  return links
    .filter((target) => !/^(https?:|mailto:)/.test(target))
    .flatMap((target) => {
      const [path, anchor] = target.split('#') as [string, string | undefined];
      const file = path === '' ? page : relative(root, resolve(dirname(page), decodeURIComponent(path)));
      if (!existsSync(file)) return [`${page}: ${target} is not there`];
      if (anchor === undefined || statSync(file).isDirectory() || !file.endsWith('.md')) return [];
      return anchorsOf(file).has(anchor) ? [] : [`${page}: ${target}: no such heading`];
    });
}

it('has no dead link', () => {
  expect(pages.length).toBeGreaterThan(5);
  expect(pages.flatMap(deadLinks)).toEqual([]);
});

describe('what a reader is told to type', () => {
  const all = pages.map((page) => ({ page, text: readFileSync(page, 'utf8') }));
  const wrong = (pattern: RegExp, known: (word: string) => boolean) =>
    all.flatMap(({ page, text }) =>
      [...text.matchAll(pattern)].filter(([, word]) => !known(word!)).map(([found]) => `${page}: ${found}`),
    );

  it('names commands that there are', async () => {
    const { stdout } = await inside(['--help']);
    const commands = [...stdout.matchAll(/^ {2}([a-z-]+) {2,}/gm)].map(([, name]) => name);
    expect(commands).toContain('doctor');
    expect(
      wrong(
        /(?:npx glyphgate|`glyphgate) ([a-z][a-z-]*)/g,
        (word) => word === 'help' || commands.includes(word),
      ),
    ).toEqual([]);
  });

  it('names scripts that there are', () => {
    expect(wrong(/npm run (?:-s )?([a-z][a-z:-]*)/g, (word) => word in manifest.scripts)).toEqual([]);
  });

  it('names variables that there are', () => {
    let known = '';
    try {
      readConfig({ NODE_ENV: 'development', GLYPHGATE_NO_SUCH: '1' });
    } catch (error) {
      known = (error as Error).message + DEPLOY_VARIABLES.join();
    }
    expect(wrong(/\b(GLYPHGATE_[A-Z_]*[A-Z])(?![A-Z_<*…]|`?, `_)/g, (name) => known.includes(name))).toEqual(
      [],
    );
  });
});
