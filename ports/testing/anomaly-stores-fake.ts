import type {
  AnomalyEventRow,
  AnomalyStore,
  FeedbackRow,
  IncidentChange,
  IncidentRow,
  IncidentTraits,
  SuppressionRow,
} from '../anomaly-store.ts';
import type { MinuteRange } from '../cluster-store.ts';
import type { DeployRow, DeployStore } from '../deploy-store.ts';

interface TenantAnomalies {
  readonly incidents: Map<string, IncidentRow>;
  readonly events: Map<string, AnomalyEventRow>;
  readonly feedback: Array<FeedbackRow & { readonly eventId: string }>;
  readonly suppressions: Map<string, SuppressionRow>;
  readonly endedSuppressionIds: Set<string>;
  readonly changes: Array<IncidentChange & { readonly incidentId: string }>;
}

/** Anomaly events, incidents and what people say of them, in memory. */
export function createFakeAnomalyStore(nowMs: () => number = Date.now): AnomalyStore {
  const tenants = new Map<string, TenantAnomalies>();
  function of(tenantId: string): TenantAnomalies {
    const known = tenants.get(tenantId) ?? {
      ...{ incidents: new Map<string, IncidentRow>(), events: new Map<string, AnomalyEventRow>() },
      ...{
        changes: [],
        feedback: [],
        suppressions: new Map<string, SuppressionRow>(),
        endedSuppressionIds: new Set<string>(),
      },
    };
    tenants.set(tenantId, known);
    return known;
  }
  const byStart = <T extends { readonly startedAtMs: number; readonly id: string }>(rows: Iterable<T>, sign = 1) =>
    [...rows].toSorted((a, b) => sign * (a.startedAtMs - b.startedAtMs) || (a.id < b.id ? -1 : 1));
  /** The incident as its events make it. */
  function withState(tenantId: string, row: IncidentRow): IncidentRow {
    const own = [...of(tenantId).events.values()].filter(({ incidentId }) => incidentId === row.id);
    return { ...row, isWithdrawn: own.length > 0 && own.every(({ details }) => details['isWithdrawn'] === true) };
  }
  function changeIncidents(tenantId: string, ids: readonly string[], change: Partial<IncidentRow>): IncidentRow[] {
    const { incidents } = of(tenantId);
    return ids.flatMap((id) => {
      const row = incidents.get(id);
      if (row === undefined) {
        return [];
      }
      const changed = { ...row, ...change };
      incidents.set(id, changed);
      return [withState(tenantId, changed)];
    });
  }
  const incidentsOf = (tenantId: string) => [...of(tenantId).incidents.values()].map((row) => withState(tenantId, row));
  return {
    async listIncidents(tenantId, filter, { limit, offset }) {
      const found = byStart(incidentsOf(tenantId), -1).filter(
        (row) =>
          isOpenIn(row, filter.range) &&
          isWanted(row, filter) &&
          hasAny(filter.services, row.services) &&
          hasAny(filter.kinds, row.kinds) &&
          (filter.isWithdrawn === null || row.isWithdrawn === filter.isWithdrawn) &&
          hasTraits(row, filter)
      );
      return {
        incidents: found.slice(offset, offset + limit),
        totalCount: found.length,
        openCount: found.filter(({ endedAtMs }) => endedAtMs === null).length,
      };
    },
    getIncident: async (tenantId, id) => incidentsOf(tenantId).find((row) => row.id === id) ?? null,
    acknowledge: async (tenantId, ids, acknowledged) => changeIncidents(tenantId, ids, { acknowledged }),
    async assign(tenantId, ids, assignee) {
      const isOthers = (id: string) => {
        const owner = of(tenantId).incidents.get(id)?.assignee;
        return owner?.kind !== assignee?.kind || owner?.id !== assignee?.id;
      };
      return changeIncidents(tenantId, ids.filter(isOthers), { assignee });
    },
    async addIncidentChanges(tenantId, incidentIds, change) {
      const { changes } = of(tenantId);
      incidentIds.forEach((incidentId) => changes.push({ ...change, id: String(changes.length + 1), incidentId }));
    },
    listIncidentChanges: async (tenantId, id, limit) =>
      of(tenantId)
        .changes.filter(({ incidentId }) => incidentId === id)
        .map(({ incidentId: _, ...change }) => change)
        .toReversed()
        .slice(0, limit),
    async listEvents(tenantId, filter, { limit, offset, order }) {
      const found = byStart(of(tenantId).events.values(), order === 'asc' ? 1 : -1).filter(
        (row) =>
          isOpenIn(row, filter.range) &&
          isWanted(row, filter) &&
          hasAny(filter.services, [row.service]) &&
          hasAny(filter.kinds, [row.kind]) &&
          (filter.clusterId === null || row.clusterId === filter.clusterId) &&
          (row.suppressionId !== null) === filter.isSuppressed &&
          (filter.isWithdrawn === null || (row.details['isWithdrawn'] === true) === filter.isWithdrawn) &&
          (filter.incident === undefined ||
            hasTraits(of(tenantId).incidents.get(row.incidentId ?? ''), filter.incident))
      );
      return { events: found.slice(offset, offset + limit), totalCount: found.length };
    },
    getEvent: async (tenantId, id) => of(tenantId).events.get(id) ?? null,
    listEventsOf: async (tenantId, incidentId) =>
      byStart(of(tenantId).events.values()).filter((row) => row.incidentId === incidentId),
    listOpenEvents: async (tenantId) =>
      byStart(of(tenantId).events.values()).filter(({ endedAtMs }) => endedAtMs === null),
    lockRecentIncidents: async (tenantId, endedAfterMs) =>
      byStart(incidentsOf(tenantId)).filter(({ endedAtMs }) => endedAtMs === null || endedAtMs > endedAfterMs),
    async write(tenantId, { incidents, events }) {
      const own = of(tenantId);
      for (const row of incidents) {
        const { acknowledged = null, assignee = null } = own.incidents.get(row.id) ?? {};
        own.incidents.set(row.id, { ...row, acknowledged, assignee });
      }
      events.forEach((row) => own.events.set(row.id, row));
    },
    async addFeedback(tenantId, eventId, feedback) {
      of(tenantId).feedback.push({ ...feedback, eventId, atMs: nowMs() });
    },
    listFeedback: async (tenantId, eventId) =>
      of(tenantId)
        .feedback.filter((row) => row.eventId === eventId)
        .map(({ eventId: _, ...row }) => row),
    async createSuppression(tenantId, suppression) {
      const row = { ...suppression, id: crypto.randomUUID(), createdAtMs: nowMs(), heldBackCount: 0 };
      of(tenantId).suppressions.set(row.id, row);
      return row;
    },
    async listSuppressions(tenantId, atMs) {
      const { suppressions, events, endedSuppressionIds } = of(tenantId);
      return [...suppressions.values()]
        .filter(({ id, expiresAtMs }) => expiresAtMs > atMs && !endedSuppressionIds.has(id))
        .toReversed()
        .map((row) => ({
          ...row,
          heldBackCount: [...events.values()].filter(({ suppressionId }) => suppressionId === row.id).length,
        }));
    },
    async endSuppression(tenantId, id) {
      const { suppressions, endedSuppressionIds } = of(tenantId);
      const isThere = suppressions.has(id) && !endedSuppressionIds.has(id);
      endedSuppressionIds.add(id);
      return isThere;
    },
    async deleteEndedBefore(tenantId, cutMs, limit) {
      const { incidents, events, suppressions, changes } = of(tenantId);
      const isOld = ({ endedAtMs }: { readonly endedAtMs: number | null }) => endedAtMs !== null && endedAtMs < cutMs;
      const oldIncidents = [...incidents.values()].filter(isOld).slice(0, limit);
      const loose = [...events.values()].filter((row) => row.incidentId === null && isOld(row)).slice(0, limit);
      const expired = [...suppressions.values()].filter(({ expiresAtMs }) => expiresAtMs < cutMs).slice(0, limit);
      for (const { id } of oldIncidents) {
        incidents.delete(id);
        changes.splice(0, changes.length, ...changes.filter(({ incidentId }) => incidentId !== id));
        [...events.values()].filter((row) => row.incidentId === id).forEach((row) => events.delete(row.id));
      }
      loose.forEach(({ id }) => events.delete(id));
      expired.forEach(({ id }) => suppressions.delete(id));
      return oldIncidents.length + loose.length + expired.length;
    },
  };
}

