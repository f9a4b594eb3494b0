/** Functions of the page that attributes name. An attribute may come from a stranger, so not every name will do. */

type Callback = (...values: unknown[]) => unknown;

/**
 * The page's own global function of that name. No element (a page's ids and names are globals too), and nothing that the browser
 * brings: `data-callback="eval"` calls nothing.
 */
export function globalFunction(name: unknown): Callback | undefined {
  if (typeof name !== 'string' || !Object.hasOwn(globalThis, name)) return undefined;
  const found = (globalThis as unknown as Record<string, unknown>)[name];
  if (!(found instanceof Function) || found instanceof Element) return undefined;
  const native = /\{\s*\[native code\]\s*\}\s*$/.test(Function.prototype.toString.call(found));
  // A bound function reads like a native one, but is named after what was bound.
  return native && !found.name.startsWith('bound ') ? undefined : (found as Callback);
}
