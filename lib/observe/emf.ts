/**
 * CloudWatch's embedded metric format: a line of the log that CloudWatch Logs turns into metrics, so that a Lambda calls nothing.
 * It rides on the line of the request. Each combination of dimensions is a metric that AWS bills: hence two small sets.
 */
import type { Observation } from './request.ts';

const NAMESPACE = 'Glyphgate';
const DIMENSIONS = [
  ['route', 'outcome'],
  ['site', 'kind', 'outcome'],
] as const;
const METRICS = [
  { Name: 'requests', Unit: 'Count' },
  { Name: 'ms', Unit: 'Milliseconds' },
] as const;

/** Dimensions must be there and not be empty. */
const NONE = 'none';

/** More fields for the line of a request (request.ts, `annotate`). */
export function embeddedMetrics(clock: () => number = Date.now) {
  const CloudWatchMetrics = [{ Namespace: NAMESPACE, Dimensions: DIMENSIONS, Metrics: METRICS }];
  return ({ site, kind }: Observation): Readonly<Record<string, unknown>> => ({
    site: site || NONE,
    kind: kind || NONE,
    requests: 1,
    _aws: { Timestamp: clock(), CloudWatchMetrics },
  });
}
