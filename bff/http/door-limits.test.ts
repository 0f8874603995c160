import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { createManualClock } from '@loghunter/ports/testing';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { createRateLimits } from '../rate-limits/rate-limits.ts';
import { mountActionPages, type ActionPage } from './action-pages.ts';
import { grafanaAlertsPath, mountGrafanaAlerts } from './grafana-alerts.ts';
import { problemResponse, toProblem } from './problem.ts';
import { doorLimiting } from './rate-limiting.ts';
import type { ServerContext } from './server-context.ts';

const hourMs = 3_600_000;

/** What the HTTP server hands over with a request from an address. */
function from(address: string): { readonly incoming: IncomingMessage } {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: address });
  return { incoming: new IncomingMessage(socket) };
}

function createDoors() {
  const clock = createManualClock(0);
  const limits = createRateLimits({ settings: { user: 1, admin: 1, pages: 1 }, shared: null, clock });
  const limiting = { limits, usage: { observe: () => undefined } };
  const app = new Hono<ServerContext>();
  app.onError((error) => problemResponse(toProblem(error), 'request'));
  let readCount = 0;
  const page: ActionPage = { status: 410, html: 'not good', contentSecurityPolicy: '' };
  const pages = { show: () => Promise.resolve(page), act: () => Promise.resolve(page) };
  mountActionPages(app, pages, doorLimiting(limiting, 'actions'));
  const receiver = {
    receive() {
      readCount += 1;
      return Promise.resolve({});
    },
  };
  mountGrafanaAlerts(app, receiver, doorLimiting(limiting, 'alerts'));
  async function knock(count: number, path: string, method: string, address: string): Promise<Record<number, number>> {
    const answers: Record<number, number> = {};
    for (let call = 0; call < count; call += 1) {
      const { status } = await app.request(path, { method, headers: { 'X-Forwarded-For': `${call}` } }, from(address));
      answers[status] = (answers[status] ?? 0) + 1;
    }
    return answers;
  }
  return { clock, app, knock, readCount: () => readCount };
}

test('whoever tries tokens of buttons is let in so often an hour, whatever address a header claims, and others still are', async () => {
  const { clock, knock } = createDoors();
  expect(await knock(300, '/actions/guess', 'GET', '203.0.113.1')).toEqual({ 410: 300 });
  expect(await knock(310, '/actions/guess', 'POST', '203.0.113.1')).toEqual({ 410: 300, 429: 10 });
  expect(await knock(1, '/actions/guess', 'GET', '203.0.113.2')).toEqual({ 410: 1 });
  clock.advance(hourMs + 60_000);
  expect(await knock(1, '/actions/guess', 'GET', '203.0.113.1')).toEqual({ 410: 1 });
});

test('alerts beyond the limit are refused before they are read, and are told when to come back', async () => {
  const { app, knock, readCount } = createDoors();
  expect(await knock(3605, grafanaAlertsPath, 'POST', '203.0.113.1')).toEqual({ 200: 3600, 429: 5 });
  expect(readCount()).toBe(3600);
  const refused = await app.request(grafanaAlertsPath, { method: 'POST' }, from('203.0.113.1'));
  expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
});
