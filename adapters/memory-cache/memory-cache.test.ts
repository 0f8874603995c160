import { describe, expect, test } from 'vitest';
import { cacheCases } from '@loghunter/ports/testing';
import { createMemoryCache } from './memory-cache.ts';

describe('the cache in memory', () => {
  for (const { title, run } of cacheCases) {
    test(title, () => run(createMemoryCache()));
  }

  test('the least recently used go when it is full', async () => {
    const cache = createMemoryCache({ maxSizeBytes: 1000 });
    for (const key of ['a', 'b', 'c', 'd', 'e']) {
      await cache.set(key, 'x'.repeat(100), 60_000);
      await cache.get('a');
    }
    const found = await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map(async (key) => [key, (await cache.get(key)) !== undefined])
    );
    expect(Object.fromEntries(found)).toEqual({ a: true, b: false, c: true, d: true, e: true });
  });

  test('a value that is too large replaces the old one by nothing', async () => {
    const cache = createMemoryCache({ maxSizeBytes: 1000 });
    await cache.set('key', 'old', 60_000);
    await cache.set('key', 'x'.repeat(500), 60_000);
    expect(await cache.get('key')).toBeUndefined();
  });
});
