import type { InvestigationComment, PinnedLine, RequestOf, UnpinLineResponse } from '@loghunter/contracts';
import type { LogEntry } from '@loghunter/engine/records';
import { redactStreamLabels, unchangedLabels } from '@loghunter/engine/redaction';
import { lineHashOf } from '@loghunter/engine/root-cause';
import { ProblemError } from '../http/problem-error.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { queryOfStream, readLines } from '../root-cause/read-line.ts';
import { orNotFound, type RootCauseFeature } from '../root-cause/root-cause-feature.ts';
import { presentComment, presentLine } from './present-investigation.ts';
import { requireInvestigation } from './show-investigation.ts';

/** A page waits for it. */
const maxReadMs = 10_000;
/** Characters of a pinned line in the history. */
const maxEntryLength = 200;
const minuteMs = 60_000;

/** `POST /api/v1/investigations/{id}/lines`: copies the line as the log store has it, private values taken out. */
export async function pinLine(
  feature: RootCauseFeature,
  request: RequestOf<'pinLine'>,
  { principal, signal }: CallContext
): Promise<PinnedLine> {
  const { tenantId, investigations, identifier } = feature;
  const { id, labels, timestampNs, note } = request;
  const sought = readSought(request);
  // Before the database is asked for anything, so that no transaction waits for the log store.
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(maxReadMs)]);
  const entries = await readLines(feature.logs, labels, BigInt(timestampNs), bounded);
  await requireInvestigation(feature, id);
  const entry = entries.find(sought);
  if (entry === undefined) {
    throw new ProblemError('not-found', 'The log store has no such line; it may be older than what is kept.');
  }
  await identifier.rules.refresh();
  const known = identifier.identify({ entries: [entry], text: entry.line });
  const clusterId = await findCluster(feature, identifier.canonicalIdOf(known), entry);
  const redactor = await feature.redaction.open();
  const shown = redactStreamLabels(entry.labels, redactor.sample);
  const line = await investigations.pinLine(tenantId, id, {
    ...{ timestampNs: entry.timestampNs, service: known.service, level: known.level },
    ...{ text: redactor.sample(entry.line), labels: shown, hash: lineHashOf(entry) },
    ...{ query: queryOfStream(unchangedLabels(entry.labels, shown)), clusterId },
    ...{ note: note ?? '', pinnedBy: principal.actor },
  });
  await feature.redaction.keepCounts(redactor);
  if (clusterId !== null) {
    await investigations.addClusters(tenantId, id, [clusterId]);
  }
  const text = `${known.service}: ${line.text.slice(0, maxEntryLength)}`;
  await investigations.addEntry(tenantId, id, { kind: 'pinned', text, actor: principal.actor });
  return presentLine(line);
}

function readSought({ hash, text }: Pick<RequestOf<'pinLine'>, 'hash' | 'text'>): (entry: LogEntry) => boolean {
  if (hash !== undefined) {
    return (entry) => lineHashOf(entry) === hash;
  }
  if (text === undefined) {
    const message = 'is needed, or text';
    throw new ProblemError('invalid-request', `body.hash: ${message}`, { errors: [{ path: 'body.hash', message }] });
  }
  return (entry) => entry.line === text;
}

/** The line's cluster when it is stored: a line of a stack trace is no cluster of its own. */
async function findCluster(feature: RootCauseFeature, clusterId: string, entry: LogEntry): Promise<string | null> {
  const fromMs = Math.floor(Number(entry.timestampNs / 1_000_000n) / minuteMs) * minuteMs;
  const range = { fromMs, toMs: fromMs + minuteMs };
  return (await feature.clusters.getCluster(feature.tenantId, clusterId, range, 1))?.id ?? null;
}

/** `DELETE /api/v1/investigations/{id}/lines/{lineId}` */
export async function unpinLine(
  feature: RootCauseFeature,
  { id, lineId }: RequestOf<'unpinLine'>
): Promise<UnpinLineResponse> {
  await requireInvestigation(feature, id);
  orNotFound('pinned line', lineId, (await feature.investigations.unpinLine(feature.tenantId, id, lineId)) || null);
  return { id: lineId };
}

/** `POST /api/v1/investigations/{id}/comments` */
export async function addComment(
  feature: RootCauseFeature,
  { id, text }: RequestOf<'addComment'>,
  { principal }: CallContext
): Promise<InvestigationComment> {
  await requireInvestigation(feature, id);
  const entry = { kind: 'comment', text, actor: principal.actor } as const;
  return presentComment(await feature.investigations.addEntry(feature.tenantId, id, entry));
}
