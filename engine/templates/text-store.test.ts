import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextStore } from './text-store.ts';

describe('store of texts', () => {
  it('gives back every text, of any characters', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) })),
        (texts) => {
          const store = new TextStore();
          const numbers = texts.map((text) => store.add(text));
          expect(numbers.map((number) => store.at(number))).toEqual(texts);
        }
      )
    );
  });

  it('keeps texts over many blocks, and ones longer than a block', () => {
    const store = new TextStore();
    const texts = Array.from(
      { length: 3000 },
      (_, index) => `${index} ${'x'.repeat(index)}${index % 7 === 0 ? 'ж' : ''}`
    );
    texts.push('y'.repeat(600_000), 'ж'.repeat(300_000), 'end');
    texts.forEach((text, index) => expect(store.add(text)).toBe(index));
    texts.forEach((text, index) => expect(store.at(index) === text).toBe(true));
    expect(store.at(texts.length)).toBe('');
  });
});
