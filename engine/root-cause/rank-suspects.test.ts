import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFingerprinter } from '../fingerprints/index.ts';
import type { LogEntry } from '../records/index.ts';
import type { EvidenceWindow } from './evidence-case.ts';
import { identifyEntries } from './identify-entries.ts';
import type { CaseSpan } from './incident-case.ts';
import { rankSuspects } from './rank-suspects.ts';

/** What a service logs in a request, and how long after the request's beginning. */
type Step = readonly [service: string, afterMs: number, text: string];

const healthy: readonly Step[] = [
  ['web', 0, 'INFO request GET /cart'],
  ['cart', 5, 'INFO loading cart of user 17'],
  ['price', 10, 'INFO price of 3 items asked'],
  ['price', 14, 'INFO price of 3 items found'],
  ['cart', 20, 'INFO cart of user 17 has 3 items'],
  ['web', 25, 'INFO answered 200 in 25 ms'],
];

const fingerprinter = createFingerprinter();
const beginMs = Date.UTC(2026, 10, 20, 10);

function windowOf(requests: ReadonlyArray<readonly Step[]>, hasIds = true, spans: readonly CaseSpan[] = []) {
  const entries = requests.flatMap((steps, request) =>
    steps.map(([service, afterMs, line]): LogEntry => ({
      timestampNs: BigInt(beginMs + request * 10_000 + afterMs) * 1_000_000n,
      labels: { service_name: service },
      metadata: hasIds ? { trace_id: `trace ${request}`, span_id: `${service} ${request}` } : {},
      line,
    }))
  );
  const readMs = 10_000 * Math.max(requests.length, 20);
  const lines = identifyEntries(
    entries.toSorted((a, b) => Number(a.timestampNs - b.timestampNs)),
    fingerprinter
  );
  return { fromMs: beginMs, toMs: beginMs + readMs, readMs, lines, spans, loads: [], queries: [] };
}

function rank(baseline: EvidenceWindow, incident: EvidenceWindow) {
  const unchanged = (text: string) => text;
  const told = { subjectText: '', service: '', deploys: [], notLookedAt: [] };
  const { suspects } = rankSuspects({
    ...told,
    ...{ baseline, incident, redact: unchanged, quote: unchanged, queryOf: () => '' },
  });
  return { suspects, findings: suspects.flatMap(({ deviations }) => deviations) };
}

function repeat<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value);
}

function replace(steps: readonly Step[], at: number, ...instead: Step[]): Step[] {
  return [...steps.slice(0, at), ...instead, ...steps.slice(at + 1)];
}

const baseline = windowOf(repeat(40, healthy));

