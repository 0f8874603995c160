// A finished analysis, as the job of analyses leaves it.
import { createHash } from 'node:crypto';
import type { EvidencePack } from '@loghunter/contracts';
import type { AnalysisStore } from '@loghunter/ports';

type Finding = EvidencePack['findings'][number];
type QuotedLine = EvidencePack['lines'][number];

const from = '2026-10-05T09:50:00.000Z';
const onset = '2026-10-05T10:02:10.000Z';
const to = '2026-10-05T10:20:00.000Z';

/** A finding of payments, with the given differences. */
export function aFinding(changes: Partial<Finding> = {}): Finding {
  return {
    ...{ id: 'F1', channel: 'errors', kind: 'new-error', service: 'payments', surprise: 12 },
    statement: 'payments writes an error that was not there before: pool of connections is exhausted',
    ...{ baseline: '0 a minute', incident: '42 a minute', firstAt: onset, clusterId: null, lineIds: ['L1'], query: '' },
    ...changes,
  };
}

/** A line of that finding, with the given differences. */
export function aQuotedLine(changes: Partial<QuotedLine> = {}): QuotedLine {
  return {
    ...{ id: 'L1', findingId: 'F1', window: 'incident', service: 'payments', namespace: '', level: 'error' },
    ...{
      at: onset,
      timestampNs: `${Date.parse(onset)}000000`,
      labels: { service_name: 'payments', pod: 'payments-1' },
    },
    text: 'ERROR pool exhausted: 20 of 20 connections to 10.0.0.7:5432 in use, waited 5000 ms',
    ...{ hash: '0'.repeat(32), query: '{service_name="payments"}' },
    ...changes,
  };
}

/** A pack that suspects payments, with the given differences. */
export function aPack(changes: Partial<EvidencePack> = {}): EvidencePack {
  const window = { lineCount: 1000, isComplete: true, readShare: 1, queries: ['{service_name=~".+"}'] };
  return {
    ...{ version: 1, subjectText: 'service checkout', verdict: 'likely', confidence: 0.7, confidenceReasons: [] },
    summary: {
      ...{ suspect: 'payments', since: onset, evidenceCount: 2, nextStep: 'Look at the connections of payments.' },
      lines: [
        'The cause is likely.',
        'It is payments.',
        'It began at 10:02.',
        'Two findings speak for it.',
        'Look at the connections of payments.',
      ],
    },
    windows: {
      baseline: { range: { from, to: onset }, ...window },
      incident: { range: { from: onset, to }, ...window },
    },
    suspects: [
      {
        ...{ rank: 1, service: 'payments', score: 0.8, reasons: ['its pool of connections is exhausted'] },
        ...{ channels: [{ channel: 'errors', surprise: 12 }], findingIds: ['F1'], isFirst: true },
      },
      {
        ...{ rank: 2, service: 'checkout', score: 0.2, reasons: ['its calls take longer'], isFirst: false },
        ...{ channels: [{ channel: 'calls', surprise: 5 }], findingIds: ['F2'] },
      },
    ],
    findings: [
      aFinding(),
      aFinding({
        ...{ id: 'F2', channel: 'calls', kind: 'slow-calls', service: 'checkout', surprise: 5, lineIds: ['L2'] },
        ...{ statement: 'calls of checkout to payments take longer', baseline: '20 ms', incident: '5100 ms' },
      }),
    ],
    lines: [
      aQuotedLine(),
      aQuotedLine({
        ...{ id: 'L2', findingId: 'F2', service: 'checkout', labels: { service_name: 'checkout' } },
        text: 'WARN payment of order 4711 by alice@example.com took 5100 ms',
      }),
    ],
    timeline: { onset, firstBadClusterId: null, entries: [] },
    propagation: {
      ...{ basis: 'traces', weakness: '', edges: [{ from: 'checkout', to: 'payments', count: 50, affectedCount: 42 }] },
      services: [
        { service: 'payments', role: 'origin', firstDeviationAt: onset },
        { service: 'checkout', role: 'affected', firstDeviationAt: onset },
      ],
    },
    ...{ comparison: [], concentration: [], deploys: [] },
    ruledOut: [{ what: 'cart', why: 'its errors were there before' }],
    notLookedAt: [{ what: 'metrics', why: 'none are configured' }],
    ...{ droppedFindingCount: 0, estimatedTokens: 500 },
    ...changes,
  };
}

/** Keeps a finished analysis with this pack and returns its id. */
export async function plantAnalysis(analyses: AnalysisStore, tenantId: string, pack = aPack()): Promise<string> {
  const { id } = await analyses.create(tenantId, {
    ...{ jobId: crypto.randomUUID(), subject: { kind: 'service', service: 'checkout' }, service: 'checkout' },
    subjectText: pack.subjectText,
    ...{ incident: { fromMs: Date.parse(onset), toMs: Date.parse(to) } },
    ...{ baseline: { fromMs: Date.parse(from), toMs: Date.parse(onset) } },
    createdBy: { kind: 'user', id: 'user:1', name: 'Ada' },
  });
  const packHash = createHash('sha256').update(JSON.stringify(pack)).digest('hex');
  await analyses.keepResult(tenantId, id, {
    ...{ pack: { ...pack }, packHash, verdict: pack.verdict, confidence: pack.confidence },
    ...{ suspect: pack.summary.suspect, clusterIds: [] },
  });
  return id;
}
