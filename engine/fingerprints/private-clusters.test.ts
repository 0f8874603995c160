import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../redaction/index.ts';
import { createPrivateLines, isLeft } from '../testing/private-lines.ts';
import { createUnseenLines } from '../testing/unseen-lines.ts';
import { createSeededRandom } from '../testing/seeded-random.ts';
import { createFingerprinter } from './index.ts';

// One for all: that it does not depend on what it saw before is a test of its own.
const fingerprinter = createFingerprinter();
const fingerprintOf = (text: string): string => fingerprinter.identify({ text }).fingerprint;

// Pieces that rules react to and pieces of ordinary lines, so that matches stand in all kinds of surroundings.
const pieces = [
  ...['password=', 'token: ', '"api_key":"', 'Bearer ', 'otp is ', 'firstName="', 'dob=', 'lat=', 'sid=', 'PWD='],
  ...['correcthorse', 'hunter2x', 'a1B2c3D4e5F6g7', '0f3a9c1e7b5d2468', 'kQzWmRtYvLpXsNdH/ab+c', 'null', 'p@ss%20word'],
  ...['bob@example.com', '10.0.0.7', 'fe80::1', '00:1B:44:11:3A:B7', '4111 1111 1111 1111', '4111-1111-1111-1111'],
  ...['DE89370400440532013000', 'GB82 WEST 1234 5698 7654 32', '+49 170 1234567', '(415) 555-0132', '078-05-1120'],
  ...[
    '/home/bob/x.log',
    'C:\\Users\\bob\\a',
    'https://app:pw1@db:80/a?token=ab12cd',
    'AKIAQWERTYUIOPASDFGH',
    '１０.０.０.７',
  ],
  ...['%40', '%3D', '\\u0040', '\\n', '\\"', '&quot;', 'cGFzc3dvcmQ9aHVudGVyMjIy', '<secret>', '<ip>'],
  ...['connection', 'refused', 'user', 'INFO', '42', '17ms', 'key=orders-5', 'ssh2', 'at com.acme.A.b(A.java:7)'],
  ...[' ', ' ', ' ', ' ', ': ', ', ', '"', "'", '=', '(', ')', '[', ']', '/', '-', '.'],
];
const headers = ['', '2026-11-21T02:51:19.120Z INFO [worker-3] com.acme.Gateway: ', 'Nov 21 02:51:19 web01 app[77]: '];
const lines = fc
  .tuple(fc.constantFrom(...headers), fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 14 }))
  .map(([header, parts]) => header + parts.join(''));

describe('a redacted event', () => {
  it.each([61, 62, 63])('is in the cluster of the event, for all generated private lines (seed %i)', (seed) => {
    const generated = [
      ...createPrivateLines(5000, createSeededRandom(seed)),
      ...createUnseenLines(2000, createSeededRandom(seed)),
    ];
    const different = generated.filter(({ text }) => fingerprintOf(redact(text)) !== fingerprintOf(text));
    expect(different).toEqual([]);
  });

  it('is in the cluster of the event, whatever stands around', () => {
    fc.assert(
      fc.property(lines, (text) => {
        expect(fingerprintOf(redact(text))).toBe(fingerprintOf(text));
      }),
      { numRuns: 8000 }
    );
  });
});

describe('the identity of an event', () => {
  it('does not depend on what was seen before', () => {
    const shared = createFingerprinter();
    fc.assert(
      fc.property(lines, fc.array(fc.nat(9), { minLength: 40, maxLength: 40 }), (text, digits) => {
        let next = 0;
        const other = text.replace(/\d/g, () => String(digits[next++ % digits.length]));
        shared.identify({ text });
        const fresh = createFingerprinter().identify({ text: other });
        expect(shared.identify({ text: other }).fingerprint).toBe(fresh.fingerprint);
      }),
      { numRuns: 2000 }
    );
  });

  it('holds no private value', () => {
    const left = createPrivateLines(5000, createSeededRandom(64)).filter((line) => {
      const { template, templateText } = fingerprinter.identify(line);
      return isLeft(line, templateText) || isLeft(line, JSON.stringify(template));
    });
    expect(left).toEqual([]);
  });
});
