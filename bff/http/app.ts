import type { RouteId } from '@loghunter/contracts';
import { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import type { Authenticator } from '../identity/authenticate.ts';
import { mountActionPages, type ActionPages } from './action-pages.ts';
import { accessLog } from './access-log.ts';
import { authentication } from './authentication.ts';
import { bindRoutes, type RouteParts } from './bind-routes.ts';
import { crossOrigin } from './cross-origin.ts';
import { requireRole, type Principal } from './principal.ts';
import { mountGrafanaAlerts, type AlertReceiver } from './grafana-alerts.ts';
import { lokiTailing, type LokiTail } from './loki-tail.ts';
import { ProblemError } from './problem-error.ts';
import { problemResponse } from './problem.ts';
import { doorLimiting, limitHeaders, rateLimiting } from './rate-limiting.ts';
import { reportProblem } from './report-problem.ts';
import { requestId } from './request-id.ts';
import { securityHeaders } from './security-headers.ts';
import type { ServerContext } from './server-context.ts';
import { strictPath } from './strict-path.ts';

/** Largest body of an API request; no route reads more. */
const maxBodySizeBytes = 64 * 1024;
/** Largest push to the embedded log store: Loki's own default for a request is of this order. */
const maxPushSizeBytes = 32 * 1024 * 1024;

/** What the HTTP side needs from the rest of the server. */
export interface AppParts extends RouteParts {
  /** Rows of the route table that this process answers; null for all. */
  readonly servedRoutes: readonly RouteId[] | null;
  readonly authenticator: Authenticator;
  /** Origins whose pages may call the API. */
  readonly corsOrigins: readonly string[];
  /** The embedded log store is this tenant's. */
  readonly configuredTenantId: string;
  /** Text of `/metrics` with its content type. */
  readonly renderMetrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
  /** Loki's HTTP API of the embedded log store; absent with a real Loki. */
  readonly lokiApi?: (request: Request) => Promise<Response>;
  /** Takes Grafana's alerts; absent when no secret for them is set. */
  readonly alertReceiver?: AlertReceiver;
  /** Pages behind the buttons of messages; absent when messages have none. */
  readonly actionPages?: ActionPages;
  /** Its `tail`, over a WebSocket. */
  readonly lokiTail?: LokiTail;
}

/** The server's HTTP side; `app.request()` calls it without a network. */
export function createApp(parts: AppParts): OpenAPIHono<ServerContext> {
  const app = new OpenAPIHono<ServerContext>();
  app.onError((error, c) => problemResponse(reportProblem(parts, c, error), c.get('requestId')));
  app.use(requestId(), securityHeaders(), accessLog(parts.logger, parts.observer), strictPath());
  app.use('/api/*', crossOrigin(parts.corsOrigins), limitHeaders());
  if (parts.alertReceiver !== undefined) {
    mountGrafanaAlerts(app, parts.alertReceiver, doorLimiting(parts.limiting, 'alerts'));
  }
  app.use('/api/*', authentication(parts.authenticator), limitBody(maxBodySizeBytes));
  mountMetrics(app, parts);
  mountLokiApi(app, parts);
  if (parts.actionPages !== undefined) {
    mountActionPages(app, parts.actionPages, doorLimiting(parts.limiting, 'actions'));
  }
  bindRoutes(app, parts, parts.servedRoutes);
  app.notFound(() => {
    throw new ProblemError('not-found', 'Nothing is at this address.');
  });
  return app;
}

function mountMetrics(app: OpenAPIHono<ServerContext>, parts: AppParts): void {
  // Without the secret, as scrapers expect it: the figures name routes and outcomes, never tenants or services.
  app.get('/metrics', async (c) => {
    c.set('routeId', 'metrics');
    const { contentType, text } = await parts.renderMetrics();
    return c.body(text, 200, { 'Content-Type': contentType });
  });
}

function mountLokiApi(app: OpenAPIHono<ServerContext>, parts: AppParts): void {
  const { lokiApi } = parts;
  if (lokiApi === undefined) {
    return;
  }
  app.use('/loki/*', authentication(parts.authenticator), limitBody(maxPushSizeBytes));
  if (parts.lokiTail !== undefined) {
    const tail = lokiTailing(parts.lokiTail);
    app.get('/loki/api/v1/tail', rateLimiting(parts.limiting, 'loki', {}), (c, next) => {
      requireLokiAccess(parts, c.get('principal'), c.req.method);
      return tail(c, next);
    });
  }
  app.all('/loki/*', rateLimiting(parts.limiting, 'loki', {}), async (c) => {
    requireLokiAccess(parts, c.get('principal'), c.req.method);
    const answer = await lokiApi(c.req.raw);
    return c.newResponse(answer.body, answer);
  });
}

// Reading needs what pages need, writing what changes need; the store has one tenant's lines.
function requireLokiAccess(parts: AppParts, principal: Principal | undefined, method: string): void {
  if (principal?.tenantId !== parts.configuredTenantId) {
    throw new ProblemError('forbidden', "The embedded log store is another tenant's.");
  }
  requireRole(principal, method === 'GET' || method === 'HEAD' ? 'viewer' : 'editor');
}

function limitBody(maxSize: number) {
  return bodyLimit({
    maxSize,
    onError: () => {
      throw new ProblemError('payload-too-large', `The body has more than ${maxSize} bytes.`);
    },
  });
}
