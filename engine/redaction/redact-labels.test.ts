import { describe, expect, test } from 'vitest';
import { createRedactor, redact } from './redact.ts';
import { redactLabels, redactStreamLabels, unchangedLabels } from './redact-labels.ts';

const ordinary = {
  ...{ app: 'shop', pod: 'checkout-7c9f8d6b5-x2x4q', namespace: 'team-a', job: 'team-a/checkout', container: 'app' },
  ...{ trace_id: '4bf92f3577b34da6a3ce929d0e0e4736', span_id: '00f067aa0ba902b7', level: 'error' },
  ...{ filename: '/var/log/pods/team-a_checkout-0_79a3edd0-2092-40a2-a04d-dcb46d5ca9ed/app/0.log' },
  ...{ service_name: 'token-service', version: '1.2.3', cluster: 'eu-1', node_name: 'ip-10-0-0-7', stream: 'stderr' },
  ...{ detected_level: 'info', host: 'web-1.example.com', __stream_shard__: '4', token: 'none', secret: 'true' },
};

describe('labels', () => {
  test('that are ordinary stay as they are', () => {
    expect(redactLabels(ordinary, redact)).toEqual(ordinary);
    expect(redactStreamLabels(ordinary, redact)).toEqual(ordinary);
  });

  test.each([
    ['password', 'hunter2', '<secret>'],
    ['api_key', 'Zx81kQpLm2', '<secret>'],
    ['db_password', 'correct horse, battery staple', '<secret>'],
    ['password', String.raw`a"b'c\d e`, '<secret>'],
    ['password', 'two\nlines', '<secret>'],
    ['password', '<b', '<secret>'],
    ['client_secret', 'x1'.repeat(2000), '<secret>'],
    ['http_request_header_authorization', 'Basic Ym9iOmh1bnRlcjI=', 'Basic <secret>'],
    ['customer_name', 'Ada Lovelace', '<person>'],
    ['phone', '01701234567', '<phone>'],
    ['route', '/login?token=ab12cd34ef&x=1', '/login?token=<secret>&x=1'],
    ['owner', 'bob@example.com', '<email>'],
    ['instance', '10.0.0.7:9090', '<ip>:9090'],
    ['constructor', 'x', 'x'],
    ['password', '', ''],
  ])('%s=%s becomes %s, also the second time', (name, value, redacted) => {
    const once = redactLabels({ [name]: value }, redact);
    expect(once).toEqual({ [name]: redacted });
    expect(redactLabels(once, redact)).toEqual(once);
  });

  test('go by the rules of a tenant, for the value alone, with its name, and for the name', () => {
    const rule = (name: string, pattern: string) => ({ name, form: 'expression', pattern }) as const;
    const redactor = createRedactor({
      tenantRules: [rule('start', '^cust-[0-9]+'), rule('pair', 'plan=gold'), rule('key', 'zone')],
    });
    const labels = { customer: 'cust-12', plan: 'gold-1', zone: 'eu', other: 'a cust-12' };
    expect(redactLabels(labels, redactor.redact)).toEqual({
      ...{ customer: '<own-start>', plan: '<own-pair>-1', zone: 'eu', other: 'a cust-12' },
    });
  });

  test('of a stream keep where it comes from, so that its lines are found again', () => {
    const labels = { instance: '10.0.0.7:9090', filename: '/home/app/a.log', password: 'hunter2', app: 'shop' };
    const shown = redactStreamLabels(labels, redact);
    expect(shown).toEqual({ ...labels, password: '<secret>' });
    expect(unchangedLabels(labels, shown)).toEqual({
      instance: '10.0.0.7:9090',
      ...{ filename: '/home/app/a.log', app: 'shop' },
    });
  });
});
