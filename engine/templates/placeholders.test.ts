import { expect, test } from 'vitest';
import { analyzeLine } from './analyze-line.ts';
import { createClusterer } from './clusterer.ts';

test.each([
  ['login of bob@example.com from 10.0.0.7:443 failed', 'login of <email> from <ip>:443 failed'],
  ['Jun 14 15:16:01 10.0.0.5 sshd[19939]: closed by 10.1.2.3 ', 'Jun 14 15:16:01 <ip> sshd[19939]: closed by <ip> '],
  [
    'GET https://app:hunter2x@db.internal:80/a?token=ab12cd done',
    'GET https://app:<secret>@db.internal:80/a?token=<secret> done',
  ],
  ['open /home/bob/.cache/x.log denied', 'open /home/<user>/.cache/x.log denied'],
  [
    '{"level":"info","msg":"peer 10.0.0.7 left","ip":"10.0.0.7"}',
    '{"level":"info","msg":"peer <ip> left","ip":"<ip>"}',
  ],
  ['level=info msg="peer 10.0.0.7 left" ip=10.0.0.7', 'level=info msg="peer <ip> left" ip=<ip>'],
  [
    '1.2.3.4 - bob [21/Nov/2026:02:51:19 +0000] "GET /a HTTP/1.1" 200 5',
    '<ip> - bob [21/Nov/2026:02:51:19 +0000] "GET /a HTTP/1.1" 200 5',
  ],
  ['src: /10.250.19.102:54106 dest: /10.250.19.102:50010', 'src: /<ip>:54106 dest: /<ip>:50010'],
  ['card 4111 1111 1111 1111 declined', 'card <card-12> declined'],
  ['token a1B2c3D4e5F6g7 s', 'token <own-session-3> s'],
])('%s is in the cluster of %s', (line, redacted) => {
  expect(analyzeLine(redacted).signature).toBe(analyzeLine(line).signature);
  const clusterer = createClusterer();
  expect(clusterer.add(redacted)).toBe(clusterer.add(line));
});

test('placeholders for addresses keep the type of addresses', () => {
  const types = (line: string) =>
    analyzeLine(line)
      .spans.filter((span) => span.kind === 'masked')
      .map((span) => span.type);
  expect(types('from <ip> to <mac> of <email>')).toEqual(['ip', 'ip', 'email']);
});

test('other words in angle brackets are no variables', () => {
  expect(analyzeLine('tag <div> of <ipsum>').signature).toBe('tag < div > of < ipsum >');
});
