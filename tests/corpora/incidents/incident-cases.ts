// Cases made of the demo's shop: the same seed gives the same case.
import { createFingerprinter } from '@loghunter/engine/fingerprints';
import type { LogEntry } from '@loghunter/engine/records';
import { redact } from '@loghunter/engine/redaction';
import { identifyEntries, type EvidenceCase, type EvidenceWindow } from '@loghunter/engine/root-cause';
import { createRandom } from '../../../cli/demo/shop/random.ts';
import { generateShop } from '../../../cli/demo/shop/shop.ts';
import { applyFault, type Scenario } from './fault.ts';
import type { IncidentLine } from './incident-line.ts';

const minuteMs = 60_000;
const baselineMs = 16 * minuteMs;
const incidentMs = 8 * minuteMs;
/** The shop's own incident begins this long before the end of what it generates: everything earlier is healthy. */
const healthyBeforeEndMs = 54 * minuteMs;

/** Healthy lines of the shop, in order of time; made once for all scenarios of a seed. */
export function generateHealthyLines(seed: number): readonly IncidentLine[] {
  const startMs = Date.UTC(2026, 9, 5 + (seed % 5), 9 + (seed % 8), 0, 0);
  const stopMs = startMs + baselineMs + incidentMs;
  const lines: IncidentLine[] = [];
  for (const streams of generateShop({
    seed,
    endMs: stopMs + healthyBeforeEndMs,
    durationMs: baselineMs + incidentMs + healthyBeforeEndMs,
  })) {
    for (const { labels, entries } of streams) {
      const service = labels['service_name'] ?? '';
      lines.push(...entries.map(({ timestampNs, line }) => ({ service, labels, atNs: timestampNs, text: line })));
    }
    if (lines.some(({ atNs }) => Number(atNs / 1_000_000n) >= stopMs)) {
      break;
    }
  }
  return lines
    .filter(({ atNs }) => Number(atNs / 1_000_000n) < stopMs)
    .toSorted((a, b) => (a.atNs < b.atNs ? -1 : a.atNs > b.atNs ? 1 : 0));
}

/** A case: the fault begins one to three minutes after the incident window does. Null: nothing goes wrong. */
export function makeCase(healthy: readonly IncidentLine[], scenario: Scenario | null, seed: number): EvidenceCase {
  const startMs = Math.floor(Number((healthy[0]?.atNs ?? 0n) / 1_000_000n) / minuteMs) * minuteMs;
  const incidentFromMs = startMs + baselineMs;
  const onsetMs = incidentFromMs + createRandom(seed, 1).integer(minuteMs, 3 * minuteMs);
  const lines = scenario === null ? healthy : applyFault(healthy, scenario, onsetMs, seed);
  const entries = lines.map(
    ({ labels, atNs, text }): LogEntry => ({ labels, timestampNs: atNs, line: text, metadata: {} })
  );
  const events = identifyEntries(entries, createFingerprinter());
  const windowOf = (fromMs: number, toMs: number): EvidenceWindow => ({
    ...{ fromMs, toMs, spans: [], loads: [], readMs: toMs - fromMs, queries: ['{namespace=~".+"}'] },
    lines: events.filter(({ atMs }) => atMs >= fromMs && atMs < toMs),
  });
  return {
    subjectText: scenario?.name ?? 'a quiet time',
    service: '',
    baseline: windowOf(startMs, incidentFromMs),
    incident: windowOf(incidentFromMs, incidentFromMs + incidentMs),
    deploys: [],
    notLookedAt: [],
    redact,
    quote: redact,
    queryOf: (labels) => `{service_name="${labels['service_name'] ?? ''}"}`,
  };
}
