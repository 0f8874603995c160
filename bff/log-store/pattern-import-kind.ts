// Takes over what Loki's own patterns say of the time before the ledger: since when a cluster's lines are known, and how many there were.
import {
  isPortError,
  type Clock,
  type ClusterRules,
  type ClusterStore,
  type CommentRow,
  type Ledger,
  type LogPattern,
  type LogStore,
  type MinuteRange,
  type WorkListStore,
} from '@loghunter/ports';
import type { ServiceSettings } from '@loghunter/engine/records';
import { serviceQuery } from '../anomalies/service-query.ts';
import { toNanosecondRange } from '../http/time-range.ts';
import { JobError, type JobKind, type JobRun } from '../jobs/job-kind.ts';
import type { OpenTenant } from '../tenants/open-tenants.ts';
import { placePattern } from './place-pattern.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** Asked about when nobody says since when. */
const usualMs = 7 * dayMs;
/** Comments of a cluster that are looked through for those of an import before. */
const maxComments = 500;
const maxTextLength = 2000;
/** Who says it, in a cluster's history. */
const actor: CommentRow['actor'] = { kind: 'log-store', id: 'loki-patterns', name: 'Loki' };

/** What importing needs. */
export interface PatternImportParts {
  readonly ledger: Ledger;
  readonly clusters: Pick<ClusterStore, 'listServices' | 'listSourceStreams'>;
  readonly clusterRules: Pick<ClusterRules, 'readClustersById'>;
  readonly workList: Pick<WorkListStore, 'listComments' | 'addComment' | 'hideComment'>;
  readonly services: ServiceSettings;
  readonly clock: Clock;
  readonly openTenant: (
    tenantId: string
  ) => Promise<Pick<OpenTenant, 'backgroundLogs' | 'sourceLogs' | 'identifier' | 'redaction'>>;
}

interface Found extends LogPattern {
  readonly clusterId: string;
}

/**
 * Asks each Loki of the tenant for the patterns of each service, a day a question, from `sinceMs` to the first minute of the ledger. What
 * belongs to a known cluster becomes an entry of that cluster's history; its counts are approximate and are added to no figure. Run again,
 * it replaces what it said before. Throws `JobError` when no Loki of the tenant keeps patterns.
 */
export function createPatternImportKind(parts: PatternImportParts): JobKind {
  return {
    name: 'pattern-import',
    role: 'admin',
    retryDelaysSeconds: [30, 300],
    async run(run) {
      const toMs = await readLedgerStart(parts.ledger, run.tenantId);
      const sinceMs = run.job.input['sinceMs'];
      const fromMs = Math.max(0, typeof sinceMs === 'number' ? sinceMs : toMs - usualMs);
      const tenant = await parts.openTenant(run.tenantId);
      await tenant.identifier.rules.refresh();
      const stores = [...(tenant.sourceLogs?.values() ?? [tenant.backgroundLogs])];
      const found = await findPatterns(parts, run, stores, tenant, { fromMs, toMs });
      const ids = [...new Set(found.map(({ clusterId }) => clusterId))];
      const known = new Set((await parts.clusterRules.readClustersById(run.tenantId, ids)).map(({ id }) => id));
      const matched = found.filter(({ clusterId }) => known.has(clusterId));
      const redactor = await tenant.redaction.open();
      for (const [clusterId, patterns] of Map.groupBy(matched, (pattern) => pattern.clusterId)) {
        run.signal.throwIfAborted();
        await say(
          parts,
          run.tenantId,
          clusterId,
          patterns.map((pattern) => redactor.sample(describe(pattern)))
        );
      }
      return { patternCount: found.length, matchedCount: matched.length, clusterCount: known.size };
    },
  };
}

async function readLedgerStart(ledger: Ledger, tenantId: string): Promise<number> {
  const starts = (await ledger.listWatches(tenantId)).flatMap(({ isRetired, readFromMs }) =>
    isRetired || readFromMs === null ? [] : [readFromMs]
  );
  if (starts.length === 0) {
    throw new JobError('Nothing has been read yet: there are no clusters to match patterns with.', {
      isRetryable: false,
    });
  }
  return Math.min(...starts);
}

