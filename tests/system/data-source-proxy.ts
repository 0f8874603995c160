// What stands in for Grafana's data-source proxy, as Grafana 12.4's source has it (pkg/api/pluginproxy/ds_proxy.go): a service account's token
// is wanted and goes no further, Loki's own tenant is set by the data source, cookies and the caller's name are taken away, and an answer
// that says 401 is told as 400.
import { createServer, request as callLoki, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A running proxy. */
export interface DataSourceProxy {
  /** What `LOGHUNTER_LOKI_URL` is set to. */
  readonly url: string;
  stop(): Promise<void>;
}

const prefix = '/api/datasources/proxy/uid/loki';

/** Starts the proxy on loopback before the Loki at `lokiUrl`. */
export async function startDataSourceProxy(lokiUrl: string, token: string, orgId: string): Promise<DataSourceProxy> {
  const server = createServer((request, response) => {
    if (request.headers.authorization !== `Bearer ${token}`) {
      response.writeHead(401, { 'Content-Type': 'application/json' }).end('{"message":"Invalid API key"}');
      return;
    }
    if (request.url?.startsWith(`${prefix}/`) !== true) {
      response.writeHead(404, { 'Content-Type': 'application/json' }).end('{"message":"Data source not found"}');
      return;
    }
    const upstream = callLoki(
      new URL(request.url.slice(prefix.length), lokiUrl),
      { method: request.method, headers: passedHeaders(request.headers, orgId) },
      (answer) => {
        response.writeHead(answer.statusCode === 401 ? 400 : (answer.statusCode ?? 502), answer.headers);
        answer.pipe(response);
      }
    );
    upstream.on('error', () => response.writeHead(502).end());
    request.pipe(upstream);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${prefix}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function passedHeaders(headers: IncomingHttpHeaders, orgId: string): IncomingHttpHeaders {
  const { authorization: _token, cookie: _cookie, host: _host, ...passed } = headers;
  return { ...passed, 'user-agent': 'Grafana/12.4.0', 'x-scope-orgid': orgId };
}
