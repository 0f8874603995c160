import type { Level } from '@loghunter/engine/severity';
import { articleNumber } from './customers.ts';
import type { Moment, Visit } from './moment.ts';

const pinoLevels: Readonly<Record<string, number>> = { debug: 20, info: 30, warn: 40, error: 50 };

function writeAt(
  moment: Moment,
  podIndex: number,
  atMs: number,
  level: Level,
  fields: Readonly<Record<string, unknown>>,
  message: string
): void {
  const line = {
    level: pinoLevels[level] ?? 30,
    time: Math.floor(atMs),
    pid: 1,
    hostname: `inventory-${podIndex}`,
    ...fields,
    msg: message,
  };
  moment.write('inventory', podIndex, atMs, level, JSON.stringify(line));
}

/** Stock is looked up while somebody fills the cart. */
export function readStock(visit: Visit): void {
  const { random } = visit.moment;
  visit.atMs += random.latencyMs(7);
  writeAt(
    visit.moment,
    visit.userId % 2,
    visit.atMs,
    'info',
    {
      article: articleNumber(random),
      available: random.integer(0, 140),
      warehouse: random.pick(['HAM-1', 'PRG-2', 'LYS-1']),
    },
    'stock read'
  );
}

/** Stock is taken for an order. */
export function reserveStock(visit: Visit, order: string, itemCount: number): void {
  const { random } = visit.moment;
  visit.atMs += random.latencyMs(16);
  const podIndex = visit.userId % 2;
  if (random.chance(0.015)) {
    const err = {
      type: 'StockConflictError',
      message: `article ${articleNumber(random)} was reserved by another order`,
      stack: `StockConflictError: article was reserved by another order\n    at reserve (/app/src/stock/reserve.js:${random.pick([61, 64])}:11)\n    at async placeReservation (/app/src/http/reservations.js:33:18)\n    at async handler (/app/node_modules/fastify/lib/wrapThenable.js:22:9)`,
    };
    writeAt(visit.moment, podIndex, visit.atMs, 'error', { err, order }, 'reservation failed, retrying');
    visit.atMs += random.latencyMs(40);
  }
  writeAt(
    visit.moment,
    podIndex,
    visit.atMs,
    'info',
    { order, items: itemCount, durationMs: random.latencyMs(14) },
    'stock reserved'
  );
}

/** Reservations of orders that failed are given back. */
export function releaseStock(visit: Visit, order: string): void {
  visit.atMs += visit.moment.random.latencyMs(9);
  writeAt(
    visit.moment,
    visit.userId % 2,
    visit.atMs,
    'warn',
    { order, reason: 'payment-failed' },
    'reservation released'
  );
}

/** The warehouse sends its figures every fifteen minutes. */
export function syncStock(moment: Moment): void {
  const { random } = moment;
  writeAt(
    moment,
    0,
    moment.nowMs,
    'info',
    { source: 'warehouse-feed', changed: random.integer(40, 900), skipped: random.integer(0, 4) },
    'stock feed applied'
  );
}
