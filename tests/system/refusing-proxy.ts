// An HTTP proxy that answers some requests itself as a Loki under load does: 429 and 500. (toxiproxy knows bytes only.)
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy on loopback before Loki. */
export interface RefusingProxy {
  readonly url: string;
  /** Refuses this share of the requests from now on, 0..1. */
  refuse(share: number): void;
  /** How many requests it has refused, by status. */
  refusals(): Readonly<Record<429 | 500, number>>;
  stop(): Promise<void>;
}

/** Starts a proxy before the server of `target`, an address without a path. */
export async function startRefusingProxy(target: string, random: () => number): Promise<RefusingProxy> {
  const { hostname, port } = new URL(target);
  const refused = { 429: 0, 500: 0 };
  let refusedShare = 0;

  function forward(incoming: IncomingMessage, answer: ServerResponse): void {
    const { method, url, headers } = incoming;
    const outgoing = request({ hostname, port, method, path: url, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
      response.on('error', () => answer.destroy());
    });
    // As seen from the scanner, a Loki that is away is a connection that breaks.
    outgoing.on('error', () => answer.destroy());
    answer.on('close', () => outgoing.destroy());
    incoming.pipe(outgoing);
  }

  const server = createServer((incoming, answer) => {
    if (random() >= refusedShare) {
      forward(incoming, answer);
      return;
    }
    const status = refused[429] > refused[500] ? 500 : 429;
    refused[status] += 1;
    incoming.resume();
    answer.writeHead(status, status === 429 ? { 'Retry-After': '1' } : {}).end('too many outstanding requests');
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refuse(share) {
      refusedShare = share;
    },
    refusals: () => refused,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
