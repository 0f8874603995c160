import { expect } from 'vitest';
import type { AnalysisResult, AnalysisStore, NewAnalysis } from '../analysis-store.ts';
import type { InvestigationStore, NewInvestigation, NewPinnedLine } from '../investigation-store.ts';
import type { JobStore } from '../job-store.ts';
import type { ContractCase } from './contract-case.ts';

/** The stores of root causes over one database. */
export interface RootCauseStoresUnderTest {
  readonly analyses: AnalysisStore;
  readonly investigations: InvestigationStore;
  readonly jobs: Pick<JobStore, 'create' | 'requestCancel'>;
  /** Makes a tenant and returns its id. */
  createTenant(): Promise<string>;
}

const actor = { kind: 'user', id: 'user:1', name: 'Ada' };
const schedule = { kind: 'schedule', id: 'analysis-schedule', name: 'the schedule' };
const atMs = Date.UTC(2026, 10, 20, 10);
const window = { fromMs: atMs, toMs: atMs + 600_000 };
const [clusterA, clusterB, clusterC] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()] as const;
const page = { limit: 10, offset: 0 };

/** An analysis to begin, with the given differences. */
export function aNewAnalysis(changes: Partial<NewAnalysis> = {}): NewAnalysis {
  return {
    ...{ jobId: crypto.randomUUID(), subject: { kind: 'service', service: 'checkout' }, service: 'checkout' },
    ...{ subjectText: 'service checkout', incident: window, createdBy: actor },
    baseline: { fromMs: atMs - 3_600_000, toMs: atMs },
    ...changes,
  };
}

/** What an analysis came to, with the given differences. */
export function anAnalysisResult(changes: Partial<AnalysisResult> = {}): AnalysisResult {
  return {
    ...{ pack: { version: 1, text: 'secret' }, packHash: 'a'.repeat(64), verdict: 'likely', confidence: 0.625 },
    ...{ suspect: 'payments', clusterIds: [clusterA] },
    ...changes,
  };
}

function anInvestigation(changes: Partial<NewInvestigation> = {}): NewInvestigation {
  return {
    ...{ title: 'Checkout is slow', range: window, services: ['checkout'], clusterIds: [clusterA], incidentId: null },
    createdBy: actor,
    ...changes,
  };
}

function aLine(changes: Partial<NewPinnedLine> = {}): NewPinnedLine {
  return {
    ...{ timestampNs: BigInt(atMs) * 1_000_000n + 1n, service: 'checkout', level: 'error', text: 'a secret failed' },
    ...{ labels: { app: 'checkout' }, hash: 'b'.repeat(32), query: '{app="checkout"}', clusterId: null, note: '' },
    pinnedBy: actor,
    ...changes,
  };
}

const job = (input: Readonly<Record<string, unknown>>) => ({
  ...{ kind: 'analysis', input, actor, requestId: 'request', webhookId: null },
});

