/** The OpenAPI document, made at build time (infra/build/openapi.ts); its paths follow the configured base path. */
import type { App } from './context.ts';

export function mountOpenapi(app: App, document: object, basePath: string): void {
  let body: string | undefined;
  app.get('/openapi.json', (context) => {
    body ??= JSON.stringify(document).replaceAll('"/api/', `"${basePath}/`);
    context.header('Content-Type', 'application/json');
    context.header('Cache-Control', 'public, max-age=300');
    return context.body(body);
  });
}
