import { describe, expect, test } from 'vitest';
import type { EventIdentity } from './event-identity.ts';
import { IdentityCache } from './identity-cache.ts';

function identityOf(templateText: string): EventIdentity {
  return {
    ...{ fingerprint: '', coarseFingerprint: null, algorithmVersion: 1, signature: '', kind: 'template' },
    ...{ template: [{ kind: 'text', text: templateText }], templateText },
  };
}

/** Puts in what the keys are made of, and returns how many of them are still known. */
function fill(cache: IdentityCache, keys: readonly string[]): number {
  keys.forEach((key) => cache.set(key, identityOf(key)));
  return keys.filter((key) => cache.get(key) !== undefined).length;
}

const keysOf = (count: number, length: number) =>
  Array.from({ length: count }, (_, n) => String(n).padEnd(length, 'x'));

describe('known identities', () => {
  test('are those that were used last, as many as there is room for', () => {
    const cache = new IdentityCache(10);
    cache.set('kept', identityOf('kept'));
    for (const key of keysOf(1000, 4)) {
      cache.set(key, identityOf(key));
      expect(cache.get('kept')?.templateText).toBe('kept');
    }
    expect(fill(cache, keysOf(1000, 4))).toBeLessThan(10);
  });

  test('are fewer when they are long, so that their characters have a bound', () => {
    expect(fill(new IdentityCache(50_000, 30_000), keysOf(100, 10))).toBe(100);
    const knownCount = fill(new IdentityCache(50_000, 30_000), keysOf(100, 1000));
    expect(knownCount).toBeGreaterThan(0);
    expect(knownCount).toBeLessThanOrEqual(10);
  });

  test('may be one that is longer than all room', () => {
    expect(fill(new IdentityCache(10, 100), keysOf(1, 5000))).toBe(1);
  });

  test('take 60 million characters at most when nobody says how many', () => {
    const knownCount = fill(new IdentityCache(50_000), keysOf(6000, 8000));
    expect(knownCount * 3 * 8000).toBeLessThanOrEqual(60_000_000);
  });
});