const analysisCases: ReadonlyArray<ContractCase<RootCauseStoresUnderTest>> = [
  {
    title: 'an analysis is as its job is, and succeeded once it has a result',
    async run({ analyses, jobs, createTenant }) {
      const tenantId = await createTenant();
      const { job: made } = await jobs.create(tenantId, job({ service: 'checkout' }));
      const begun = await analyses.create(tenantId, aNewAnalysis({ jobId: made.id }));
      expect(begun).toMatchObject({ ...aNewAnalysis({ jobId: made.id }), status: 'queued', result: null });
      expect((await analyses.create(tenantId, aNewAnalysis({ jobId: made.id }))).id).toBe(begun.id);
      expect((await analyses.getByJob(tenantId, made.id))?.id).toBe(begun.id);
      await analyses.keepResult(tenantId, begun.id, anAnalysisResult());
      expect(await analyses.get(tenantId, begun.id)).toMatchObject({ status: 'succeeded', progress: 1 });
      await analyses.keepResult(tenantId, begun.id, anAnalysisResult({ suspect: null, verdict: 'inconclusive' }));
      const row = await analyses.get(tenantId, begun.id);
      expect(row?.result).toEqual(anAnalysisResult({ suspect: null, verdict: 'inconclusive' }));
    },
  },
  {
    title: 'an analysis whose job was cancelled or is gone has not succeeded',
    async run({ analyses, jobs, createTenant }) {
      const tenantId = await createTenant();
      const { job: made } = await jobs.create(tenantId, job({ service: 'cart' }));
      const { id } = await analyses.create(tenantId, aNewAnalysis({ jobId: made.id }));
      await jobs.requestCancel(tenantId, made.id);
      expect((await analyses.get(tenantId, id))?.status).toBe('cancelled');
      const lost = await analyses.create(tenantId, aNewAnalysis());
      expect(lost).toMatchObject({ status: 'failed', progress: 0 });
    },
  },
  {
    title: 'analyses are listed by subject, service and suspect, the newest first, of the own tenant alone',
    async run({ analyses, createTenant }) {
      const [tenantId, other] = [await createTenant(), await createTenant()];
      const incidentId = crypto.randomUUID();
      const first = await analyses.create(tenantId, aNewAnalysis({ subject: { kind: 'incident', id: incidentId } }));
      const second = await analyses.create(tenantId, aNewAnalysis({ service: 'cart' }));
      await analyses.keepResult(tenantId, second.id, anAnalysisResult({ suspect: 'redis' }));
      const idsOf = async (filter: object) =>
        (await analyses.list(tenantId, { ...page, ...filter })).analyses.map(({ id }) => id);
      expect(await idsOf({})).toEqual([second.id, first.id]);
      expect(await idsOf({ subjectKind: 'incident', subjectId: incidentId })).toEqual([first.id]);
      expect([await idsOf({ service: 'redis' }), await idsOf({ service: 'cart' })]).toEqual([[second.id], [second.id]]);
      expect((await analyses.list(tenantId, { limit: 1, offset: 1 })).totalCount).toBe(2);
      expect(await analyses.list(other, page)).toEqual({ analyses: [], totalCount: 0 });
      expect(await analyses.get(other, first.id)).toBeNull();
      expect(await analyses.getAll(tenantId, [first.id, crypto.randomUUID()])).toHaveLength(1);
    },
  },
  {
    title: 'analyses that an investigation has are kept, others go when they are old',
    async run({ analyses, investigations, createTenant }) {
      const tenantId = await createTenant();
      const kept = await analyses.create(tenantId, aNewAnalysis());
      const gone = await analyses.create(tenantId, aNewAnalysis());
      const { id } = await investigations.create(tenantId, anInvestigation());
      await investigations.attachAnalysis(tenantId, id, kept.id);
      await investigations.attachAnalysis(tenantId, id, kept.id);
      expect(await investigations.listAnalysisIds(tenantId, id)).toEqual([kept.id]);
      expect(await analyses.deleteBefore(tenantId, Date.now() + 60_000, 10)).toBe(1);
      expect(await analyses.get(tenantId, gone.id)).toBeNull();
      expect(await analyses.get(tenantId, kept.id)).not.toBeNull();
    },
  },
  {
    title: 'new rules of redaction rewrite packs and pinned lines, and leave their hashes',
    async run({ analyses, investigations, createTenant }) {
      const tenantId = await createTenant();
      const analysis = await analyses.create(tenantId, aNewAnalysis());
      await analyses.keepResult(tenantId, analysis.id, anAnalysisResult());
      const { id } = await investigations.create(tenantId, anInvestigation());
      await investigations.pinLine(tenantId, id, aLine());
      const rewriter = { sample: (text: string) => text.replaceAll('secret', '<secret>') };
      expect(await analyses.rewriteTexts(tenantId, rewriter)).toBe(1);
      expect(await investigations.rewriteTexts(tenantId, rewriter)).toBe(1);
      const row = await analyses.get(tenantId, analysis.id);
      expect(row?.result).toMatchObject({ pack: { version: 1, text: '<secret>' }, packHash: 'a'.repeat(64) });
      const [line] = await investigations.listLines(tenantId, id);
      expect(line).toMatchObject({ text: 'a <secret> failed', hash: 'b'.repeat(32) });
    },
  },
];

