/** `GET /metrics` for Prometheus, behind a token of the operator's. */
import type { Prometheus } from '../observe/prometheus.ts';
import { hashSecret } from '../site/site.ts';
import { equalBytes } from '../util/bytes.ts';
import type { App } from './context.ts';

export function mountMetrics(app: App, prometheus: Prometheus, token: string): void {
  const known = hashSecret(token);
  app.get('/metrics', (context) => {
    const shown = /^Bearer +(\S+)$/i.exec(context.req.header('Authorization') ?? '')?.[1] ?? '';
    // Hashes of one length, compared in constant time.
    if (!equalBytes(hashSecret(shown), known)) {
      context.header('WWW-Authenticate', 'Bearer');
      return context.text('expected Authorization: Bearer and GLYPHGATE_METRICS_TOKEN\n', 401);
    }
    context.header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8');
    return context.body(prometheus.text());
  });
}
