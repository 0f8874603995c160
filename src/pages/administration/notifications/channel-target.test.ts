import { toTarget } from './channel-target';

describe('toTarget', () => {
  it.each([
    ['webhook', { kind: 'webhook', url: 'https://a.example/x' }],
    ['slack', { kind: 'slack', secretUrl: 'https://a.example/x' }],
    ['pagerduty', { kind: 'pagerduty', secretRoutingKey: 'https://a.example/x' }],
  ] as const)('takes the address of kind %s without blanks around it', (kind, expected) => {
    expect(toTarget(kind, ' https://a.example/x ')).toEqual(expected);
  });

  it('takes recipients apart', () => {
    expect(toTarget('email', 'a@x.example, b@x.example;c@x.example')).toEqual({
      kind: 'email',
      recipients: ['a@x.example', 'b@x.example', 'c@x.example'],
    });
  });
});
