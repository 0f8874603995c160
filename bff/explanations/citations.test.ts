import { lineHashOf } from '@loghunter/engine/root-cause';
import { createFakeLogStore } from '@loghunter/ports/testing';
import { describe, expect, test } from 'vitest';
import { createTextRedactor } from '../redaction/stored-text-redaction.ts';
import { aFinding, aPack, aQuotedLine } from '../testing/plant-analysis.ts';
import { readCitations, withoutRefuted } from './citations.ts';
import { fixedExplanation } from './fixed-explanation.ts';

const citationOf = (lineId: string, state: 'verified' | 'refuted') => ({ lineId, hash: '', state, reason: '' });

describe('what the log store refutes', () => {
  test('is no cause, and nobody else becomes one in its place', () => {
    const statement = aFinding().statement;
    const pack = aPack();
    const entries = [
      { at: '2026-10-05T10:02:10.000Z', kind: 'first-bad-cluster' as const, service: 'payments', text: statement },
    ].map((entry) => ({ ...entry, findingId: null }));
    const citations = [citationOf('L1', 'refuted'), citationOf('L2', 'verified')];
    const rest = withoutRefuted(aPack({ timeline: { ...pack.timeline, entries } }), citations);
    expect(rest).toMatchObject({ verdict: 'inconclusive', summary: { suspect: null } });
    const fixed = fixedExplanation(rest, citations);
    expect(fixed).toMatchObject({ rootCause: null, hypotheses: [{ service: 'checkout', confidence: 'low' }] });
    expect(JSON.stringify([fixed, rest.timeline])).not.toMatch(/payments writes|It is payments/);
  });
});

test('when the time is over, lines that were read keep what was found and the rest is unverified', async () => {
  const logs = createFakeLogStore();
  const labels = { service_name: 'payments' };
  const entry = { timestampNs: 1_790_000_000_000_000_000n, line: 'ERROR pool exhausted', metadata: {} };
  await logs.push([{ labels, entries: [entry] }], new AbortController().signal);
  const known = { labels, timestampNs: String(entry.timestampNs), text: entry.line };
  const lines = [
    aQuotedLine({ ...known, hash: lineHashOf({ ...entry, labels }) }),
    aQuotedLine({ ...known, id: 'L2' }),
    aQuotedLine({ ...known, id: 'L3' }),
  ];
  // The store stops to answer when the third line is looked for.
  let count = 0;
  const slow = new Proxy(logs, {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver);
      return name !== 'findEntries'
        ? value
        : (request: Parameters<typeof logs.findEntries>[0]) => {
            count += 1;
            return count <= 3 ? logs.findEntries(request) : endedBy(request.signal);
          };
    },
  });
  const redaction = { open: () => Promise.resolve(createTextRedactor([])), keepCounts: () => Promise.resolve() };
  const found = await readCitations({ logs: slow, redaction }, aPack({ lines }), new AbortController().signal, 500);
  expect(found.map(({ state }) => state)).toEqual(['verified', 'refuted', 'unverified']);
});

/** Never answers, and fails when the signal ends. */
function endedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  );
}
