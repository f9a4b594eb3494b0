/**
 * The routes: one fetch handler for every runtime. A route parses, calls the service and shapes the reply; it decides nothing.
 * A deployment mounts the roles it serves: what draws, what verifies, what tells its health.
 */
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { StoreError } from '../errors.ts';
import { describeError } from '../observe/log.ts';
import { type App, type AppParts, langOf, type RequestContext } from './context.ts';
import { mountGate } from './gate.ts';
import { refusedMedia } from './media.ts';
import { envelope, type Problem, ProblemError } from './problem.ts';
import { addHeaders, commonHeaders, jsonReply } from './reply.ts';
import { mountAudio } from './routes-audio.ts';
import { mountGenerate } from './routes-generate.ts';
import { mountJwks } from './routes-jwks.ts';
import { mountOpenapi } from './routes-openapi.ts';
import { mountReveal } from './routes-reveal.ts';
import { mountSiteverify } from './routes-siteverify.ts';
import { mountVerify } from './routes-verify.ts';
import { routeName, tellOf } from './trace.ts';
import { mountWidget } from './widget-routes.ts';

/** Headers that a page of another origin may read. */
export const EXPOSED = [
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
  'X-Request-Id',
  'X-Captcha-Id',
  'X-Captcha-Take',
];

export function createApp(parts: AppParts): App {
  const app: App = new Hono();
  const { basePath: base, roles } = parts;

  app.use(async (context, next) => {
    const requestId = crypto.randomUUID();
    context.set('requestId', requestId);
    context.set('trace', { seen: {}, headers: commonHeaders(requestId) });
    const started = performance.now();
    await next();
    addHeaders(context);
    try {
      tellOf(parts, context, performance.now() - started);
    } catch (error) {
      // The reply stands, whatever a meter makes of it.
      parts.log({
        level: 'error',
        event: 'meter_failed',
        request_id: requestId,
        error: describeError(error),
      });
    }
  });
  const crossOrigin = cors({
    origin: (origin) => (parts.sites.origins.includes(origin) ? origin : null),
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['Content-Type', 'Accept-Language'],
    exposeHeaders: EXPOSED,
    maxAge: 7200,
  });
  app.use(`${base}/*`, (context, next) =>
    context.req.header('Origin') === undefined ? next() : crossOrigin(context, next),
  );

  if (parts.gate) mountGate(app, parts, parts.gate);
  if (roles.includes('generate')) {
    mountGenerate(app, parts);
    mountReveal(app, parts);
    mountAudio(app, parts);
  }
  if (roles.includes('verify')) {
    mountVerify(app, parts);
    mountSiteverify(app, parts);
    mountJwks(app, parts.signing);
  }
  if (parts.openapi) mountOpenapi(app, parts.openapi, base);
  if (roles.includes('health'))
    app.get(`${base}/health`, async (context) => {
      const health = await parts.health();
      return health.status === 'healthy'
        ? jsonReply(context, health)
        : jsonReply(context, health, 503, { 'Retry-After': '5' });
    });

  if (parts.widget) mountWidget(app, parts.widget);

  app.notFound((context) => {
    const methods = methodsOf(app, context.req.path);
    const method = context.req.raw.method === 'HEAD' ? 'GET' : context.req.raw.method;
    if (methods.length > 0 && !methods.includes(method)) {
      const allow = methods.join(', ');
      return refuse(parts, context, {
        status: 405,
        slug: 'method_not_allowed',
        text: 'method',
        values: { expected: allow },
        headers: { Allow: allow },
      });
    }
    return refuse(parts, context, { status: 404, slug: 'no_such_route', text: 'no_route' });
  });
  app.onError((error, context) => fault(parts, context as RequestContext, error));
  return app;
}

function refuse(parts: AppParts, context: RequestContext, problem: Problem) {
  const lang = langOf(parts, context);
  return (
    refusedMedia(parts, context, problem, lang) ??
    jsonReply(context, envelope(problem, lang), problem.status, problem.headers)
  );
}

function fault(parts: AppParts, context: RequestContext, error: Error) {
  if (error instanceof ProblemError) return refuse(parts, context, error.problem);
  const requestId = context.get('requestId');
  // The route, not the path: what a caller writes into a path is not for the log.
  const where = {
    request_id: requestId,
    method: context.req.method,
    route: routeName(parts.basePath, context),
  };
  if (error instanceof StoreError) {
    parts.log({ level: 'error', event: 'store_failed', ...where, error: describeError(error) });
    return refuse(parts, context, {
      status: 503,
      slug: error.code,
      text: 'store_unavailable',
      headers: { 'Retry-After': String(error.retryAfterSeconds) },
    });
  }
  parts.log({ level: 'error', event: 'fault', ...where, error: describeError(error) });
  return refuse(parts, context, {
    status: 500,
    slug: 'internal_error',
    text: 'internal',
    values: { request: requestId },
  });
}

/** The methods that this path answers to. */
function methodsOf(app: App, path: string): readonly string[] {
  const found = app.routes.filter(
    (route) => route.method !== 'ALL' && new RegExp(`^${route.path.replace(/:\w+/g, '[^/]+')}$`).test(path),
  );
  return [...new Set(found.map((route) => route.method))];
}