const investigationCases: ReadonlyArray<ContractCase<RootCauseStoresUnderTest>> = [
  {
    title: 'an investigation is changed in part, and knows when it was resolved',
    async run({ investigations, createTenant }) {
      const tenantId = await createTenant();
      const made = await investigations.create(tenantId, anInvestigation());
      expect(made).toMatchObject({ ...anInvestigation(), state: 'open', resolution: '', suspect: null });
      const resolved = await investigations.change(tenantId, made.id, { state: 'resolved', resolution: 'A new pool' });
      expect(resolved).toMatchObject({ title: made.title, state: 'resolved', resolution: 'A new pool' });
      expect(resolved?.resolvedAtMs).toBeGreaterThan(0);
      expect((await investigations.change(tenantId, made.id, { state: 'open' }))?.resolvedAtMs).toBeNull();
      expect(await investigations.change(tenantId, crypto.randomUUID(), { state: 'open' })).toBeNull();
      expect(await investigations.change(await createTenant(), made.id, { state: 'open' })).toBeNull();
    },
  },
  {
    title: 'an incident gets one investigation by itself, of however many calls at the same time',
    async run({ investigations, createTenant }) {
      const tenantId = await createTenant();
      const incidentId = crypto.randomUUID();
      const wanted = { ...anInvestigation({ createdBy: schedule }), incidentId };
      const opened = await Promise.all(
        Array.from({ length: 5 }, () => investigations.openForIncident(tenantId, wanted))
      );
      expect(opened.filter(({ isNew }) => isNew)).toHaveLength(1);
      expect(new Set(opened.map(({ investigation }) => investigation.id)).size).toBe(1);
      expect((await investigations.list(tenantId, { ...page, incidentId })).totalCount).toBe(1);
      // People begin as many as they want.
      await investigations.create(tenantId, anInvestigation({ incidentId }));
      expect((await investigations.list(tenantId, { ...page, incidentId })).totalCount).toBe(2);
    },
  },
  {
    title: 'an incident that people investigate already gets none by itself',
    async run({ investigations, createTenant }) {
      const tenantId = await createTenant();
      const incidentId = crypto.randomUUID();
      const own = await investigations.create(tenantId, anInvestigation({ incidentId }));
      const wanted = { ...anInvestigation({ createdBy: schedule }), incidentId };
      const { isNew, investigation } = await investigations.openForIncident(tenantId, wanted);
      expect([isNew, investigation.id]).toEqual([false, own.id]);
    },
  },
  {
    title: 'investigations are found by state, words, cluster and incident, the last changed first',
    async run({ investigations, createTenant }) {
      const tenantId = await createTenant();
      const first = await investigations.create(tenantId, anInvestigation({ title: 'Disk full' }));
      const second = await investigations.create(tenantId, anInvestigation({ clusterIds: [clusterB] }));
      await investigations.change(tenantId, first.id, { state: 'mitigated', resolution: 'More space' });
      const idsOf = async (filter: object) =>
        (await investigations.list(tenantId, { ...page, ...filter })).investigations.map(({ id }) => id);
      expect(await idsOf({})).toEqual([first.id, second.id]);
      expect(await idsOf({ state: 'mitigated' })).toEqual([first.id]);
      expect([await idsOf({ text: 'dISK' }), await idsOf({ text: 'more sp' })]).toEqual([[first.id], [first.id]]);
      expect(await idsOf({ clusterId: clusterB })).toEqual([second.id]);
      expect(await investigations.get(await createTenant(), first.id)).toBeNull();
    },
  },
  {
    title: 'a line is pinned once, in order of its time, to the nanosecond',
    async run({ investigations, createTenant }) {
      const tenantId = await createTenant();
      const { id } = await investigations.create(tenantId, anInvestigation());
      await investigations.pinLine(tenantId, id, aLine());
      const again = await investigations.pinLine(tenantId, id, aLine({ note: 'look here' }));
      const earlier = aLine({ timestampNs: BigInt(atMs) * 1_000_000n, hash: 'c'.repeat(32) });
      await investigations.pinLine(tenantId, id, earlier);
      const lines = await investigations.listLines(tenantId, id);
      expect(lines.map(({ timestampNs, note }) => [timestampNs - BigInt(atMs) * 1_000_000n, note])).toEqual([
        [0n, ''],
        [1n, 'look here'],
      ]);
      expect(await investigations.unpinLine(tenantId, id, again.id)).toBe(true);
      expect(await investigations.unpinLine(tenantId, id, again.id)).toBe(false);
    },
  },
  {
    title: 'the history keeps its order, and clusters are there once',
    async run({ investigations, createTenant }) {
      const tenantId = await createTenant();
      const { id } = await investigations.create(tenantId, anInvestigation());
      await investigations.addEntry(tenantId, id, { kind: 'created', text: 'begun', actor });
      await investigations.addEntry(tenantId, id, { kind: 'comment', text: 'restarted', actor });
      expect((await investigations.listEntries(tenantId, id)).map(({ text }) => text)).toEqual(['begun', 'restarted']);
      await investigations.addClusters(tenantId, id, [clusterA, clusterB, clusterB]);
      expect((await investigations.get(tenantId, id))?.clusterIds).toEqual([clusterA, clusterB].toSorted());
    },
  },
  {
    title: 'an investigation has the suspect and the clusters of an analysis that ended after it was attached',
    async run({ analyses, investigations, createTenant }) {
      const tenantId = await createTenant();
      const { id } = await investigations.create(tenantId, anInvestigation({ clusterIds: [] }));
      const analysis = await analyses.create(tenantId, aNewAnalysis());
      await investigations.attachAnalysis(tenantId, id, analysis.id);
      expect(await investigations.get(tenantId, id)).toMatchObject({ suspect: null, clusterIds: [] });
      await analyses.keepResult(tenantId, analysis.id, anAnalysisResult());
      expect(await investigations.get(tenantId, id)).toMatchObject({ suspect: 'payments', clusterIds: [clusterA] });
    },
  },
  {
    title: 'similar are those with the largest part of clusters in common',
    async run({ investigations, createTenant }) {
      const tenantId = await createTenant();
      const create = (clusterIds: readonly string[]) =>
        investigations.create(tenantId, anInvestigation({ clusterIds }));
      const own = await create([clusterA, clusterB]);
      const some = await create([clusterA, clusterC]);
      const same = await create([clusterA, clusterB]);
      await create([clusterC]);
      const similar = await investigations.listSimilar(tenantId, own.id, 10);
      expect(similar.map(({ investigation, unionCount }) => [investigation.id, unionCount])).toEqual([
        [same.id, 2],
        [some.id, 3],
      ]);
      expect(similar[1]?.commonClusterIds).toEqual([clusterA]);
      expect(await investigations.listSimilar(tenantId, own.id, 1)).toHaveLength(1);
    },
  },
];

/** What stores of analyses and investigations do. */
export const rootCauseStoreCases = [...analysisCases, ...investigationCases];
