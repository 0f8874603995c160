import { liveBusCases } from '@loghunter/ports/testing';
import { describe, test } from 'vitest';
import { createMemoryLiveBus } from './index.ts';

describe('the bus inside a process', () => {
  for (const { title, run } of liveBusCases) {
    test(title, () => {
      const bus = createMemoryLiveBus();
      return run({ here: bus, there: bus });
    });
  }
});
