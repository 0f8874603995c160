import {
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { PreviewUser } from './identities.ts';
import { renderRouteTemplate, type PluginRoute, type TemplateValues } from './plugin-routes.ts';

/** Headers that Grafana takes away before it forwards a browser's request to a plugin's server. */
const removedFromRequest = new Set([
  'authorization',
  'connection',
  'cookie',
  'host',
  'keep-alive',
  'origin',
  'proxy-authorization',
  'referer',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-access-token',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-grafana-device-id',
  'x-grafana-id',
  'x-grafana-user',
]);

const removedFromResponse = new Set([
  'alt-svc',
  'connection',
  'expires',
  'keep-alive',
  'pragma',
  'server',
  'set-cookie',
  'strict-transport-security',
  'transfer-encoding',
]);

/** What goes to the server with a request: the route of plugin.json, and who asks. */
export interface Forwarding {
  readonly route: PluginRoute;
  readonly rest: string;
  readonly search: string;
  readonly values: TemplateValues;
  readonly user: PreviewUser;
  /** Grafana's word on who that is, signed. */
  readonly identity: string;
}

/** Forwards a request as Grafana's plugin proxy does: route's address, route's headers over the cleaned ones of the browser. */
export function forward(
  incoming: IncomingMessage,
  answer: ServerResponse,
  { route, rest, search, values, user, identity }: Forwarding
): void {
  const base = renderRouteTemplate(route.url, values).replace(/\/+$/, '');
  if (!URL.canParse(base)) {
    sendJson(answer, 502, { message: 'Bad gateway: the route has no valid address' });
    return;
  }
  const target = new URL(`${base}/${rest}${search}`);
  const headers = { ...cleanRequestHeaders(incoming.headers), ...identityHeaders(user, identity) };
  for (const { name, content } of route.headers ?? []) {
    headers[name.toLowerCase()] = renderRouteTemplate(content, values);
  }
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
  // No agent: a connection that the server ended meanwhile would be a 502; Grafana's proxy tries such a call again.
  const outgoing = send(target, { agent: false, method: incoming.method, headers }, (response) => {
    answer.writeHead(response.statusCode ?? 502, cleanResponseHeaders(response.headers));
    response.pipe(answer);
  });
  outgoing.on('error', () => {
    if (answer.headersSent) {
      answer.destroy();
    } else {
      sendJson(answer, 502, { message: 'Bad gateway' });
    }
  });
  // A browser that goes away takes the request upstream along.
  answer.on('close', () => outgoing.destroy());
  incoming.pipe(outgoing);
}

export function cleanRequestHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const kept = Object.entries(headers).filter(([name]) => !removedFromRequest.has(name));
  return Object.fromEntries(kept);
}

/** The context is unsigned, as Grafana's own is. */
function identityHeaders({ id, login, role }: PreviewUser, identity: string): OutgoingHttpHeaders {
  const context = { UserID: id, OrgID: 1, OrgRole: role, Login: login, Name: login };
  return { 'x-grafana-context': JSON.stringify(context), 'x-grafana-id': identity };
}

export function cleanResponseHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const kept = Object.entries(headers).filter(([name]) => !removedFromResponse.has(name));
  return {
    ...Object.fromEntries(kept),
    'cache-control': 'no-store',
    'content-security-policy': 'sandbox',
    via: '1.1 loghunter-preview',
  };
}

export function sendJson(answer: ServerResponse, status: number, body: unknown): void {
  answer
    .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(body));
}
