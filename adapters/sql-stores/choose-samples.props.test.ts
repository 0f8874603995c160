import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseSamples, spreadSampleCount } from './choose-samples.ts';

const line = fc.record({
  timestampNs: fc.bigInt({ min: 0n, max: 3_600_000_000_000n * 2n }),
  text: fc.constantFrom('a', 'b'),
});
const lines = fc.array(line, { maxLength: 60 });

test('choosing in two steps gives the same as at once', () => {
  fc.assert(
    fc.property(lines, lines, (a, b) => {
      expect(chooseSamples([...chooseSamples(a), ...b])).toEqual(chooseSamples([...a, ...b]));
    })
  );
});

test('the order of lines does not matter', () => {
  fc.assert(
    fc.property(lines, (a) => {
      expect(chooseSamples([...a].reverse())).toEqual(chooseSamples(a));
    })
  );
});

test('the first and the last line are kept, and few more', () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 60 }), (a) => {
      const chosen = chooseSamples(a);
      const times = a.map(({ timestampNs }) => timestampNs);
      expect(chosen[0]?.timestampNs).toBe(times.reduce((least, time) => (time < least ? time : least)));
      expect(chosen.at(-1)?.timestampNs).toBe(times.reduce((most, time) => (time > most ? time : most)));
      expect(chosen.length).toBeLessThanOrEqual(spreadSampleCount + 2);
    })
  );
});
