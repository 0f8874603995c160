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
      reader.read(before);
      const alone = createTimeReader(settings);
      expect(reader.read(line)).toBe(alone.read(line));
    }),
    { numRuns: 5000 }
  );
});
