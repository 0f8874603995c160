// Lines of the demo's shop, and how each of its services writes one.
import type { Labels } from '@loghunter/engine/records';
import { isoTime, plainTime } from '../../../cli/demo/shop/time-text.ts';

/** A line on its way through a fault. */
export interface IncidentLine {
  readonly service: string;
  readonly labels: Labels;
  readonly atNs: bigint;
  readonly text: string;
}

/** Level of a line that a fault writes. */
export type FaultLevel = 'info' | 'warn' | 'error' | 'fatal';

/** Text of a line at a moment; several lines are one event. */
export type Writer = (atMs: number) => string;

const upper = (level: FaultLevel) => level.toUpperCase();
const pinoLevels: Readonly<Record<FaultLevel, number>> = { info: 30, warn: 40, error: 50, fatal: 60 };
const klogLetters: Readonly<Record<FaultLevel, string>> = { info: 'I', warn: 'W', error: 'E', fatal: 'F' };

/** Writes a line as the service does. Fields are appended where its format has a place for them. */
export function writeAs(service: string, level: FaultLevel, message: string, traceId = ''): Writer {
  const trace = traceId === '' ? '' : ` trace_id=${traceId}`;
  switch (service) {
    case 'payments': {
      return (atMs) => `time=${isoTime(atMs)} level=${upper(level)} msg=${JSON.stringify(message)}${trace}`;
    }
    case 'auth': {
      return (atMs) => `time="${isoTime(atMs).slice(0, 19)}Z" level=${level === 'warn' ? 'warning' : level} msg=${JSON.stringify(message)}`;
    }
    case 'catalog': {
      return (atMs) => `${plainTime(atMs, ',')} ${upper(level).padEnd(7)} [catalog.api] ${message}`;
    }
    case 'storefront': {
      return (atMs) =>
        JSON.stringify({ level, time: isoTime(atMs), service, msg: message, ...(traceId === '' ? {} : { traceId }) });
    }
    case 'recommendations': {
      return (atMs) => JSON.stringify({ event: message, level, timestamp: isoTime(atMs) });
    }
    case 'inventory': {
      return (atMs) =>
        JSON.stringify({ level: pinoLevels[level], time: Math.floor(atMs), pid: 1, hostname: 'inventory-0', msg: message });
    }
    case 'checkout': {
      return (atMs) =>
        `${plainTime(atMs, '.')} ${upper(level).padStart(5)} 1 --- [nio-8080-exec-3] ${'c.e.s.checkout.order.OrderService'.padEnd(40)} : ${message}`;
    }
    case 'cart': {
      const short = { info: 'INF', warn: 'WRN', error: 'ERR', fatal: 'FTL' }[level];
      return (atMs) => `[${plainTime(atMs, '.').slice(11, 19)} ${short}] ${message}`;
    }
    case 'postgres': {
      const word = { info: 'LOG', warn: 'WARNING', error: 'ERROR', fatal: 'FATAL' }[level];
      return (atMs) => `${plainTime(atMs, '.')} UTC [${1000 + (Math.floor(atMs) % 9000)}] ${word}:  ${message}`;
    }
    case 'shipping': {
      return (atMs) =>
        `${klogLetters[level]}${plainTime(atMs, '.').slice(5, 10).replace('-', '')} ${plainTime(atMs, '.').slice(11)}000       1 dispatcher.go:97] ${message}`;
    }
    case 'notifications': {
      return (atMs) => `${upper(level).slice(0, 1)}, [${isoTime(atMs).slice(0, 23)}000 #1] ${upper(level).padStart(5)} -- : ${message}`;
    }
    case 'redis': {
      return (atMs) => `1:M ${plainTime(atMs, '.').slice(8, 10)} Oct 2026 ${plainTime(atMs, '.').slice(11)} # ${message}`;
    }
    default: {
      const word = level === 'fatal' ? 'crit' : level;
      return (atMs) => `${plainTime(atMs, '.').slice(0, 19).replaceAll('-', '/')} [${word}] 31#31: *${Math.floor(atMs) % 100_000} ${message}`;
    }
  }
}
