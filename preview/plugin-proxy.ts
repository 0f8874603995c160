import {
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
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

/** What the viewer of the preview is to the server; unsigned, as Grafana's own is. */
const grafanaContext = JSON.stringify({ UserID: 1, OrgID: 1, OrgRole: 'Admin', Login: 'preview', Name: 'Preview' });

/** Forwards a request as Grafana's plugin proxy does: route's address, route's headers over the cleaned ones of the browser. */
export function forward(
  incoming: IncomingMessage,
  answer: ServerResponse,
  { route, rest, search, values }: { route: PluginRoute; rest: string; search: string; values: TemplateValues }
): void {
  const base = renderRouteTemplate(route.url, values).replace(/\/+$/, '');
  if (!URL.canParse(base)) {
    sendJson(answer, 502, { message: 'Bad gateway: the route has no valid address' });
    return;
  }
  const target = new URL(`${base}/${rest}${search}`);
  const headers = cleanRequestHeaders(incoming.headers);
  for (const { name, content } of route.headers ?? []) {
    headers[name.toLowerCase()] = renderRouteTemplate(content, values);
  }
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
  const outgoing = send(target, { method: incoming.method, headers }, (response) => {
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
  return { ...Object.fromEntries(kept), 'x-grafana-context': grafanaContext };
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
