import type { Level } from '@loghunter/engine/severity';
import { articleNumber } from './customers.ts';
import type { Moment, Visit } from './moment.ts';
import { isoTime } from './time-text.ts';

/** Writes a JSON line as the storefront's logger (Node) does. */
function logJson(visit: Visit, level: Level, message: string, fields: Readonly<Record<string, unknown>>): void {
  const line = {
    level,
    time: isoTime(visit.atMs),
    service: 'storefront',
    msg: message,
    ...fields,
    traceId: visit.traceId,
  };
  visit.moment.write('storefront', podOf(visit), visit.atMs, level, JSON.stringify(line));
}

const messages: Readonly<Record<string, string>> = {
  '/article/:id': 'article page served',
  '/search': 'search page served',
  '/api/cart/items': 'cart item stored',
  '/api/login': 'login answered',
  '/api/checkout': 'order answered',
};

/** A page or an API call that went well, or was the visitor's own mistake. */
export function logStorefrontRequest(
  visit: Visit,
  method: string,
  route: string,
  status: number,
  durationMs: number
): void {
  logJson(visit, status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info', messages[route] ?? 'request served', {
    method,
    route,
    status,
    userId: visit.userId,
    durationMs: Math.round(durationMs),
    bytes: visit.moment.random.integer(900, 64_000),
  });
}

/** A page was rendered on the server. */
export function logPageRendered(visit: Visit, page: string): void {
  const { random } = visit.moment;
  const isCached = random.chance(0.7);
  visit.atMs += random.latencyMs(isCached ? 12 : 60);
  logJson(visit, 'debug', `rendered page ${page}`, {
    cache: isCached ? 'hit' : 'miss',
    articleId: articleNumber(random),
  });
}

/** Checkout did not answer: the visitor sees 502. */
export function logCheckoutUnavailable(visit: Visit, durationMs: number): void {
  const { random } = visit.moment;
  logJson(visit, 'error', 'upstream checkout failed', {
    userId: visit.userId,
    status: 502,
    code: random.chance(0.8) ? 'ETIMEDOUT' : 'ECONNRESET',
    durationMs: Math.round(durationMs),
    attempt: random.integer(1, 3),
  });
  if (random.chance(0.35)) {
    visit.moment.write(
      'storefront',
      podOf(visit),
      visit.atMs + 1,
      'error',
      `UpstreamError: checkout answered 502 after ${Math.round(durationMs)} ms`,
      '    at CheckoutClient.placeOrder (/app/dist/clients/checkout-client.js:88:15)',
      '    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
      '    at async submitOrder (/app/dist/routes/order.js:41:20)',
      '    at async /app/dist/server/handler.js:112:7'
    );
  }
}

/** A small bug that has been there for months: some articles have no picture. */
export function logMissingPicture(visit: Visit): void {
  visit.moment.write(
    'storefront',
    podOf(visit),
    visit.atMs,
    'error',
    `TypeError: Cannot read properties of undefined (reading 'thumbnail')`,
    `    at pictureOf (/app/dist/pages/article/picture.js:${visit.moment.random.pick([23, 31])}:27)`,
    '    at renderArticle (/app/dist/pages/article/article.js:77:18)',
    '    at Array.map (<anonymous>)',
    '    at renderPage (/app/dist/server/render.js:54:31)',
    '    at async /app/dist/server/handler.js:96:9'
  );
}

/** The memory of the process, now and then. */
export function logHeap(moment: Moment): void {
  const { random } = moment;
  const atMs = moment.nowMs + random.next() * 1000;
  const line = {
    level: 'info',
    time: isoTime(atMs),
    service: 'storefront',
    msg: 'heap statistics',
    heapUsedMb: random.integer(180, 410),
    rssMb: random.integer(420, 640),
    eventLoopLagMs: random.integer(1, 24),
  };
  moment.write('storefront', random.integer(0, 2), atMs, 'info', JSON.stringify(line));
}

function podOf(visit: Visit): number {
  return visit.userId % 3;
}
