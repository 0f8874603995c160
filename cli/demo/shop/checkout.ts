import type { Level } from '@loghunter/engine/severity';
import type { Moment, Visit } from './moment.ts';
import { plainTime } from './time-text.ts';

/** Head of a line of Spring Boot's console log; the thread comes from the visit, so that a request keeps its own. */
function head(visit: Visit, level: string, logger: string): string {
  const thread = `[nio-8080-exec-${(visit.userId % 10) + 1}]`;
  return `${plainTime(visit.atMs, '.')} ${level.padStart(5)} 1 --- ${thread} ${logger.padEnd(40)} : `;
}

function write(visit: Visit, level: Level, ...lines: readonly string[]): void {
  visit.moment.write('checkout', visit.userId % 3, visit.atMs, level, ...lines);
}

/** The order was received. */
export function logOrderReceived(visit: Visit, order: string, itemCount: number): void {
  visit.atMs += visit.moment.random.latencyMs(4);
  write(
    visit,
    'info',
    `${head(visit, 'INFO', 'c.e.s.checkout.order.OrderController')}Received order ${order} with ${itemCount} items from user ${visit.userId}`
  );
}

/** The order was placed. */
export function logOrderPlaced(visit: Visit, order: string, amountCents: number): void {
  visit.atMs += visit.moment.random.latencyMs(11);
  write(
    visit,
    'info',
    `${head(visit, 'INFO', 'c.e.s.checkout.order.OrderService')}Order ${order} placed, total ${(amountCents / 100).toFixed(2)} EUR`
  );
}

/** The customer's bank said no: nothing is wrong with the shop. */
export function logPaymentDeclined(visit: Visit, order: string): void {
  write(
    visit,
    'warn',
    `${head(visit, 'WARN', 'c.e.s.checkout.order.OrderService')}Order ${order} not placed: payment declined by issuer`
  );
}

/** Payments did not answer in time. */
export function logPaymentTimeout(visit: Visit, order: string, waitedMs: number): void {
  const { random } = visit.moment;
  write(
    visit,
    'error',
    `${head(visit, 'ERROR', 'c.e.s.checkout.payment.PaymentClient')}Payment authorisation for order ${order} failed after ${waitedMs} ms`,
    'com.example.shop.checkout.payment.PaymentUnavailableException: payments did not answer within 5000 ms',
    `\tat com.example.shop.checkout.payment.PaymentClient.authorize(PaymentClient.java:${random.pick([118, 121])})`,
    '\tat com.example.shop.checkout.order.OrderService.place(OrderService.java:87)',
    `\tat com.example.shop.checkout.order.OrderService$$SpringCGLIB$$${random.integer(0, 1)}.place(<generated>)`,
    '\tat com.example.shop.checkout.order.OrderController.submit(OrderController.java:52)',
    `\tat jdk.internal.reflect.GeneratedMethodAccessor${random.integer(40, 99)}.invoke(Unknown Source)`,
    '\tat java.base/java.lang.reflect.Method.invoke(Method.java:580)',
    '\tat org.springframework.web.method.support.InvocableHandlerMethod.doInvoke(InvocableHandlerMethod.java:255)',
    '\tat org.springframework.web.servlet.DispatcherServlet.doDispatch(DispatcherServlet.java:1088)',
    '\tat org.apache.tomcat.util.threads.ThreadPoolExecutor$Worker.run(ThreadPoolExecutor.java:659)',
    '\tat java.base/java.lang.Thread.run(Thread.java:1583)',
    'Caused by: java.net.SocketTimeoutException: Read timed out',
    '\tat java.base/sun.nio.ch.NioSocketImpl.timedRead(NioSocketImpl.java:278)',
    '\tat java.base/java.net.Socket$SocketInputStream.read(Socket.java:1099)',
    '\tat com.example.shop.checkout.payment.PaymentClient.authorize(PaymentClient.java:104)',
    '\t... 9 common frames omitted'
  );
}

/** After many failures in a row, the client stops asking for a while. */
export function logCircuitOpen(visit: Visit): void {
  const { random } = visit.moment;
  write(
    visit,
    'warn',
    `${head(visit, 'WARN', 'c.e.s.checkout.payment.CircuitBreaker')}Circuit breaker 'payments' is OPEN, failure rate ${random.integer(51, 98)}.${random.integer(0, 9)}%, rejecting call`
  );
}

/** A rare race between two tabs of the same customer. */
export function logStaleOrder(visit: Visit, order: string): void {
  write(
    visit,
    'error',
    `${head(visit, 'ERROR', 'c.e.s.checkout.order.OrderRepository')}Could not update order ${order}`,
    `org.springframework.orm.ObjectOptimisticLockingFailureException: Row was updated or deleted by another transaction : [com.example.shop.checkout.order.OrderEntity#${visit.moment.random.integer(1_000_000, 9_000_000)}]`,
    '\tat org.springframework.orm.jpa.vendor.HibernateJpaDialect.convertHibernateAccessException(HibernateJpaDialect.java:320)',
    '\tat com.example.shop.checkout.order.OrderRepository.updateState(OrderRepository.java:64)',
    '\tat com.example.shop.checkout.order.OrderService.confirm(OrderService.java:141)',
    '\tat com.example.shop.checkout.order.OrderController.confirm(OrderController.java:78)',
    '\tat java.base/java.lang.Thread.run(Thread.java:1583)'
  );
}

/** What the JVM says about itself. */
export function logJvm(moment: Moment): void {
  const { random } = moment;
  const atMs = moment.nowMs + random.next() * 1000;
  const used = random.integer(420, 910);
  const text = random.chance(0.8)
    ? `${plainTime(atMs, '.')}  INFO 1 --- [   scheduling-1] ${'c.e.s.checkout.metrics.HeapReporter'.padEnd(40)} : heap ${used}M of 1024M used, ${random.integer(38, 61)} threads`
    : `${plainTime(atMs, '.')}  WARN 1 --- [   scheduling-1] ${'com.zaxxer.hikari.pool.HikariPool'.padEnd(40)} : orders-pool - Thread starvation or clock leap detected (housekeeper delta=${random.integer(45, 70)}s${random.integer(1, 999)}ms)`;
  moment.write('checkout', random.integer(0, 2), atMs, text.includes(' WARN ') ? 'warn' : 'info', text);
}
