// A TCP proxy that cuts its connections: by a polite end, or by a reset as a router or a killed server would.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A proxy on loopback before a database. */
export interface CuttingProxy {
  /** The database's address by way of the proxy. */
  readonly url: string;
  /** Cuts every connection now. */
  cutAll(): void;
  /** Cuts some connections every few milliseconds, at least until the returned function is called. */
  cutAtRandom(): () => void;
  stop(): Promise<void>;
}

// Shorter than a transaction takes, so that cuts fall into every part of it, the making of a connection included.
const cutEveryMs = 7;
const cutRatio = 0.3;

/** Starts a proxy before the server of `url`. */
export async function startCuttingProxy(url: string): Promise<CuttingProxy> {
  const target = new URL(url);
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    clients.add(client);
    for (const socket of [client, upstream]) {
      socket.on('error', () => undefined);
    }
    client.pipe(upstream).pipe(client);
    client.on('close', () => {
      upstream.destroy();
      clients.delete(client);
    });
    upstream.on('close', () => client.destroy());
  });
  server.listen(0, target.hostname);
  await new Promise((resolve) => server.once('listening', resolve));
  const address = new URL(url);
  address.port = String((server.address() as AddressInfo).port);

  function cut(ratio: number): void {
    for (const client of clients) {
      if (Math.random() < ratio) {
        if (Math.random() < 0.5) {
          client.destroy();
        } else {
          client.resetAndDestroy();
        }
      }
    }
  }

  return {
    url: address.href,
    cutAll: () => cut(1),
    cutAtRandom() {
      const timer = setInterval(() => cut(cutRatio), cutEveryMs);
      return () => clearInterval(timer);
    },
    async stop() {
      cut(1);
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
