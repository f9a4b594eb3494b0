/** For api.js: the parts of the widget that arrive when they are wanted, by the content-hashed names that the build gives them. */
import type { Words } from './language.ts';
import { en } from './languages/en.ts';
import type { Loader } from './view.ts';

// Filled in by the build.
declare const HASH: string;

export function partsFrom(home: URL): Loader {
  // Only names that the widget knows come here, no attribute's text.
  // biome-ignore lint/suspicious/noExplicitAny: the build knows what each file exports
  const part = async (name: string): Promise<any> =>
    (await import(new URL(`widget/${name}-${HASH}.js`, home).href)).default;
  return {
    view: part,
    async language(name) {
      const [list, ofViews]: [readonly string[], Words] = await part(name);
      return { ...ofViews, ...Object.fromEntries(Object.keys(en).map((key, at) => [key, list[at] ?? ''])) };
    },
  };
}
