/** What visitors do: each kind of visit runs through the services as a request would. */

import { checkToken, logIn } from './auth.ts';
import { addToCart, readCart } from './cart.ts';
import { readArticle, searchArticles } from './catalog.ts';
import {
  logCircuitOpen,
  logOrderPlaced,
  logOrderReceived,
  logPaymentDeclined,
  logPaymentTimeout,
  logStaleOrder,
} from './checkout.ts';
import { articleNumber, clientIp, searchWords } from './customers.ts';
import { logAccess, logUpstreamTimeout } from './ingress.ts';
import { readStock, releaseStock, reserveStock } from './inventory.ts';
import type { Moment, Visit } from './moment.ts';
import { sendMail } from './notifications.ts';
import { authorizePayment } from './payments.ts';
import { recommend } from './recommendations.ts';
import { createParcel } from './shipping.ts';
import { logCheckoutUnavailable, logMissingPicture, logPageRendered, logStorefrontRequest } from './storefront.ts';

/** One visit; about every sixth is somebody who orders. */
export function visit(moment: Moment): void {
  const { random } = moment;
  const current: Visit = {
    moment,
    traceId: random.hex(32),
    userId: random.integer(100_000, 940_000),
    clientIp: clientIp(random),
    atMs: moment.nowMs + random.next() * 1000,
  };
  const kind = random.next();
  if (kind < 0.42) {
    browse(current);
  } else if (kind < 0.6) {
    search(current);
  } else if (kind < 0.74) {
    fillCart(current);
  } else if (kind < 0.84) {
    enter(current);
  } else {
    order(current);
  }
}

function browse(visit: Visit): void {
  const startedMs = visit.atMs;
  const { random } = visit.moment;
  const path = `/article/${articleNumber(random)}`;
  checkToken(visit);
  readArticle(visit);
  if (random.chance(0.6)) {
    recommend(visit);
  }
  if (random.chance(0.006)) {
    logMissingPicture(visit);
    answer(visit, 'GET', path, '/article/:id', 500, startedMs);
    return;
  }
  if (random.chance(0.4)) {
    logPageRendered(visit, 'article');
  }
  answer(visit, 'GET', path, '/article/:id', random.chance(0.015) ? 404 : 200, startedMs);
}

function search(visit: Visit): void {
  const startedMs = visit.atMs;
  searchArticles(visit);
  const words = encodeURIComponent(searchWords(visit.moment.random)).replaceAll('%20', '+');
  answer(visit, 'GET', `/search?q=${words}&page=${visit.moment.random.integer(1, 4)}`, '/search', 200, startedMs);
}

function fillCart(visit: Visit): void {
  const startedMs = visit.atMs;
  readStock(visit);
  addToCart(visit);
  answer(visit, 'POST', '/api/cart/items', '/api/cart/items', 201, startedMs);
}

function enter(visit: Visit): void {
  const startedMs = visit.atMs;
  const isIn = logIn(visit);
  answer(visit, 'POST', '/api/login', '/api/login', isIn ? 200 : 403, startedMs);
}

function order(visit: Visit): void {
  const startedMs = visit.atMs;
  const { random, trouble } = visit.moment;
  const number = `SO-${Math.floor(visit.moment.nowMs / 1000) % 10_000_000}${random.integer(10, 99)}`;
  const amountCents = random.integer(900, 38_000);
  const itemCount = readCart(visit);
  logOrderReceived(visit, number, itemCount);
  reserveStock(visit, number, itemCount);
  if (random.chance(0.4 * trouble.checkout)) {
    logCircuitOpen(visit);
    failOrder(visit, number, startedMs);
    return;
  }
  const payment = authorizePayment(visit, number, amountCents);
  if (payment.status === 402) {
    logPaymentDeclined(visit, number);
    releaseStock(visit, number);
    answer(visit, 'POST', '/api/checkout', '/api/checkout', 402, startedMs);
    return;
  }
  if (!payment.isOk) {
    // At first, retries inside payments hide the trouble; checkout notices when they take too long.
    if (random.chance(trouble.checkout)) {
      logPaymentTimeout(visit, number, Math.round(payment.durationMs));
      failOrder(visit, number, startedMs);
      return;
    }
    visit.atMs += random.latencyMs(900);
  }
  completeOrder(visit, number, amountCents, startedMs);
}

function completeOrder(visit: Visit, number: string, amountCents: number, startedMs: number): void {
  if (visit.moment.random.chance(0.004)) {
    logStaleOrder(visit, number);
  }
  logOrderPlaced(visit, number, amountCents);
  answer(visit, 'POST', '/api/checkout', '/api/checkout', 201, startedMs);
  createParcel(visit, number);
  sendMail(visit, number, 'order_confirmation');
}

function failOrder(visit: Visit, number: string, startedMs: number): void {
  const { random, trouble } = visit.moment;
  releaseStock(visit, number);
  sendMail(visit, number, 'payment_failed');
  if (!random.chance(trouble.storefront)) {
    // The page asks the customer to try again; that is not an error yet.
    answer(visit, 'POST', '/api/checkout', '/api/checkout', 409, startedMs);
    return;
  }
  logCheckoutUnavailable(visit, visit.atMs - startedMs);
  if (random.chance(0.3)) {
    logUpstreamTimeout(visit, 'POST', '/api/checkout');
    logAccess(visit, 'POST', '/api/checkout', 504, startedMs);
    return;
  }
  logAccess(visit, 'POST', '/api/checkout', 502, startedMs);
}

function answer(visit: Visit, method: string, path: string, route: string, status: number, startedMs: number): void {
  visit.atMs += visit.moment.random.latencyMs(6);
  logStorefrontRequest(visit, method, route, status, visit.atMs - startedMs);
  visit.atMs += 1;
  logAccess(visit, method, path, status, startedMs);
}
