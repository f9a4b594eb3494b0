/**
 * Metrics of one process as Prometheus reads them (text exposition format 0.0.4): how many requests, and how long they took, by route,
 * outcome, kind and site. The number of series is bounded; what would go beyond counts under `site="other"`.
 */
import { VERSION } from '../util/version.ts';
import type { Meter } from './request.ts';

/** Seconds. */
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5] as const;

interface Series {
  readonly labels: string;
  /** How many took at most each bound, and longer than the one before; the last: longer than all. */
  readonly counts: number[];
  seconds: number;
}

export interface Prometheus {
  readonly meter: Meter;
  text(): string;
}

/** `maxSeries`: combinations of labels kept apart, 14 lines each. */
export function createPrometheus({ maxSeries = 500 } = {}): Prometheus {
  const all = new Map<string, Series>();
  const seriesOf = (route: string, outcome: string, kind: string, site: string): Series => {
    const key = `${route}|${outcome}|${kind}|${site}`;
    const known = all.get(key);
    if (known) return known;
    if (all.size >= maxSeries && site !== 'other') return seriesOf(route, outcome, kind, 'other');
    const labels = Object.entries({ route, outcome, kind, site })
      .map(([name, value]) => `${name}="${escaped(value)}"`)
      .join(',');
    const series = { labels, counts: new Array<number>(BOUNDS.length + 1).fill(0), seconds: 0 };
    all.set(key, series);
    return series;
  };

  return {
    meter({ route, outcome, kind = '', site = '', ms }) {
      const series = seriesOf(route, outcome, kind, site);
      const seconds = ms / 1000;
      const at = BOUNDS.findIndex((bound) => seconds <= bound);
      series.counts[at < 0 ? BOUNDS.length : at]!++;
      series.seconds += seconds;
    },

    text() {
      const lines = [
        '# HELP glyphgate_build_info The version that runs.',
        '# TYPE glyphgate_build_info gauge',
        `glyphgate_build_info{version="${VERSION}"} 1`,
        '# HELP glyphgate_request_seconds Time that requests took, by route, outcome, kind and site.',
        '# TYPE glyphgate_request_seconds histogram',
      ];
      for (const { labels, counts, seconds } of all.values()) {
        let total = 0;
        counts.forEach((count, at) => {
          total += count;
          lines.push(`glyphgate_request_seconds_bucket{${labels},le="${BOUNDS[at] ?? '+Inf'}"} ${total}`);
        });
        lines.push(`glyphgate_request_seconds_sum{${labels}} ${Number(seconds.toFixed(6))}`);
        lines.push(`glyphgate_request_seconds_count{${labels}} ${total}`);
      }
      return `${lines.join('\n')}\n`;
    },
  };
}

const escaped = (value: string) =>
  value.replace(/["\\\n]/g, (found) => (found === '\n' ? '\\n' : `\\${found}`));
