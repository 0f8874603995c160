// A process that dies leaves a call undone, or done without having heard of it. After any such calls another scanner ends at the truth.
import fc from 'fast-check';
import { PortError } from '@loghunter/ports';
import { createFakeStores } from '@loghunter/ports/testing';
import { expect, test } from 'vitest';
import { list, logins, shop } from '../testing/scan-readings.ts';
import { createTestServer, testNowMs } from '../testing/test-server.ts';
import { minuteMs } from './minutes.ts';

interface Fault {
  /** Calls of the ledger that go well before it. */
  readonly afterCalls: number;
  /** The ledger did what was asked, and the caller never heard of it. */
  readonly isDone: boolean;
}

const faults: fc.Arbitrary<readonly Fault[]> = fc.array(fc.record({ afterCalls: fc.nat(12), isDone: fc.boolean() }), {
  minLength: 1,
  maxLength: 5,
});

function createDeath(): PortError {
  return new PortError({ system: 'postgres', kind: 'unavailable', message: 'The process died here' });
}

test('deaths at any calls of the ledger lose no line and count none twice', async () => {
  await fc.assert(
    fc.asyncProperty(faults, fc.nat(3), async (sequence, lateMinutes) => {
      const stores = createFakeStores(() => server.clock.nowMs());
      const waiting = [...sequence];
      let callCount = 0;
      const ledger = new Proxy(stores.ledger, {
        get(target, name, receiver) {
          const method: unknown = Reflect.get(target, name, receiver);
          if (typeof method !== 'function' || (name !== 'write' && name !== 'readMinutes' && name !== 'leaseWatch')) {
            return method;
          }
          return async (...parameters: readonly unknown[]) => {
            const [fault] = waiting;
            callCount += 1;
            if (fault === undefined || callCount <= fault.afterCalls) {
              return Reflect.apply(method, target, parameters);
            }
            waiting.shift();
            callCount = 0;
            if (fault.isDone) {
              await Reflect.apply(method, target, parameters);
            }
            throw createDeath();
          };
        },
      });
      const server = await createTestServer({ ledger, clusters: stores.clusterStore });
      await server.push(shop, logins(testNowMs - 5 * 60 * minuteMs, 90, 180_000));
      let scanner = server.scanner;
      for (let round = 0; round <= sequence.length; round += 1) {
        await scanner.scanOnce();
        await server.push({ ...shop, pod: `late-${round}` }, logins(testNowMs - lateMinutes * minuteMs, 7));
        // The dead process's lease ends before another one goes on.
        server.clock.advance(2 * minuteMs);
        scanner = await server.createScanner();
      }
      waiting.length = 0;
      await scanner.scanOnce();
      const { totalEventCount } = await list(server);
      expect(totalEventCount).toBe(90 + 7 * (sequence.length + 1));
      const range = { fromMs: testNowMs - 6 * 60 * minuteMs, toMs: server.clock.nowMs() + minuteMs };
      expect((await server.clusters.readCoverage(server.tenantId, range)).lineCount).toBe(totalEventCount);
    }),
    { numRuns: process.env.SOAK === '1' ? 1000 : 60 }
  );
}, 120_000);
