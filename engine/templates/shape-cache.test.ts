import { describe, expect, it } from 'vitest';
import { ShapeCache } from './shape-cache.ts';

// Of the web platform, not of Node; the engine is compiled without either's types.
declare class TextEncoder {
  encode(text: string): Uint8Array;
}

function wordOf(index: number): string {
  return index.toString(2).replaceAll('0', 'a').replaceAll('1', 'b');
}

describe('cache of shapes', () => {
  it('knows every line of a shape that it was given', () => {
    const cache = new ShapeCache<string>(10);
    expect(cache.find('took 17 ms')).toBeUndefined();
    cache.remember('a');
    expect(cache.find('took 99 ms')).toBe('a');
    expect(cache.find('took 7 ms')).toBeUndefined();
  });

  it('knows a line as text and as bytes', () => {
    const cache = new ShapeCache<string>(10);
    const line = 'Datei 17 fehlt: größe 4 €';
    const bytes = new TextEncoder().encode(`before ${line} after`);
    cache.find(line);
    cache.remember('a');
    expect(cache.findBytes(bytes, 7, bytes.length - 6)).toBe('a');
    expect(cache.findBytes(bytes, 7, bytes.length)).toBeUndefined();
    cache.remember('b');
    expect(cache.find(`${line} after`)).toBe('b');
  });

  it('keeps thousands of shapes apart', () => {
    const cache = new ShapeCache<number>(20_000);
    for (let index = 0; index < 8000; index++) {
      cache.find(`word ${wordOf(index)}`);
      cache.remember(index);
    }
    for (let index = 0; index < 8000; index++) {
      expect(cache.find(`word ${wordOf(index)}`)).toBe(index);
    }
  });

  it('forgets what was not met for longest, and keeps what is met', () => {
    const cache = new ShapeCache<number>(100);
    for (let index = 0; index < 1000; index++) {
      if (cache.find(`word ${wordOf(index)}`) === undefined) {
        cache.remember(index);
      }
      if (cache.find('always here') === undefined) {
        expect(index).toBe(0);
        cache.remember(-1);
      }
    }
    expect(cache.find('always here')).toBe(-1);
    expect(cache.find(`word ${wordOf(1)}`)).toBeUndefined();
  });

  it('makes room when the shapes are long', () => {
    const cache = new ShapeCache<number>(100_000);
    for (let index = 0; index < 6000; index++) {
      cache.find(wordOf(index).padEnd(2000, 'x'));
      cache.remember(index);
    }
    expect(cache.find(wordOf(5999).padEnd(2000, 'x'))).toBe(5999);
  });

  it('takes lines without a shape as unknown', () => {
    const cache = new ShapeCache<number>(10);
    const line = 'x'.repeat(5000);
    cache.find(line);
    cache.remember(1);
    expect(cache.find(line)).toBeUndefined();
  });
});
