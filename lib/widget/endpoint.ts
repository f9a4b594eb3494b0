/** Where the service is: what the page says, else beside the script. */

/** The base path, absolute, without a slash at the end. Throws RangeError for what cannot be fetched. */
export function endpointOf(asked: string | null, home: URL | undefined): string {
  const text = asked ?? new URL('api', home ?? location.origin).href;
  const url = URL.canParse(text, location.href) ? new URL(text, location.href) : undefined;
  if (!url || !/^https?:/.test(url.href))
    throw new RangeError(`endpoint: expected an http address, got ${text}`);
  return (url.origin + url.pathname).replace(/\/+$/, '');
}
