import { describe, expect, test } from 'vitest';
import { findDeploys } from './deploy-marks.ts';
import { toEvidenceLine, type EvidenceLine } from './evidence-case.ts';

const minuteMs = 60_000;
const stepMs = 5000;
const onsetMs = 30 * minuteMs;

function lineOf(atMs: number, labels: Readonly<Record<string, string>>): EvidenceLine {
  const entry = { labels, timestampNs: BigInt(atMs) * 1_000_000n, line: 'INFO page served', metadata: {} };
  return toEvidenceLine(
    { entries: [entry], text: entry.line },
    { service: 'web', namespace: '', level: 'info', clusterId: null, clusterKey: '', templateText: '' }
  );
}

/** Versions that labels show when a line every five seconds has these labels. */
function deploysOf(labelsAt: (atMs: number, count: number) => Readonly<Record<string, string>>) {
  const windowOf = (fromMs: number, toMs: number) => {
    const count = (toMs - fromMs) / stepMs;
    const lines = Array.from({ length: count }, (_, n) =>
      lineOf(fromMs + n * stepMs, labelsAt(fromMs + n * stepMs, n + fromMs / stepMs))
    );
    return { fromMs, toMs, lines, spans: [], loads: [], readMs: toMs - fromMs, queries: [] };
  };
  return findDeploys({
    ...{ subjectText: '', service: '', deploys: [], notLookedAt: [] },
    ...{ redact: (text: string) => text, quote: (text: string) => text, queryOf: () => '' },
    ...{ baseline: windowOf(0, onsetMs), incident: windowOf(onsetMs, 45 * minuteMs) },
  }).map(({ atMs, version }) => [atMs, version]);
}

describe('a version counts as deployed', () => {
  test('when it begins after others wrote alone, for all of the lines or a part of them', () => {
    expect(deploysOf((atMs) => ({ version: atMs < onsetMs ? 'v1' : 'v2' }))).toEqual([[onsetMs, 'v2']]);
    const canary = deploysOf((atMs, count) => ({ version: atMs >= onsetMs && count % 10 === 0 ? 'v2' : 'v1' }));
    expect(canary).toEqual([[onsetMs, 'v2']]);
  });

  test('not when it has written from the beginning', () => {
    expect(deploysOf((_, count) => ({ version: `v${count % 2}` }))).toEqual([]);
  });

  test('not when it writes so seldom that it may have been silent by chance', () => {
    expect(deploysOf((_, count) => ({ version: count % 200 === 150 ? 'v2' : 'v1' }))).toEqual([]);
  });
});

test('a label with many values is no version, and the next one is taken', () => {
  const customers = (_: number, count: number) => ({ release: `customer-${count % 150}` });
  expect(deploysOf(customers)).toEqual([]);
  const both = deploysOf((atMs, count) => ({ ...customers(atMs, count), image_tag: atMs < onsetMs ? '1' : '2' }));
  expect(both).toEqual([[onsetMs, '2']]);
});
