import { describe, expect, test } from 'vitest';
import { createDependencyReader } from './named-dependencies.ts';

const read = createDependencyReader(['checkout', 'payments', 'redis', 'auth', 'user-service']);

describe('what an error line complains about', () => {
  test.each([
    ['order failed: payments did not answer within 5000 ms', ['payments']],
    ['Timeout awaiting response from redis:6379', ['redis']],
    ['login failed: certificate has expired at https://auth:8443/token', ['auth']],
    ['dial tcp: connect to payments.shop.svc.cluster.local:8080: connection refused', ['payments']],
    ['upstream USER-SERVICE unavailable', ['user-service']],
    ['could not extend file on host=redis', ['redis']],
  ])('%s: a service of the data', (text, services) => {
    expect(read('checkout', text)).toEqual({ services, outside: [] });
  });

  test.each([
    ['Post "https://api.acquirer.example/v2/auth": context deadline exceeded', 'api.acquirer.example'],
    ['Net::OpenTimeout: execution expired, host=smtp.mailrelay.example port=587', 'smtp.mailrelay.example'],
    ['lookup payments.shop on 10.0.0.10:53: no such host', 'name resolution'],
    ['getaddrinfo ENOTFOUND payments', 'name resolution'],
    ['java.net.UnknownHostException: payments', 'name resolution'],
  ])('%s: something outside', (text, host) => {
    expect(read('checkout', text)).toEqual({ services: [], outside: [host] });
  });

  test.each([
    'nothing is wrong with payments',
    'c.e.s.checkout.payments.PaymentClient timed out',
    'user payments@payments timed out',
    'payments-v2 timed out',
    'checkout timed out',
    'mail to auth@example.com timed out',
  ])('%s: nobody', (text) => {
    expect(read('checkout', text).services).toEqual([]);
  });

  test('names that are not found blame the name service where it writes lines itself', () => {
    const withDns = createDependencyReader(['checkout', 'coredns']);
    expect(withDns('checkout', 'could not resolve payments')).toEqual({ services: ['coredns'], outside: [] });
  });

  test('frames of a stack trace name packages, not hosts; its cause counts', () => {
    const trace = [
      'PaymentUnavailableException: no answer',
      '\tat com.example.redis.Client.read(Client.java:7)',
      'Caused by: java.net.SocketTimeoutException: Read timed out from payments',
    ].join('\n');
    expect(read('checkout', trace)).toEqual({ services: ['payments'], outside: [] });
  });

  test('of a long hostile line only the head is looked at', () => {
    const named = 'timeout from payments';
    expect(read('checkout', `${named} ${'host= '.repeat(200_000)}`).services).toEqual(['payments']);
    expect(read('checkout', `${'a.'.repeat(200_000)} ${named}`)).toEqual({ services: [], outside: [] });
  });
});
