import { describe, expect, test } from 'vitest';
import { buildEvidence } from './build-evidence.ts';
import { describeEvidence } from './describe-evidence.ts';
import { toEvidenceLine, type EvidenceLine } from './evidence-case.ts';
import type { EvidencePack } from './evidence-pack.ts';
import { withoutLines } from './pack-without-lines.ts';

const minuteMs = 60_000;

function lineOf(service: string, atMs: number, line: string, level: 'info' | 'error' = 'info'): EvidenceLine {
  const entry = { labels: { service_name: service }, timestampNs: BigInt(atMs) * 1_000_000n, line, metadata: {} };
  return toEvidenceLine(
    { entries: [entry], text: line },
    { service, namespace: '', level, clusterId: null, clusterKey: line, templateText: line }
  );
}

type Writer = (atMs: number) => readonly EvidenceLine[];

const calm: Writer = (atMs) => [lineOf('web', atMs, 'page served'), lineOf('cart', atMs + 5, 'cart read')];
/** Carts are locked all the time, and a page is broken now and then. */
const failing: Writer = (atMs) => [
  ...calm(atMs),
  lineOf('cart', atMs + 7, 'ERROR cart is locked by an intruder', 'error'),
  ...(atMs % minuteMs === 0 ? [lineOf('web', atMs + 900, 'ERROR page is broken', 'error')] : []),
];

function packOf(during: Writer): EvidencePack {
  const windowOf = (fromMs: number, toMs: number, write: Writer) => {
    const moments = Array.from({ length: (toMs - fromMs) / 5000 }, (_, n) => fromMs + n * 5000);
    return { fromMs, toMs, lines: moments.flatMap(write), spans: [], loads: [], readMs: toMs - fromMs, queries: [] };
  };
  return buildEvidence({
    ...{ subjectText: 'a test', service: '', deploys: [], notLookedAt: [] },
    ...{ baseline: windowOf(0, 30 * minuteMs, calm), incident: windowOf(30 * minuteMs, 45 * minuteMs, during) },
    ...{ redact: (text: string) => text, quote: (text: string) => text, queryOf: () => '' },
  });
}

const pack = packOf(failing);
const linesOf = (service: string) => new Set(pack.lines.filter((line) => line.service === service).map(({ id }) => id));

describe('a pack without lines that are not so', () => {
  test('names nobody when nothing is left of its first suspect, and says nothing that rested on them', () => {
    expect([pack.verdict, pack.summary.suspect]).toEqual(['likely', 'cart']);
    const rest = withoutLines(pack, linesOf('cart'));
    expect([rest.verdict, rest.confidence, rest.summary.suspect]).toEqual(['inconclusive', 0.1, null]);
    expect(rest.suspects.map(({ rank, service }) => [rank, service])).toEqual([[1, 'web']]);
    expect(describeEvidence({ ...rest, comparison: [] })).not.toMatch(/intruder|cart/);
    expect(rest.timeline.onset).toBe(pack.timeline.entries.find(isDeviationOf('web'))?.at);
    expect(rest.propagation.services).toContainEqual({ service: 'cart', role: 'unaffected', firstDeviationAt: null });
  });

  test('is less sure when a part of what is held against its first suspect is left', () => {
    const [strongest, ...others] = pack.findings.filter(({ service }) => service === 'cart');
    const kept = new Set(others.flatMap(({ lineIds }) => lineIds));
    const gone = new Set(strongest?.lineIds.filter((id) => !kept.has(id)));
    const rest = withoutLines(pack, gone);
    expect(rest.findings.map(({ id }) => id)).not.toContain(strongest?.id);
    expect(rest.confidence).toBeLessThan(pack.confidence);
    expect(rest.summary.lines[0]).toContain(rest.confidence.toFixed(2));
    const known = new Set(rest.findings.map(({ statement }) => statement));
    expect(rest.suspects[0]).toMatchObject({ service: 'cart', isFirst: false });
    expect(rest.suspects[0]?.reasons.every((reason) => known.has(reason))).toBe(true);
  });

  test('keeps its verdict when they speak against others', () => {
    const rest = withoutLines(pack, linesOf('web'));
    expect(rest.suspects.map(({ service }) => service)).toEqual(['cart']);
    expect([rest.verdict, rest.confidence, rest.summary]).toEqual([pack.verdict, pack.confidence, pack.summary]);
    expect(rest.timeline.onset).toBe(pack.timeline.onset);
  });

  test('is the same without these lines when each finding has others', () => {
    const [line] = pack.lines.filter(
      ({ findingId }) => pack.lines.filter((one) => one.findingId === findingId).length > 1
    );
    const rest = withoutLines(pack, new Set([line?.id ?? '']));
    expect(rest.lines).toHaveLength(pack.lines.length - 1);
    expect({ ...rest, lines: [], findings: [] }).toEqual({ ...pack, lines: [], findings: [] });
  });
});

function isDeviationOf(name: string) {
  return ({ kind, service }: EvidencePack['timeline']['entries'][number]) => kind === 'deviation' && service === name;
}
