/**
 * The widget's files. `api.js` and `element.js` change under one name, so they are asked for again after a while; their parts are named
 * by their content and kept for a year. All of them are public, and any page may load them.
 */
import type { Hono } from 'hono';
import { compress } from 'hono/compress';

/** What the build of the widget gives (lib/widget/built.ts). */
export interface WidgetFiles {
  /** Of the two that are not named by their content. */
  readonly etag: string;
  /** api.js */
  readonly script: string;
  /** widget/element.js */
  readonly element: string;
  /** By name; a name ends in the hash of its content. */
  readonly files: Readonly<Record<string, string>>;
}

const partOf = (file: string) => file.replace(/-[0-9a-f]{10}\.js$/, '');

const SHORT = 'public, max-age=300, stale-while-revalidate=86400';
const LONG = 'public, max-age=31536000, immutable';

export function mountWidget<E extends object>(app: Hono<E>, built: WidgetFiles): void {
  // Looked into at the first request for it: a function that is woken for something else need not have it read.
  let current: ReadonlyMap<string, string> | undefined;
  const currentOf = (part: string) => {
    current ??= new Map(Object.keys(built.files).map((file) => [partOf(file), file]));
    return current.get(part);
  };
  const shared = {
    'Content-Type': 'text/javascript; charset=utf-8',
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Timing-Allow-Origin': '*',
  };
  app.use('/api.js', compress());
  app.use('/widget/*', compress());

  for (const [path, name] of [
    ['/api.js', 'script'],
    ['/widget/element.js', 'element'],
  ] as const)
    app.get(path, (context) => {
      const text = built[name];
      const tag = `"${built.etag}"`;
      const headers = { ...shared, 'Cache-Control': SHORT, ETag: tag };
      // A proxy or a compressing server may have marked it as weak.
      const known =
        context.req
          .header('If-None-Match')
          ?.replace(/W\//g, '')
          .split(/\s*,\s*/) ?? [];
      return known.includes(tag) ? context.body(null, 304, headers) : context.body(text, 200, headers);
    });

  app.get('/widget/:file', (context) => {
    const asked = context.req.param('file');
    const { files } = built;
    // A script from before the last deployment asks for an older part: it gets the one that there is, which nobody may keep.
    const file = Object.hasOwn(files, asked) ? asked : currentOf(partOf(asked));
    if (file === undefined) return context.notFound();
    return context.body(files[file]!, 200, {
      ...shared,
      'Cache-Control': file === asked ? LONG : 'no-cache',
    });
  });
}
