import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTimeReader } from './time-reader.ts';
import { parseTimeZone } from './time-zone.ts';

const settings = { referenceMs: Date.UTC(2026, 10, 21, 3), timeZone: parseTimeZone('Asia/Kolkata') };

// Times of a few minutes in a few styles, so that neighbours often share the minute, the place, or neither.
const times = fc
  .tuple(
    fc.constantFrom('', '[', 'x ', '1', '. ', '1.'),
    fc.constantFrom(
      '2026-11-20 10:11:',
      '2026-11-20 10:12:',
      '2026/11/20 10:11:',
      '2026-11-20T10:11:',
      '2026-11-20T9:11:'
    ),
    fc.constantFrom('00', '07', '59', '60', '6', '61'),
    fc.constantFrom('', '.5', ',123', '.123456789', '.1234567890', '.', ', 5'),
    fc.constantFrom(
      '',
      'Z',
      ' Z',
      '+02:00',
      ' +0200',
      '-03',
      'Zebra',
      ' UTC',
      ' up',
      '] up',
      ':5',
      ' +x',
      ' -',
      '+02:00:',
      '+02:001'
    )
  )
  .map((parts) => parts.join(''));

test('a line reads the same whatever line came before it', () => {
  fc.assert(
    fc.property(times, times, (before, line) => {
      const reader = createTimeReader(settings);
      // The second line of a minute is the one that is learned from.
      reader.read(before);
      reader.read(before);
      const alone = createTimeReader(settings);
      expect(reader.read(line)).toBe(alone.read(line));
    }),
    { numRuns: 5000 }
  );
});

const otherForms = [
  '%s',
  '[Sun Dec 04 04:47:%s 2005] [notice] x',
  '[Sun Dec 04 04:47:%s 2006] x',
  'Nov 20 10:11:%s host sshd[1]: x',
  'Nov 20 10:11:%s',
  '10.0.0.1 - - [20/Nov/2026:10:11:%s +0100] "GET /"',
  '10.0.0.1 - - [20/Nov/2026:10:11:%s -0100] "GET /"',
  '11/20/2026 1:02:%s PM up',
  '11/20/2026 1:02:%s AM up',
  '11/20/2026 1:02:%s up',
  '20.11.2026 10:11:%s',
  'E1120 10:11:%s 1 reflector.go:138] x',
  '17/06/09 20:10:%s INFO x',
  'Nov 20, 2026 1:02:%s PM x',
  '10:11:%s [main] INFO x',
  '20 Nov 2026 10:11:%s UTC x',
  '20 Nov 2026 10:11:%s x',
  '2026-11-20-15.42.%s R02',
] as const;

test('that holds for every form of time', () => {
  const form = fc
    .tuple(
      fc.constantFrom(...otherForms),
      fc.constantFrom('00', '07', '59', '60'),
      fc.constantFrom('', '.5', ',123', '.123456')
    )
    .map(([text, second, fraction]) => text.replace('%s', second + fraction));
  fc.assert(
    fc.property(form, form, (before, line) => {
      const reader = createTimeReader(settings);
      const formOf = (text: string) => text.replace(/\d/g, '0');
      reader.read(before);
      reader.read(before);
      // Where the form changes, the remembered one may still find a time further on in the line.
      fc.pre(formOf(before).slice(0, 12) === formOf(line).slice(0, 12));
      expect(reader.read(line)).toBe(createTimeReader(settings).read(line));
    }),
    { numRuns: 5000 }
  );
});
