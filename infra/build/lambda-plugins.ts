/** What the Lambda bundles have in the place of what the sources have: each takes milliseconds off a cold start (docs/deploy-aws.md). The Worker shares two. */
import { readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * An import of node:http makes a namespace of all that it exports, WebSocket and with it undici among them: 30 ms of a
 * cold start. Asked for as a plain object it does not. The others: their namespaces are all read out, streams of files among them.
 */
export const plainBuiltins: Plugin = {
  name: 'plain-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:.*|https?|crypto)$/ }, ({ path }) => ({ path, namespace: 'builtin' }));
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
    }));
  },
};

const instead = (name: string, places: readonly (readonly [what: RegExp, by: string])[]): Plugin => ({
  name,
  setup({ onResolve }) {
    for (const [filter, by] of places)
      onResolve({ filter }, () => ({ path: join(root, 'functions/lambda', by) }));
  },
});

/**
 * Portable cryptography makes its tables while it is imported and derives keys by code that nobody has compiled yet; Node has both ready. The
 * bytes are the same, or nothing that another instance sealed could be opened.
 */
export const nodeCryptography = instead('node-cryptography', [
  [/^@noble\/hashes\/hkdf\.js$/, 'hkdf.ts'],
  [/^\.\.?\/(token\/)?primitives\.ts$/, 'primitives.ts'],
]);

/** Only where nothing is drawn: drawing seeds streams with the portable one. */
export const nodeHashes = instead('node-hashes', [[/^@noble\/hashes\/sha2\.js$/, 'sha2.ts']]);

export const lightRouter = instead('light-router', [[/^hono$/, 'hono.ts']]);

/** The file that a module is built into which is built apart. */
export const laterName = (path: string): string => basename(path, '.ts');

/** These modules are files of their own below `later`. */
export const apart = (paths: readonly string[]): Plugin => ({
  name: 'apart',
  setup({ onResolve }) {
    onResolve({ filter: /^\..*\.ts$/ }, ({ path, resolveDir, kind }) => {
      const asked = relative(root, join(resolveDir, path));
      if (kind === 'entry-point' || !paths.includes(asked)) return undefined;
      return { path: `./later/${laterName(asked)}.mjs`, external: true };
    });
  },
});

/** What only other roles reach. A call of one of these says so. */
export function withoutModules(paths: readonly string[]): Plugin {
  const absent = new Set(paths.map((path) => join(root, path)));
  return {
    name: 'without-modules',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (!absent.has(path)) return undefined;
        const names = [
          ...readFileSync(path, 'utf8').matchAll(/^export (?:async )?(?:function|const|class) (\w+)/gm),
        ];
        return {
          contents: names
            .map(
              ([, name]) => `export function ${name}() { throw new Error('not in this bundle: ${name}'); }`,
            )
            .join('\n'),
        };
      });
    },
  };
}
