import { clientIp, podIp, userAgent } from './customers.ts';
import type { Moment, Visit } from './moment.ts';
import { accessTime, klogTime, slashTime } from './time-text.ts';

const host = 'shop.example.com';

/** The access log's line of a request that came through the ingress. */
export function logAccess(visit: Visit, method: string, path: string, status: number, startedMs: number): void {
  const { moment } = visit;
  const { random } = moment;
  const seconds = ((visit.atMs - startedMs) / 1000).toFixed(3);
  const sizeBytes = status >= 500 ? 552 : random.integer(312, 48_000);
  const upstream = `${podIp(random)}:8080`;
  moment.write(
    'ingress-nginx',
    random.integer(0, 1),
    visit.atMs,
    levelOf(status),
    `${visit.clientIp} - - [${accessTime(visit.atMs)}] "${method} ${path} HTTP/2.0" ${status} ${sizeBytes} "https://${host}/" ` +
      `"${userAgent(random)}" ${random.integer(280, 1900)} ${seconds} [shop-storefront-8080] [] ${upstream} ${sizeBytes} ${seconds} ${status} ${visit.traceId}`
  );
}

/** The error log's line of a request whose upstream did not answer in time. */
export function logUpstreamTimeout(visit: Visit, method: string, path: string): void {
  const { moment } = visit;
  const { random } = moment;
  moment.write(
    'ingress-nginx',
    random.integer(0, 1),
    visit.atMs,
    'error',
    `${slashTime(visit.atMs)} [error] ${random.integer(28, 39)}#${random.integer(28, 39)}: *${random.integer(100_000, 990_000)} upstream timed out ` +
      `(110: Operation timed out) while reading response header from upstream, client: ${visit.clientIp}, server: ${host}, ` +
      `request: "${method} ${path} HTTP/2.0", upstream: "http://${podIp(random)}:8080${path}", host: "${host}"`
  );
}

const scannedPaths = [
  '/wp-login.php',
  '/.env',
  '/admin/config.php',
  '/.git/config',
  '/phpmyadmin/index.php',
  '/xmlrpc.php',
  '/actuator/env',
] as const;

/** Somebody's script looks for holes. */
export function logScanner(moment: Moment): void {
  const { random } = moment;
  const ip = clientIp(random);
  const count = random.integer(2, 6);
  for (let index = 0; index < count; index++) {
    const atMs = moment.nowMs + index * 140 + random.next() * 90;
    moment.write(
      'ingress-nginx',
      index % 2,
      atMs,
      'warn',
      `${ip} - - [${accessTime(atMs)}] "GET ${random.pick(scannedPaths)} HTTP/1.1" 404 146 "-" "python-requests/2.32.3" 212 0.001 [upstream-default-backend] [] - - - 404 ${random.hex(32)}`
    );
  }
}

/** The controller's own business. */
export function logIngressController(moment: Moment): void {
  const { random } = moment;
  const atMs = moment.nowMs + random.next() * 1000;
  moment.write(
    'ingress-nginx',
    random.integer(0, 1),
    atMs,
    'info',
    random.chance(0.5)
      ? `I${klogTime(atMs)}       7 controller.go:196] "Configuration changes detected, backend reload required"`
      : `${slashTime(atMs)} [notice] 31#31: signal process started, worker ${random.integer(200, 900)} exited with code 0`
  );
}

function levelOf(status: number): 'error' | 'warn' | 'info' {
  return status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info';
}
