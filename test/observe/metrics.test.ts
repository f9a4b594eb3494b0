import { describe, expect, it } from 'vitest';
import { analyticsMeter } from '../../lib/observe/analytics.ts';
import { embeddedMetrics } from '../../lib/observe/emf.ts';
import { createPrometheus } from '../../lib/observe/prometheus.ts';
import type { Observation } from '../../lib/observe/request.ts';
import { startServer } from '../runtime/server.ts';

const sample = (more: Partial<Observation> = {}): Observation => ({
  requestId: 'r-1',
  route: 'generate',
  status: 200,
  outcome: 'issued',
  site: 'shop',
  kind: 'text',
  preset: 'strong',
  difficulty: 2,
  session: 'private',
  address: '203.0.113.9',
  ms: 3,
  ...more,
});

describe('prometheus', () => {
  it('counts and times by route, outcome, kind and site', () => {
    const prometheus = createPrometheus();
    for (const ms of [0.4, 3, 3, 9000]) prometheus.meter(sample({ ms }));
    const text = prometheus.text();
    const labels = 'route="generate",outcome="issued",kind="text",site="shop"';
    expect(text).toContain(`glyphgate_request_seconds_bucket{${labels},le="0.001"} 1\n`);
    expect(text).toContain(`glyphgate_request_seconds_bucket{${labels},le="0.005"} 3\n`);
    expect(text).toContain(`glyphgate_request_seconds_bucket{${labels},le="2.5"} 3\n`);
    expect(text).toContain(`glyphgate_request_seconds_bucket{${labels},le="+Inf"} 4\n`);
    expect(text).toContain(`glyphgate_request_seconds_count{${labels}} 4\n`);
    expect(text).toContain(`glyphgate_request_seconds_sum{${labels}} 9.0064\n`);
    expect(text).not.toMatch(/private|203\.0/);
    for (const line of text.trimEnd().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+\{(\w+="[^"\n]*",?)+\} \d+(\.\d+)?)$/);
  });

  it('keeps a bounded number of series, and the rest under "other"', () => {
    const prometheus = createPrometheus({ maxSeries: 3 });
    for (let i = 0; i < 50; i++) prometheus.meter(sample({ site: `s${i}` }));
    const counts = prometheus.text().match(/_count\{.*/g)!;
    expect(counts).toHaveLength(4);
    expect(counts.at(-1)).toContain('site="other"} 47');
  });

  it('escapes labels', () => {
    const prometheus = createPrometheus();
    prometheus.meter(sample({ site: 'a"\\\nb' }));
    expect(prometheus.text()).toContain('site="a\\"\\\\\\nb"');
  });
});

it('embedded metric format: every dimension and metric that is named is there', () => {
  const line: Record<string, unknown> = {
    ...sample({ kind: undefined }),
    ...embeddedMetrics(() => 1234)(sample({ kind: undefined })),
  };
  const { Timestamp, CloudWatchMetrics } = line._aws as {
    Timestamp: number;
    CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string }[] }[];
  };
  expect(Timestamp).toBe(1234);
  for (const { Namespace, Dimensions, Metrics } of CloudWatchMetrics) {
    expect(Namespace).toBe('Glyphgate');
    for (const name of Dimensions.flat()) expect(String(line[name])).toMatch(/^.{1,1024}$/);
    for (const { Name } of Metrics) expect(line[Name]).toBeTypeOf('number');
  }
  expect(line.kind).toBe('none');
});

it('Analytics Engine: within its limits of 20 blobs, 20 doubles and an index of 96 bytes', () => {
  const points: { indexes: string[]; blobs: string[]; doubles: number[] }[] = [];
  analyticsMeter({ writeDataPoint: (point) => points.push(point) })(sample());
  expect(points).toEqual([
    { indexes: ['shop'], blobs: ['generate', 'issued', 'text', 'strong', '2'], doubles: [1, 3, 200] },
  ]);
});

describe('GET /metrics of the server', () => {
  it('shows what happened to who brings the token, and nothing to anyone else', async () => {
    const token = 'a-token-of-the-operator';
    const server = await startServer({ GLYPHGATE_METRICS_TOKEN: token });
    try {
      await fetch(`${server.url}/api/captcha/generate?kind=text`);
      await fetch(`${server.url}/api/health`);
      const ask = (headers: Record<string, string>) => fetch(`${server.url}/metrics`, { headers });
      for (const headers of [{}, { Authorization: 'Bearer wrong' }, { Authorization: token }]) {
        const refused = await ask(headers as Record<string, string>);
        expect(refused.status).toBe(401);
        expect(refused.headers.get('WWW-Authenticate')).toBe('Bearer');
        expect(await refused.text()).not.toContain('glyphgate_');
      }
      const shown = await ask({ Authorization: `Bearer ${token}` });
      expect(shown.headers.get('Content-Type')).toBe('text/plain; version=0.0.4; charset=utf-8');
      const text = await shown.text();
      expect(text).toContain(
        'glyphgate_request_seconds_count{route="generate",outcome="issued",kind="text",site="development"} 1',
      );
      expect(text).not.toContain('health');
    } finally {
      await server.stop();
    }
  });
});
