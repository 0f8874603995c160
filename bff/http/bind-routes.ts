import { createRoute, type OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import { problemKinds, routes, type ProblemCode, type Route, type RouteId } from '@loghunter/contracts';
import { ProblemDetails, routeSchemas, type RouteSchemas } from '@loghunter/contracts/schemas';
import type { Context } from 'hono';
import { z } from 'zod';
import type { AuditedCalls } from '../audit/audited-calls.ts';
import { requireRoute, type Principal } from './principal.ts';
import { parsePart } from './parse-request.ts';
import { ProblemError } from './problem-error.ts';
import { readBody } from './read-body.ts';
import { rateLimiting, type RateLimiting } from './rate-limiting.ts';
import { reportProblem, type ProblemReporting } from './report-problem.ts';
import type { CallContext, RouteHandlers } from './route-handlers.ts';
import type { ServerContext } from './server-context.ts';
import { begin, streamAnswer } from './stream-answer.ts';
import { withinTimeLimit } from './time-limit.ts';

/** What answers calls, and what surrounds those that are not public. */
export interface RouteParts extends ProblemReporting {
  readonly handlers: RouteHandlers;
  readonly calls: AuditedCalls;
  readonly limiting: RateLimiting;
}

/** Binds rows of the route table to their handlers and answers 405 to its path's other methods. */
export function bindRoutes(
  app: OpenAPIHono<ServerContext>,
  parts: RouteParts,
  served: readonly RouteId[] | null
): void {
  const ids = served ?? (Object.keys(routes) as RouteId[]);
  for (const id of ids) {
    bindRoute(app, id, parts);
  }
  for (const [path, methods] of methodsByPath(ids)) {
    app.all(toHonoPath(path), () => {
      throw methodNotAllowed(methods.join(', '));
    });
  }
}

const IdempotencyHeaders = z.object({
  'Idempotency-Key': z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/)
    .optional()
    .describe('The same key with the same request is answered as the first time, for 24 hours, and has one effect'),
});

/** Writes every row into the OpenAPI registry, without binding it. */
export function documentRoutes(app: OpenAPIHono<ServerContext>): void {
  for (const id of Object.keys(routes) as RouteId[]) {
    app.openAPIRegistry.registerPath(documentRoute(id, routes[id], routeSchemas[id]));
  }
}

type AnyHandler = (request: Readonly<Record<string, unknown>>, context: CallContext) => Promise<unknown>;

function bindRoute(app: OpenAPIHono<ServerContext>, id: RouteId, parts: RouteParts): void {
  const { calls, limiting } = parts;
  const route: Route = routes[id];
  const handler = startingStreams(route, parts.handlers[id] as AnyHandler);
  const path = toHonoPath(route.path);
  if (route.role !== 'public') {
    app.on([route.method], [path], rateLimiting(limiting, id, route));
  }
  app.on([route.method], [path], async (c) => {
    c.set('routeId', id);
    refuseHeadOfStream(c, route);
    const { role } = route;
    if (role === 'public') {
      // Its handler has no use for a principal.
      const context = contextOf(c, c.get('principal') as Principal);
      return c.json((await handler(await readRequest(c, id), context)) as object, route.status ?? 200);
    }
    const principal = known(c.get('principal'));
    const gone = new AbortController();
    const answer = await calls.run(
      {
        route: id,
        principal,
        requestId: c.get('requestId'),
        pathParameters: c.req.param(),
        idempotencyKey: c.req.header('Idempotency-Key'),
      },
      () => {
        requireRoute(principal, role);
        return readRequest(c, id);
      },
      (request) =>
        withinTimeLimit(AbortSignal.any([c.req.raw.signal, gone.signal]), (signal) =>
          handler(request, { ...contextOf(c, principal), signal })
        )
    );
    return route.produces === undefined
      ? c.json(answer as object, route.status ?? 200)
      : streamAnswer(route.produces, answer as AsyncIterable<unknown>, {
          cancel: () => gone.abort(),
          fail: (error) => reportProblem(parts, c, error),
        });
  });
}

