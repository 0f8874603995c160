import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseConfig } from '@loghunter/bff/config';
import { startServer, type RunningServer } from '@loghunter/bff/server';
import { findFreePort } from '../servers/free-port.ts';
import { hasPostgres, startPostgres } from '../servers/postgres.ts';

/** Asked for; a busy machine comes to fewer. */
const requestsPerSecond = 200;

interface Balancer {
  readonly url: string;
  readonly server: Server;
  /** Connections that were reset before an answer. */
  readonly countResets: () => number;
}

/**
 * A balancer that tries the other replica when one takes no connection or resets it before an answer, as nginx does with what may be repeated:
 * when a listener closes, the kernel resets what it has not handed over yet.
 */
async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  let turn = 0;
  let resets = 0;
  const server = createServer((incoming, outgoing) => {
    turn += 1;
    function forward(index: number, triesLeft: number): void {
      const port = ports[index % ports.length];
      const call = request({ host: '127.0.0.1', port, path: incoming.url, method: incoming.method, agent: false });
      call.on('response', (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      });
      call.on('error', (error: Error & { readonly code?: string }) => {
        const isReset = error.code === 'ECONNRESET' && !outgoing.headersSent;
        resets += isReset ? 1 : 0;
        if ((isReset || error.code === 'ECONNREFUSED') && triesLeft > 0) {
          forward(index + 1, triesLeft - 1);
        } else {
          outgoing.writeHead(502).end(error.code);
        }
      });
      call.end();
    }
    forward(turn, 1);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    ...{ server, countResets: () => resets },
  };
}

describe.skipIf(!hasPostgres())('two replicas behind a balancer', () => {
  test('are restarted one after the other under load, and no request fails', async () => {
    const postgres = await startPostgres();
    onTestFinished(() => postgres.stop());
    const ports = [await findFreePort(), await findFreePort()];
    const start = (port: number): Promise<RunningServer> =>
      startServer(
        parseConfig({
          LOGHUNTER_PORT: String(port),
          LOGHUNTER_DATABASE_URL: postgres.url,
          LOGHUNTER_LOKI_URL: 'http://127.0.0.1:9',
          LOGHUNTER_LOG_LEVEL: 'silent',
          LOGHUNTER_LIMIT_PAGES: '100000000',
        })
      );
    const replicas = [await start(ports[0] ?? 0), await start(ports[1] ?? 0)];
    onTestFinished(async () => {
      await Promise.all(replicas.map((replica) => replica.stop()));
    });
    const balancer = await startBalancer(ports);
    onTestFinished(() => void balancer.server.close());

    const outcomes = new Map<string, number>();
    const calls: Array<Promise<void>> = [];
    let isOver = false;
    async function call(): Promise<void> {
      const outcome = await fetch(`${balancer.url}/api/v1/saved-filters`).then(
        async (answer) => `${answer.status} ${answer.ok ? '' : (await answer.text()).slice(0, 200)}`.trim(),
        (error: unknown) => String(error)
      );
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    const timer = setInterval(() => {
      if (!isOver) {
        calls.push(call(), call());
      }
    }, 2000 / requestsPerSecond);
    for (const [index, port] of ports.entries()) {
      await sleep(1500);
      await replicas[index]?.stop();
      await sleep(500);
      replicas[index] = await start(port);
    }
    await sleep(1500);
    isOver = true;
    clearInterval(timer);
    await Promise.all(calls);
    expect([...outcomes.keys()]).toEqual(['200']);
    expect(calls.length).toBeGreaterThan(requestsPerSecond);
    // What runs when a replica stops is answered: only what came in the moment of its closing is not.
    expect(balancer.countResets()).toBeLessThanOrEqual(10);
  });
});
