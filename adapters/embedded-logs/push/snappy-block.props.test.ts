import fc from 'fast-check';
import { compress } from 'snappyjs';
import { describe, expect, test } from 'vitest';

import { unpackSnappyBlock } from './snappy-block.ts';

const words = fc.array(fc.constantFrom('level=info ', 'a', 'request done ', '\0\0\0\0', 'ünïcödé'), { maxLength: 300 });
const content = fc.oneof(
  words.map((parts) => Buffer.from(parts.join(''))),
  fc.uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes))
);

describe('a Snappy block', () => {
  test('comes back as it was packed', () => {
    fc.assert(
      fc.property(content, (bytes) => {
        expect(unpackSnappyBlock(compress(bytes), bytes.length)?.equals(bytes)).toBe(true);
      }),
      { numRuns: 2000 }
    );
  });

  test('that is cut off is refused at every length', () => {
    fc.assert(
      fc.property(content, fc.nat(), (bytes, cut) => {
        const packed = compress(bytes);
        expect(unpackSnappyBlock(packed.subarray(0, cut % packed.length), 1_000_000)).toBeNull();
      }),
      { numRuns: 2000 }
    );
  });

  test('of any bytes never writes beyond its bound', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(unpackSnappyBlock(Buffer.from(bytes), 10_000)?.length ?? 0).toBeLessThanOrEqual(10_000);
      }),
      { numRuns: 5000 }
    );
  });

  test('with literals of all length forms is unpacked', () => {
    for (const size of [1, 59, 60, 61, 255, 256, 257, 65_535, 65_536, 65_537, 100_000]) {
      const bytes = Buffer.from(Array.from({ length: size }, (_unused, index) => (index * 7919 + (index >> 8)) % 251));
      expect(unpackSnappyBlock(compress(bytes), size)?.equals(bytes)).toBe(true);
      expect(unpackSnappyBlock(compress(bytes), size - 1)).toBeNull();
    }
  });
});
