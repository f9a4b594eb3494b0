/** What the widget reads of a token: how long it lasts. Only the service can tell whether it is genuine. */

/** Where a token does not say; also for a proxy that keeps it. */
const USUAL_SECONDS = 300;

/** Seconds from issue to expiry, by the token's own clock: the visitor's may be wrong. */
export function lifetimeOf(token: string | undefined): number {
  try {
    const payload = token!.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/');
    const { exp, iat } = JSON.parse(atob(payload)) as { exp: number; iat: number };
    return exp - iat > 0 ? exp - iat : USUAL_SECONDS;
  } catch {
    return USUAL_SECONDS;
  }
}
