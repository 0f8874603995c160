import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaseLine, CaseSpan, CaseWindow } from './incident-case.ts';
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

function windowOf(requests: ReadonlyArray<readonly Step[]>, hasIds = true): CaseWindow {
  const lines = requests.flatMap((steps, request) =>
    steps.map(([service, afterMs, text]): CaseLine => ({
      atMs: request * 10_000 + afterMs,
      service,
      traceId: hasIds ? `trace ${request}` : '',
      spanId: hasIds ? `${service} ${request}` : '',
      text,
    }))
  );
  return { lines, spans: [], loads: [] };
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
    const { suspects, findings } = rankSuspects({ baseline, incident: windowOf(repeat(12, failing)) });
    expect(suspects[0]?.service).toBe('price');
    expect(findings[0]).toMatchObject({ kind: 'order', service: 'price' });
    const quoted = findings.flatMap((finding) =>
      finding.kind === 'order' ? finding.lines.map(({ text }) => text) : []
    );
    expect(quoted).toContain('ERROR price list is empty');
  });

  test('a line that stopped coming is a finding, and the line of old is quoted', () => {
    const silent = replace(healthy, 3);
    const { suspects, findings } = rankSuspects({ baseline, incident: windowOf(repeat(12, silent)) });
    expect(suspects[0]?.service).toBe('price');
    const vanished = findings.find((finding) => finding.kind === 'order' && finding.change.kind === 'vanished');
    expect(vanished).toMatchObject({ service: 'price', lines: [{ text: 'INFO price of 3 items found' }, {}] });
  });

  test('an error that was as loud before is not blamed', () => {
    const noisy: Step[] = [...healthy, ['mail', 30, 'ERROR cannot reach the mail server']];
    const broken: Step[] = [...replace(noisy, 3, ['price', 14, 'WARN price of 3 items guessed'])];
    const { suspects } = rankSuspects({
      baseline: windowOf(repeat(40, noisy)),
      incident: windowOf(repeat(40, broken)),
    });
    expect(suspects[0]?.service).toBe('price');
    expect(suspects.find(({ service }) => service === 'mail')?.score ?? 0).toBeLessThan(1);
  });

  test.each([true, false])('the service that all calls are slow to is blamed (trace ids: %s)', (hasIds) => {
    const slow = healthy.map(([service, afterMs, text]): Step => [
      service,
      afterMs >= 10 ? afterMs + 900 : afterMs,
      text,
    ]);
    const { suspects, findings } = rankSuspects({
      baseline: windowOf(repeat(40, healthy), hasIds),
      incident: windowOf(repeat(12, slow), hasIds),
    });
    expect(suspects[0]?.service).toBe('price');
    expect(findings[0]).toMatchObject({ kind: 'calls', service: 'price' });
  });

  test('more requests of the same kinds are no finding', () => {
    const mixed = [...repeat(20, healthy), ...repeat(20, healthy.slice(0, 2))];
    const { findings } = rankSuspects({
      baseline: windowOf(mixed),
      incident: windowOf([...mixed, ...mixed, ...mixed]),
    });
    expect(findings).toEqual([]);
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
    const judge = (spans: CaseSpan[]) =>
      rankSuspects({
        baseline: { lines: [], spans: spansOf(1, 20), loads: [] },
        incident: { lines: [], spans, loads: [] },
      });
    expect(judge(spansOf(500, 20)).findings[0]).toMatchObject({ kind: 'calls', service: 'cart' });
    expect(judge(spansOf(1, 2000)).findings[0]).toMatchObject({ kind: 'processor', service: 'cart' });
  });

  test('a busy processor is a finding', () => {
    const loads = (percent: number) =>
      Array.from({ length: 10 }, (_, index) => ({ service: 'price', percent: percent + (index % 3) }));
    const { suspects, findings } = rankSuspects({
      baseline: { ...baseline, loads: loads(5) },
      incident: { ...windowOf(repeat(12, healthy)), loads: loads(95) },
    });
    expect(suspects[0]?.service).toBe('price');
    expect(findings[0]).toMatchObject({ kind: 'processor', service: 'price' });
  });

  test('nothing gives nothing', () => {
    const empty: CaseWindow = { lines: [], spans: [], loads: [] };
    expect(rankSuspects({ baseline: empty, incident: empty })).toEqual({ suspects: [], findings: [] });
    expect(rankSuspects({ baseline: empty, incident: windowOf([healthy]) }).findings).toEqual([]);
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
        const given = { baseline: windowOf(before, hasIds), incident: windowOf(during, hasIds) };
        const { suspects, findings } = rankSuspects(given);
        expect(rankSuspects(given)).toEqual({ suspects, findings });
        const known = new Set([...given.baseline.lines, ...given.incident.lines]);
        for (const finding of findings) {
          expect(Number.isFinite(finding.strength)).toBe(true);
          expect(finding.kind !== 'order' || finding.lines.every((line) => known.has(line))).toBe(true);
        }
      }),
      { numRuns: 60 }
    );
  });
});
