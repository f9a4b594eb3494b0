/** Metrics as data points of Cloudflare's Workers Analytics Engine: one a request, written without waiting. */
import type { Meter } from './request.ts';

/** The binding's own interface, as far as it is used here. */
export interface AnalyticsDataset {
  writeDataPoint(point: {
    readonly indexes: string[];
    readonly blobs: string[];
    readonly doubles: number[];
  }): void;
}

/**
 * index1: site; blob1 … blob5: route, outcome, kind, preset, difficulty; double1: 1, double2: milliseconds, double3: status.
 * `SELECT blob2, SUM(_sample_interval * double1) FROM … GROUP BY blob2` counts outcomes.
 */
export function analyticsMeter(dataset: AnalyticsDataset): Meter {
  return ({ site = '', route, outcome, kind = '', preset = '', difficulty, ms, status }) =>
    dataset.writeDataPoint({
      indexes: [site],
      blobs: [route, outcome, kind, preset, difficulty === undefined ? '' : String(difficulty)],
      doubles: [1, ms, status],
    });
}
