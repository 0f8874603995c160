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
import type { PatternImportResult } from '@loghunter/contracts';
import type { ServiceSettings } from '@loghunter/engine/records';
import { serviceQuery } from '../anomalies/service-query.ts';
import { toNanosecondRange, toTimestamp } from '../http/time-range.ts';
import { JobError, type JobKind, type JobRun } from '../jobs/job-kind.ts';
import type { TextRedactor } from '../redaction/stored-text-redaction.ts';
import type { OpenTenant } from '../tenants/open-tenants.ts';
import { placePattern } from './place-pattern.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** Asked about when nobody says since when. */
const usualMs = 7 * dayMs;
const maxTextLength = 2000;
/** Who says it, in a cluster's history. */
const actor: CommentRow['actor'] = { kind: 'log-store', id: 'loki-patterns', name: 'Loki' };

/** What importing needs. */
export interface PatternImportParts {
  readonly ledger: Ledger;
  readonly clusters: Pick<ClusterStore, 'listServices' | 'listSourceStreams'>;
  readonly clusterRules: Pick<ClusterRules, 'readClustersById'>;
  readonly workList: Pick<WorkListStore, 'listCommentsBy' | 'addComment' | 'hideComment'>;
  readonly services: ServiceSettings;
  readonly clock: Clock;
  readonly openTenant: (
    tenantId: string
  ) => Promise<Pick<OpenTenant, 'backgroundLogs' | 'sourceLogs' | 'identifier' | 'redaction'>>;
}

interface Found extends LogPattern {
  readonly clusterId: string;
}

/** What the Lokis of a tenant said. */
interface Findings {
  readonly patterns: readonly Found[];
  /** Names of the sources that keep no patterns; the configuration's is the empty one. */
  readonly sourcesWithout: readonly string[];
}

/**
 * Asks each Loki of the tenant for the patterns of each service, a day a question, from `sinceMs` to the first minute of the ledger. What
 * belongs to a known cluster becomes an entry of that cluster's history; its counts are approximate and are added to no figure. Run again,
 * it replaces what it said before. The result is a `PatternImportResult`. Throws `JobError` when no Loki of the tenant keeps patterns.
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
      const stores = tenant.sourceLogs ?? new Map([['', tenant.backgroundLogs]]);
      const { patterns, sourcesWithout } = await findPatterns(parts, run, stores, tenant, { fromMs, toMs });
      const ids = [...new Set(patterns.map(({ clusterId }) => clusterId))];
      const known = new Set((await parts.clusterRules.readClustersById(run.tenantId, ids)).map(({ id }) => id));
      const matched = patterns.filter(({ clusterId }) => known.has(clusterId));
      await sayOfClusters(parts, run, await tenant.redaction.open(), matched);
      const oldestMs = patterns.reduce((oldest, { firstMs }) => Math.min(oldest, firstMs), Infinity);
      return {
        ...{ from: toTimestamp(fromMs), to: toTimestamp(toMs), patternCount: patterns.length },
        ...{ matchedCount: matched.length, clusterCount: known.size, sourcesWithout },
        oldestPatternAt: patterns.length === 0 ? null : toTimestamp(oldestMs),
      } satisfies PatternImportResult;
    },
  };
}

/** Makes these the entries that Loki has in the history of clusters. */
async function sayOfClusters(
  { workList, clock }: PatternImportParts,
  { tenantId, signal }: JobRun,
  redactor: TextRedactor,
  matched: readonly Found[]
): Promise<void> {
  const wanted = new Map(
    matched.map((pattern) => {
      const { clusterId } = pattern;
      const text = redactor.sample(describe(pattern));
      return [JSON.stringify([clusterId, text]), { clusterId, text }];
    })
  );
  for (const { id, clusterId, text } of await workList.listCommentsBy(tenantId, actor)) {
    signal.throwIfAborted();
    // Said before and still so; anything else is not any more, as of lines that have been read into the ledger since.
    if (!wanted.delete(JSON.stringify([clusterId, text]))) {
      await workList.hideComment(tenantId, id);
    }
  }
  for (const entry of wanted.values()) {
    signal.throwIfAborted();
    await workList.addComment(tenantId, { ...entry, actor, atMs: clock.nowMs() });
  }
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
  stores: ReadonlyMap<string, LogStore>,
  { identifier }: Pick<OpenTenant, 'identifier'>,
  range: MinuteRange
): Promise<Findings> {
  const services = await parts.clusters.listServices(tenantId, []);
  const counted = { fromMs: range.toMs, toMs: Math.ceil(parts.clock.nowMs() / minuteMs) * minuteMs };
  const patterns: Found[] = [];
  const without = new Set<string>();
  for (const [index, service] of services.entries()) {
    report(index / services.length, `${service.service}: looking for Loki's patterns`);
    const source = { range: counted, services: [service.service], namespaces: [service.namespace] };
    const streams = await parts.clusters.listSourceStreams(tenantId, source, 1);
    const { expression } = serviceQuery(streams, parts.services, range);
    const [labels] = streams;
    for (let toMs = range.toMs; labels !== undefined && expression !== '' && toMs > range.fromMs; toMs -= dayMs) {
      signal.throwIfAborted();
      const day = { fromMs: Math.max(range.fromMs, toMs - dayMs), toMs };
      const request = { selector: expression, ...toNanosecondRange(day), signal };
      for (const [name, store] of [...stores].filter(([name]) => !without.has(name))) {
        const found = await ask(store, request);
        patterns.push(...(found ?? []).map((each) => ({ ...each, clusterId: placePattern(identifier, each, labels) })));
        if (found === null) {
          without.add(name);
        }
      }
      if (without.size === stores.size) {
        throw new JobError(
          'No log store of this tenant keeps patterns: in Loki, set pattern_ingester.enabled to true.',
          { isRetryable: false }
        );
      }
    }
  }
  return { patterns: addUp(patterns), sourcesWithout: [...without] };
}

/** Null: this store keeps no patterns. */
async function ask(
  store: LogStore,
  request: Parameters<NonNullable<LogStore['listPatterns']>>[0]
): Promise<readonly LogPattern[] | null> {
  try {
    return (await store.listPatterns?.(request)) ?? null;
  } catch (error) {
    if (isPortError(error) && error.kind === 'not-supported') {
      return null;
    }
    throw error;
  }
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
