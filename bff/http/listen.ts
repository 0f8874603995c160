import { once } from 'node:events';
import { Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { createAdaptorServer, type WebSocketServerLike } from '@hono/node-server';
import type { WebSocketServer } from 'ws';
import { StartError } from '../start-error.ts';
import { createWebSocketServer } from './loki-tail.ts';
import { ProblemError } from './problem-error.ts';
import { toProblemDetails } from './problem.ts';

/** Requests that still run at a stop get this long. */
const drainMs = 10_000;
const sweepMs = 50;
/** WebSocket close code of a server that stops (RFC 6455). */
const goingAway = 1001;
/** Slow senders lose their connection (reliability notes: 30 s for a whole request). */
const requestTimeoutMs = 30_000;

/** A server that listens. */
export interface Listener {
  readonly url: string;
  /** Takes no new requests, lets the running ones end, and closes. */
  stop(): Promise<void>;
}

/** Listens; throws `StartError` when the address or port cannot be had. */
export async function listen(
  fetch: (request: Request, env: object) => unknown,
  host: string,
  port: number
): Promise<Listener> {
  const webSockets = createWebSocketServer();
  const server = createAdaptorServer({
    fetch,
    // The package's own type of what it needs knows optional members that may not be undefined; ws's has them undefined.
    websocket: { server: webSockets as WebSocketServerLike },
    serverOptions: { requestTimeout: requestTimeoutMs, headersTimeout: requestTimeoutMs },
  });
  if (!(server instanceof Server)) {
    throw new StartError('address-refused', 'The HTTP server is of an unknown kind.');
  }
  server.on('clientError', answerMalformed);
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw explain(error, host, port);
  }
  const address = server.address();
  const actualPort = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`,
    stop: () => drain(server, webSockets),
  };
}

async function drain(server: Server, webSockets: WebSocketServer): Promise<void> {
  // Who connected while the process was busy is taken first: the kernel resets those that it still holds for a listener that closes. Two turns,
  // so that the loop looks at its sockets in between.
  await turn();
  await turn();
  const closed = once(server, 'close');
  server.close();
  webSockets.clients.forEach((client) => client.close(goingAway));
  // A connection that a client keeps alive becomes idle only when its request has been answered.
  const sweep = setInterval(() => server.closeIdleConnections(), sweepMs);
  const limit = setTimeout(() => {
    server.closeAllConnections();
    webSockets.clients.forEach((client) => client.terminate());
  }, drainMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(limit);
}

function explain(error: unknown, host: string, port: number): StartError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} on ${host} is in use by another program; set LOGHUNTER_PORT to a free one.`,
    EACCES: `Port ${port} on ${host} may not be used by this user; set LOGHUNTER_PORT to one above 1023.`,
    EADDRNOTAVAIL: `This machine has no address ${host}; set LOGHUNTER_HOST to one it has.`,
    ENOTFOUND: `The host name ${host} is not known; set LOGHUNTER_HOST to an address of this machine.`,
  };
  return new StartError(
    code === 'EADDRINUSE' ? 'port-in-use' : 'address-refused',
    reasons[code] ?? `Cannot listen on ${host}:${port}: ${code}`,
    error
  );
}

// Requests that Node itself cannot read never reach the app; they get problem details all the same.
function answerMalformed(error: Error & { readonly code?: string }, socket: Socket | ServerResponse['socket']): void {
  if (socket === null || !socket.writable) {
    return;
  }
  const isTooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const problem = isTooLarge
    ? new ProblemError('payload-too-large', 'The headers of the request are too large.')
    : new ProblemError('invalid-request', 'The request is not valid HTTP.');
  const details = toProblemDetails(problem, 'none');
  const body = JSON.stringify(details);
  socket.end(
    `HTTP/1.1 ${details.status} ${details.title}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`
  );
}
