/**
 * One request, told once: as a line of the request log, and as a sample to every meter. What stands in it is listed here and nothing
 * else gets in: no secret, answer, token, path or query; the address masked unless the operator asks for more.
 */
import type { Log } from './log.ts';

/** What a call turned out to be about, as far as it came. */
export interface Seen {
  readonly site?: string | undefined;
  /** The site's own reference for a visitor, as `session` gave it. */
  readonly session?: string | undefined;
  readonly kind?: string | undefined;
  readonly preset?: string | undefined;
  readonly difficulty?: number | undefined;
}

export interface Observation extends Seen {
  readonly requestId: string;
  /** As the routes are written, such as `generate` or `:id/image`; `other` for what is none. */
  readonly route: string;
  readonly status: number;
  /** One of a fixed set of words: see docs/operate.md. */
  readonly outcome: string;
  readonly ms: number;
  /** Canonical. */
  readonly address?: string | undefined;
}

export type Observe = (observation: Observation) => void;

/** Takes samples. Its labels are route, outcome, kind and site, each from a bounded set; never session or address. */
export type Meter = (observation: Observation) => void;

export interface ObserverOptions {
  readonly log: Log;
  /** Whether every request is a line; faults are lines in any case. */
  readonly requests: boolean;
  readonly address: 'masked' | 'full' | 'none';
  readonly mask: (address: string) => string;
  readonly meters?: readonly Meter[] | undefined;
  /** More fields for the line of a request. */
  readonly annotate?: ((observation: Observation) => Readonly<Record<string, unknown>>) | undefined;
}

export function createObserver(options: ObserverOptions): Observe {
  const { log, requests, address: mode, mask, meters = [], annotate } = options;
  const shown = (address: string | undefined) =>
    address === undefined || mode === 'none' ? undefined : mode === 'full' ? address : mask(address);

  return (observation) => {
    for (const meter of meters) meter(observation);
    if (!requests) return;
    const { requestId, route, status, outcome, site, session, address, kind, preset, difficulty, ms } =
      observation;
    log({
      level: 'info',
      event: 'request',
      request_id: requestId,
      route,
      status,
      outcome,
      site,
      session,
      address: shown(address),
      kind,
      preset,
      difficulty,
      ms: Math.round(ms * 100) / 100,
      ...annotate?.(observation),
    });
  };
}
