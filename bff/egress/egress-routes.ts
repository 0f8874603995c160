import type { EgressEntry, ModelProviderName, RequestOf, ResponseOf } from '@loghunter/contracts';
import type { Clock, EgressLedger, EgressRow } from '@loghunter/ports';
import { ProblemError } from '../http/problem-error.ts';
import { readInstant } from '../http/time-range.ts';
import { toUsd } from '../language-models/estimate-cost.ts';

/** What requests about what went out need. */
export interface EgressFeature {
  readonly tenantId: string;
  readonly egress: EgressLedger;
  readonly clock: Clock;
}

const defaultRangeMs = 30 * 86_400_000;

/** `GET /api/v1/egress` */
export async function listEgress(
  { tenantId, egress, clock }: EgressFeature,
  request: RequestOf<'listEgress'>
): Promise<ResponseOf<'listEgress'>> {
  // A call of this very millisecond belongs to what went out until now.
  const untilMs = request.until === undefined ? clock.nowMs() + 1 : readInstant(request.until, 'until');
  const sinceMs = request.since === undefined ? untilMs - defaultRangeMs : readInstant(request.since, 'since');
  const filter = {
    ...{ sinceMs, untilMs },
    ...(request.provider === undefined ? {} : { provider: request.provider }),
    ...(request.leftInstallation === undefined ? {} : { leftInstallation: request.leftInstallation === 'true' }),
  };
  const totals = await egress.readTotals(tenantId, filter);
  const entries = await egress.list(tenantId, { ...filter, limit: request.limit, offset: request.offset });
  return {
    since: new Date(sinceMs).toISOString(),
    until: new Date(untilMs).toISOString(),
    totals: totals.map(({ costMicrodollars, provider, ...total }) => ({
      ...total,
      provider: provider as ModelProviderName,
      costUsd: toUsd(costMicrodollars) ?? 0,
    })),
    leftInstallationCount: totals
      .filter(({ leftInstallation }) => leftInstallation)
      .reduce((sum, { callCount }) => sum + callCount, 0),
    entries: entries.map(presentEntry),
  };
}

/** `GET /api/v1/egress/{id}` */
export async function getEgressEntry(
  { tenantId, egress }: EgressFeature,
  { id }: RequestOf<'getEgressEntry'>
): Promise<ResponseOf<'getEgressEntry'>> {
  const found = await egress.get(tenantId, id);
  if (found === null) {
    throw new ProblemError('not-found', `There is no call ${id}.`);
  }
  return { entry: presentEntry(found.entry), text: found.text };
}

function presentEntry(row: EgressRow): EgressEntry {
  return {
    id: row.id,
    startedAt: new Date(row.startedAtMs).toISOString(),
    finishedAt: row.finishedAtMs === null ? null : new Date(row.finishedAtMs).toISOString(),
    purpose: row.purpose,
    outcome: row.outcome,
    // Rows are written by this server, with names of its own table.
    provider: row.provider as ModelProviderName,
    model: row.model,
    destination: row.destination,
    leftInstallation: row.leftInstallation,
    textHash: row.textHash,
    sizeBytes: row.sizeBytes,
    redactions: [...row.redactions],
    inputTokens: row.inputTokens,
    outputTokens: row.outputTokens,
    isEstimate: row.isEstimate,
    costUsd: toUsd(row.costMicrodollars),
    actor: row.actor.name,
    subjectId: row.subjectId,
  };
}
