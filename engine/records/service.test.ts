import { expect, test } from 'vitest';
import { defaultServiceSettings, serviceOf } from './service.ts';

test.each([
  [{ service_name: 'checkout', app: 'shop' }, 'checkout', ''],
  [{ app: 'shop', namespace: 'prod' }, 'shop', 'prod'],
  [{ app_kubernetes_io_name: 'cart', container: 'main', k8s_namespace_name: 'eu' }, 'cart', 'eu'],
  [{ job: 'prod/cart' }, 'prod/cart', ''],
  [{ service_name: 'unknown_service', container: 'nginx' }, 'nginx', ''],
  [{ service_name: 'unknown_service:java', job: 'batch' }, 'batch', ''],
  [{ service_name: 'unknown_service' }, 'unknown', ''],
  [{ service: '  ', app: 'cart' }, 'cart', ''],
  [{ filename: '/var/log/syslog' }, 'unknown', ''],
  [{ service_namespace: 'a', namespace: 'b', job: 'j' }, 'j', 'a'],
])('labels %j belong to service %s in namespace "%s"', (labels, service, namespace) => {
  expect(serviceOf(labels as Record<string, string>)).toEqual({ service, namespace });
});

test('settings replace the label names', () => {
  const settings = { serviceLabels: ['team'], namespaceLabels: ['zone'] };
  expect(serviceOf({ team: 'red', zone: 'x', app: 'shop' }, settings)).toEqual({ service: 'red', namespace: 'x' });
});

test('inherited properties are not labels', () => {
  const settings = { ...defaultServiceSettings, serviceLabels: ['constructor', '__proto__'] };
  expect(serviceOf({}, settings).service).toBe('unknown');
});
