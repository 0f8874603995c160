import { expect } from 'vitest';
import type { Cache } from '../cache.ts';
import type { ContractCase } from './contract-case.ts';

/** What every cache does while its system answers. */
export const cacheCases: ReadonlyArray<ContractCase<Cache>> = [
  {
    title: 'a stored text is found, another key is not',
    async run(cache) {
      const key = crypto.randomUUID();
      await cache.set(key, 'é\n"{}" 🙂', 60_000);
      expect(await cache.get(key)).toBe('é\n"{}" 🙂');
      expect(await cache.get(`${key}x`)).toBeUndefined();
    },
  },
  {
    title: 'storing again replaces the text',
    async run(cache) {
      const key = crypto.randomUUID();
      await cache.set(key, 'old', 60_000);
      await cache.set(key, '', 60_000);
      expect(await cache.get(key)).toBe('');
    },
  },
  {
    title: 'a text is gone after its time',
    async run(cache) {
      const key = crypto.randomUUID();
      await cache.set(key, 'short', 20);
      await new Promise((resolve) => setTimeout(resolve, 60));
      expect(await cache.get(key)).toBeUndefined();
    },
  },
  {
    title: 'a ping is answered',
    run: (cache) => cache.ping(),
  },
];