/** Hono answers HEAD by a GET whose body it drops without a word to it: what feeds the body would run for ever. */
function refuseHeadOfStream(c: Context<ServerContext>, route: Route): void {
  if (route.produces !== undefined && c.req.method === 'HEAD') {
    throw methodNotAllowed(route.method);
  }
}

function methodNotAllowed(allowed: string): ProblemError {
  return new ProblemError('method-not-allowed', `This address answers ${allowed} only.`, {
    headers: { Allow: allowed },
  });
}

/** Files are begun before they are answered, so that what cannot be read at all is a problem with its status; events come when they come. */
function startingStreams({ produces }: Route, handler: AnyHandler): AnyHandler {
  return produces === undefined || produces === 'text/event-stream'
    ? handler
    : async (request, context) => begin((await handler(request, context)) as AsyncIterable<unknown>);
}

function contextOf(c: Context<ServerContext>, principal: Principal): CallContext {
  const lastEventId = c.req.header('Last-Event-ID');
  return {
    requestId: c.get('requestId'),
    signal: c.req.raw.signal,
    principal,
    ...(lastEventId === undefined ? {} : { lastEventId }),
  };
}

async function readRequest(c: Context<ServerContext>, id: RouteId): Promise<Readonly<Record<string, unknown>>> {
  const schemas: RouteSchemas = routeSchemas[id];
  return {
    ...parsePart(schemas.params, c.req.param(), 'path'),
    ...parsePart(schemas.query, readQuery(c), 'query'),
    ...(schemas.body && parsePart(schemas.body, await readBody(c.req.raw), 'body')),
  };
}

function known(principal: Principal | undefined): Principal {
  if (principal === undefined) {
    throw new TypeError('a route that is not public was reached without authentication');
  }
  return principal;
}

/** The row as OpenAPI describes it. */
function documentRoute(id: RouteId, route: Route, schemas: RouteSchemas): RouteConfig {
  const problemCodes: readonly ProblemCode[] = route.problems;
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of [...route.problems, 'internal'] as const) {
    const { status } = problemKinds[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const problems = [...byStatus].map(([status, codes]) => [
    status,
    {
      description: codes.map((code) => `\`${code}\`: ${problemKinds[code].title}`).join('; '),
      content: { 'application/problem+json': { schema: ProblemDetails } },
    },
  ]);
  return createRoute({
    operationId: id,
    method: route.method.toLowerCase() as Lowercase<Route['method']>,
    path: route.path,
    summary: route.summary,
    security: route.role === 'public' ? [] : [{ apiKey: [] }, { bearer: [] }],
    request: {
      ...(schemas.params && { params: schemas.params }),
      ...(schemas.query && { query: schemas.query }),
      ...(problemCodes.includes('idempotency-key-reused') && { headers: IdempotencyHeaders }),
      ...(schemas.body && {
        body: { required: true, content: { 'application/json': { schema: schemas.body.strict() } } },
      }),
    },
    responses: {
      [route.status ?? 200]: {
        description:
          route.produces === undefined ? 'Success' : 'Success; each value is as described, one after the other',
        content: { [route.produces ?? 'application/json']: { schema: schemas.response } },
      },
      ...Object.fromEntries(problems),
    },
  });
}

// A parameter given once is a text, given more often a list: a schema that wants one value refuses the list.
function readQuery(c: Context<ServerContext>): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(c.req.queries()).map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values])
  );
}

function methodsByPath(ids: readonly RouteId[]): Map<string, string[]> {
  const methods = new Map<string, string[]>();
  for (const { path, method } of ids.map((id) => routes[id])) {
    methods.set(path, [...(methods.get(path) ?? []), method]);
  }
  return methods;
}

function toHonoPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}