describe('rankSuspects', () => {
  test('whoever failed first is blamed, not those who passed the failure on', () => {
    const failing: Step[] = [
      ...healthy.slice(0, 3),
      ['price', 12, 'ERROR price list is empty'],
      ['cart', 15, 'ERROR cannot price the cart: 500'],
      ['web', 17, 'ERROR answered 500 in 17 ms'],
    ];
    const { suspects, findings } = rank(baseline, windowOf(repeat(12, failing)));
    expect(suspects[0]?.service).toBe('price');
    expect(findings[0]).toMatchObject({ channel: 'order', service: 'price' });
    const quoted = findings.flatMap(({ lines }) => lines.map(({ line }) => line.text));
    expect(quoted).toContain('ERROR price list is empty');
  });

  test('a line that stopped coming is a finding, and the line of old is quoted', () => {
    const silent = replace(healthy, 3);
    const { suspects, findings } = rank(baseline, windowOf(repeat(12, silent)));
    expect(suspects[0]?.service).toBe('price');
    const vanished = findings.find(({ kind }) => kind === 'vanished-order');
    expect(vanished).toMatchObject({ service: 'price', firstMs: beginMs + 10 });
    expect(vanished?.lines.map(({ line }) => line.text)).toContain('INFO price of 3 items found');
  });

  test('an error that was as loud before is not blamed', () => {
    const noisy: Step[] = [...healthy, ['mail', 30, 'ERROR cannot reach the mail server']];
    const broken: Step[] = [...replace(noisy, 3, ['price', 14, 'WARN price of 3 items guessed'])];
    const { suspects } = rank(windowOf(repeat(40, noisy)), windowOf(repeat(40, broken)));
    expect(suspects[0]?.service).toBe('price');
    expect(suspects.find(({ service }) => service === 'mail')?.blame ?? 0).toBeLessThan(1);
  });

  test.each([true, false])('the service that all calls are slow to is blamed (trace ids: %s)', (hasIds) => {
    const slow = healthy.map(([service, afterMs, text]): Step => [
      service,
      afterMs >= 10 ? afterMs + 900 : afterMs,
      text,
    ]);
    const { suspects, findings } = rank(windowOf(repeat(40, healthy), hasIds), windowOf(repeat(12, slow), hasIds));
    expect(suspects[0]?.service).toBe('price');
    expect(findings[0]).toMatchObject({ channel: 'calls', service: 'price', firstMs: beginMs + 5 });
    expect(findings[0]?.lines.map(({ line }) => line.text)).toEqual([healthy[1]?.[2], healthy[2]?.[2]]);
  });

  test('more requests of the same kinds are no finding', () => {
    const mixed = [...repeat(20, healthy), ...repeat(20, healthy.slice(0, 2))];
    const { suspects } = rank(windowOf(mixed), windowOf([...mixed, ...mixed, ...mixed]));
    expect(suspects.filter(({ blame }) => blame >= 0.5)).toEqual([]);
  });

  test('spans tell a slow way from a slow callee', () => {
    const spansOf = (wayMs: number, workMs: number): CaseSpan[] =>
      Array.from({ length: 20 }, (_, request) => {
        const at = request * 10_000;
        const common = { traceId: `t${request}`, operation: 'GET' };
        return [
          {
            ...common,
            spanId: `a${request}`,
            parentId: '',
            service: 'web',
            startMs: at,
            endMs: at + 2 * wayMs + workMs,
          },
          {
            ...common,
            spanId: `b${request}`,
            parentId: `a${request}`,
            service: 'cart',
            startMs: at + wayMs,
            endMs: at + wayMs + workMs,
          },
        ];
      }).flat();
    const judge = (spans: CaseSpan[]) => rank(windowOf([], true, spansOf(1, 20)), windowOf([], true, spans));
    expect(judge(spansOf(500, 20)).findings[0]).toMatchObject({ channel: 'calls', service: 'cart' });
    expect(judge(spansOf(1, 2000)).findings[0]).toMatchObject({ channel: 'delay', service: 'cart' });
  });

  test('a busy processor is a finding', () => {
    const loads = (percent: number) =>
      Array.from({ length: 10 }, (_, index) => ({ service: 'price', percent: percent + (index % 3) }));
    const { suspects, findings } = rank(
      { ...baseline, loads: loads(5) },
      { ...windowOf(repeat(12, healthy)), loads: loads(95) }
    );
    expect(suspects[0]?.service).toBe('price');
    expect(findings[0]).toMatchObject({ channel: 'load', service: 'price' });
  });

  test('nothing gives nothing', () => {
    const empty = windowOf([]);
    expect(rank(empty, empty)).toEqual({ suspects: [], findings: [] });
    expect(rank(empty, windowOf([healthy])).suspects.filter(({ blame }) => blame >= 1)).toEqual([]);
  });

  test('quoted lines are lines of the case, and the answer is the same each time', () => {
    const text = fc.constantFrom(
      'INFO a 1',
      'WARN b 2',
      'ERROR c 3',
      '',
      '\0',
      '\u{d800}',
      'x'.repeat(5000),
      '{"a":1}'
    );
    const step = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 0, max: 50 }), text);
    const requests = fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { maxLength: 12 });
    fc.assert(
      fc.property(requests, requests, fc.boolean(), (before, during, hasIds) => {
        const given = [windowOf(before, hasIds), windowOf(during, hasIds)] as const;
        const found = rank(...given);
        expect(rank(...given)).toEqual(found);
        const known = new Set(given.flatMap(({ lines }) => lines));
        for (const { surprise, lines } of found.findings) {
          expect(Number.isFinite(surprise)).toBe(true);
          expect(lines.every(({ line }) => known.has(line))).toBe(true);
        }
      }),
      { numRuns: 60 }
    );
  });
});