function hasTraits(
  row: IncidentRow | undefined,
  { isAcknowledged, assigneeIds = [], text = '' }: IncidentTraits
): boolean {
  return (
    row !== undefined &&
    (isAcknowledged === null || (row.acknowledged !== null) === isAcknowledged) &&
    hasAny(assigneeIds, [row.assignee?.id ?? null]) &&
    row.title.toLowerCase().includes(text.toLowerCase())
  );
}

function isOpenIn(
  { startedAtMs, endedAtMs }: Pick<IncidentRow, 'startedAtMs' | 'endedAtMs'>,
  { fromMs, toMs }: MinuteRange
): boolean {
  return startedAtMs < toMs && (endedAtMs === null || endedAtMs >= fromMs);
}

function isWanted(
  row: Pick<IncidentRow, 'severity' | 'endedAtMs'>,
  { severities, isOpen }: { readonly severities: readonly number[]; readonly isOpen: boolean | null }
): boolean {
  return (
    (severities.length === 0 || severities.includes(row.severity)) &&
    (isOpen === null || (row.endedAtMs === null) === isOpen)
  );
}

function hasAny<T>(wanted: readonly T[], values: readonly T[]): boolean {
  return wanted.length === 0 || values.some((value) => wanted.includes(value));
}

/** Marks of deploys in memory. */
export function createFakeDeployStore(): DeployStore {
  const kept: Array<{ readonly tenantId: string; readonly deploy: DeployRow }> = [];
  const ofTenant = (tenantId: string) => kept.filter((row) => row.tenantId === tenantId).map(({ deploy }) => deploy);
  const keyOf = (deploy: Omit<DeployRow, 'id'>) =>
    JSON.stringify([deploy.service, deploy.namespace, deploy.version, deploy.deployedAtMs]);
  return {
    async create(tenantId, deploy) {
      const known = ofTenant(tenantId).find((row) => keyOf(row) === keyOf(deploy));
      if (known !== undefined) {
        return known;
      }
      const row = { ...deploy, id: crypto.randomUUID() };
      kept.push({ tenantId, deploy: row });
      return row;
    },
    get: async (tenantId, id) => ofTenant(tenantId).find((row) => row.id === id) ?? null,
    async list(tenantId, { range, services }, { limit, offset }) {
      const found = ofTenant(tenantId)
        .filter(({ deployedAtMs }) => deployedAtMs >= range.fromMs && deployedAtMs < range.toMs)
        .filter(({ service }) => services.length === 0 || services.includes(service))
        .toSorted((a, b) => b.deployedAtMs - a.deployedAtMs || (a.id < b.id ? -1 : 1));
      // As the SQL counts: beside the rows of the page.
      const page = found.slice(offset, offset + limit);
      return { deploys: page, totalCount: page.length === 0 ? 0 : found.length };
    },
    async deleteBefore(tenantId, cutMs, limit) {
      const old = kept.filter((row) => row.tenantId === tenantId && row.deploy.deployedAtMs < cutMs).slice(0, limit);
      const gone = new Set(old);
      kept.splice(0, kept.length, ...kept.filter((row) => !gone.has(row)));
      return old.length;
    },
  };
}