async function findPatterns(
  parts: PatternImportParts,
  { tenantId, signal, report }: JobRun,
  stores: readonly LogStore[],
  { identifier }: Pick<OpenTenant, 'identifier'>,
  range: MinuteRange
): Promise<readonly Found[]> {
  const services = await parts.clusters.listServices(tenantId, []);
  const counted = { fromMs: range.toMs, toMs: Math.ceil(parts.clock.nowMs() / minuteMs) * minuteMs };
  const patterns: Found[] = [];
  for (const [index, service] of services.entries()) {
    report(index / services.length, `${service.service}: looking for Loki's patterns`);
    const source = { range: counted, services: [service.service], namespaces: [service.namespace] };
    const streams = await parts.clusters.listSourceStreams(tenantId, source, 1);
    const { expression } = serviceQuery(streams, parts.services, range);
    const [labels] = streams;
    for (let toMs = range.toMs; labels !== undefined && expression !== '' && toMs > range.fromMs; toMs -= dayMs) {
      signal.throwIfAborted();
      const day = { fromMs: Math.max(range.fromMs, toMs - dayMs), toMs };
      const answers = await askAll(stores, { selector: expression, ...toNanosecondRange(day), signal });
      patterns.push(
        ...answers.map((pattern) => ({ ...pattern, clusterId: placePattern(identifier, pattern, labels) }))
      );
    }
  }
  return addUp(patterns);
}

/** Of those that keep patterns; throws `JobError` when none does. */
async function askAll(
  stores: readonly LogStore[],
  request: Parameters<NonNullable<LogStore['listPatterns']>>[0]
): Promise<readonly LogPattern[]> {
  const answers = await Promise.all(
    stores.map((store) =>
      (store.listPatterns?.(request) ?? Promise.resolve(null)).catch((error: unknown) => {
        if (isPortError(error) && error.kind === 'not-supported') {
          return null;
        }
        throw error;
      })
    )
  );
  const kept = answers.filter((answer) => answer !== null);
  if (kept.length === 0) {
    throw new JobError('No log store of this tenant keeps patterns: in Loki, set pattern_ingester.enabled to true.', {
      isRetryable: false,
    });
  }
  return kept.flat();
}

/** One of each pattern of a cluster, whatever days and Lokis it is from. */
function addUp(patterns: readonly Found[]): readonly Found[] {
  const groups = Map.groupBy(patterns, ({ clusterId, text }) => JSON.stringify([clusterId, text]));
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [
          others.reduce(
            (sum, { lineCount, firstMs, lastMs }): Found => ({
              ...sum,
              lineCount: sum.lineCount + lineCount,
              firstMs: Math.min(sum.firstMs, firstMs),
              lastMs: Math.max(sum.lastMs, lastMs),
            }),
            first
          ),
        ]
  );
}

function describe({ text, lineCount, firstMs, lastMs }: LogPattern): string {
  const [first, last] = [firstMs, lastMs].map(
    (ms) => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`
  );
  return `Loki's own pattern has about ${lineCount} lines from before this ledger, ${first} to ${last}; they are in no figure here:\n${text.slice(0, maxTextLength)}`;
}

/** Makes these texts the ones that Loki says of a cluster. */
async function say(
  { workList, clock }: PatternImportParts,
  tenantId: string,
  clusterId: string,
  texts: readonly string[]
): Promise<void> {
  const said = (await workList.listComments(tenantId, clusterId, maxComments)).filter(
    (comment) => comment.actor.kind === actor.kind && comment.actor.id === actor.id
  );
  for (const { id } of said.filter(({ text }) => !texts.includes(text))) {
    await workList.hideComment(tenantId, id);
  }
  for (const text of texts.filter((candidate) => !said.some((comment) => comment.text === candidate))) {
    await workList.addComment(tenantId, { clusterId, text, actor, atMs: clock.nowMs() });
  }
}
