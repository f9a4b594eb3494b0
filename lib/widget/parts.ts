/** For api.js: the parts of the widget that arrive when they are wanted, by the content-hashed names that the build gives them. */
import { en } from './languages/en.ts';
import type { Loader } from './view.ts';

// Filled in by the build: the hash in the names, and the keys that a language file has after those of English, in order.
declare const HASH: string;
declare const VIEW_KEYS: readonly string[];

export function partsFrom(home: URL): Loader {
  // Only names that the widget knows come here, no attribute's text.
  // biome-ignore lint/suspicious/noExplicitAny: the build knows what each file exports
  const part = async (name: string): Promise<any> =>
    (await import(new URL(`widget/${name}-${HASH}.js`, home).href)).default;
  return {
    view: part,
    async language(name) {
      const list: readonly string[] = await part(name);
      return Object.fromEntries([...Object.keys(en), ...VIEW_KEYS].map((key, at) => [key, list[at] ?? '']));
    },
  };
}
