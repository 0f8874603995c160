import { PortError } from '../errors.ts';
import type {
  CommentRow,
  OwnerRuleRow,
  WorkChange,
  WorkChangeOrigin,
  WorkListStore,
  WrittenWorkChange,
} from '../work-list-store.ts';
import { canonicalIdOf } from './ledger-fake-state.ts';
import type { FakeState, FakeTenant } from './ledger-fake-state.ts';
import { allListed, eventsOf, isDue, listedOf, listMembers, rateOf, waitsForRate } from './work-list-fake-figures.ts';

const minuteMs = 60_000;

/** The work list of `createFakeStores`: its figures are counted anew from the minutes. Nothing is locked: tests make one call at a time. */
export function createFakeWorkListStore(state: FakeState): WorkListStore {
  const noTenant = new Map<string, never>();
  const tenantOf = (tenantId: string): FakeTenant => {
    const tenant = state.tenants.get(tenantId);
    if (tenant === undefined) {
      throw new PortError({ system: 'pglite', kind: 'rejected', message: `There is no tenant ${tenantId}` });
    }
    return tenant;
  };
  const canonicalOf = (tenantId: string, id: string) => canonicalIdOf(tenantOf(tenantId), id);
  const workOf = (tenantId: string) => tenantOf(tenantId).workList;
  function isShown(tenantId: string, { id }: { readonly id: string }): boolean {
    return !workOf(tenantId).hiddenAtMs.has(id);
  }
  return {
    async lock(tenantId, clusterIds, initial) {
      const tenant = tenantOf(tenantId);
      const ids = [...new Set(clusterIds.map((id) => canonicalIdOf(tenant, id)))].sort();
      for (const id of ids) {
        if (initial !== null && tenant.clusters.has(id) && !tenant.workList.work.has(id)) {
          tenant.workList.work.set(id, { current: { work: initial, assignee: null }, revision: 1 });
        }
      }
      return ids.flatMap((id) => listedOf(tenant, id) ?? []).filter(({ current }) => current !== null);
    },
    async findIgnored(tenantId, clusterIds) {
      const { work } = workOf(tenantId);
      return new Set(clusterIds.filter((id) => work.get(canonicalOf(tenantId, id))?.current.work.state === 'ignored'));
    },
    async readBeganAt(tenantId) {
      return workOf(tenantId).changes[0]?.atMs ?? null;
    },
    async findUnlisted(tenantId, _createdFromMs, limit) {
      return allListed(tenantOf(tenantId))
        .filter(({ current }) => current === null)
        .slice(0, limit);
    },
    async begin(tenantId, changes, origin) {
      const { work } = workOf(tenantId);
      const begun = changes.filter(({ clusterId }) => !work.has(clusterId));
      apply(tenantOf(tenantId), begun, origin);
      return begun.map(({ clusterId }) => clusterId);
    },
    async listMembers(tenantId, canonicalIds) {
      return listMembers(tenantOf(tenantId), canonicalIds);
    },
    async lockDue(tenantId, due) {
      return allListed(tenantOf(tenantId))
        .filter(({ clusterId }) => clusterId > (due.afterId ?? ''))
        .filter((listed) => listed.current !== null && isDue(listed.current.work, listed, due))
        .slice(0, due.limit);
    },
    async findRates(tenantId, nowMs, leastPerHour) {
      return allListed(tenantOf(tenantId))
        .map((listed) => ({ listed, rate: rateOf(tenantOf(tenantId), listed.clusterId, nowMs) }))
        .filter(({ listed, rate }) => rate.perHour >= leastPerHour || waitsForRate(listed.current?.work))
        .map(({ rate }) => rate);
    },
    async readRates(tenantId, clusterIds, nowMs) {
      return clusterIds.map((id) => rateOf(tenantOf(tenantId), id, nowMs));
    },
    async countEventsSince(tenantId, clusterId, sinceMs) {
      const fromMs = Math.floor(sinceMs / minuteMs) * minuteMs;
      const events = eventsOf(tenantOf(tenantId), clusterId).filter(({ minuteMs }) => minuteMs >= fromMs);
      const isKept = tenantOf(tenantId).countsKeptFromMs <= fromMs;
      return isKept ? events.reduce((total, { eventCount }) => total + eventCount, 0) : null;
    },
    async change(tenantId, changes, origin) {
      apply(tenantOf(tenantId), changes, origin);
    },
    async readChange(tenantId, changeId) {
      return workOf(tenantId).changes.filter((change) => change.changeId === changeId);
    },
    async markUndone(tenantId, changeId) {
      const list = workOf(tenantId);
      const isLeft = list.changes.some((change) => change.changeId === changeId && !change.isUndone);
      list.changes = list.changes.map((change) =>
        change.changeId === changeId ? { ...change, isUndone: true } : change
      );
      return isLeft;
    },
    async listChanges(tenantId, clusterId, limit) {
      const canonicalId = canonicalOf(tenantId, clusterId);
      return workOf(tenantId)
        .changes.filter((change) => change.clusterId === canonicalId)
        .reverse()
        .slice(0, limit);
    },
    async listComments(tenantId, clusterId, limit) {
      const canonicalId = canonicalOf(tenantId, clusterId);
      return workOf(tenantId)
        .comments.filter((comment) => isShown(tenantId, comment))
        .filter((comment) => canonicalOf(tenantId, comment.clusterId) === canonicalId)
        .slice(-limit);
    },
    async listCommentsBy(tenantId, { kind, id }) {
      return workOf(tenantId)
        .comments.filter((comment) => isShown(tenantId, comment))
        .filter(({ actor }) => actor.kind === kind && actor.id === id)
        .map((comment) => ({ ...comment, clusterId: canonicalOf(tenantId, comment.clusterId) }));
    },
    async getComment(tenantId, id) {
      return workOf(tenantId).comments.find((comment) => comment.id === id && isShown(tenantId, comment)) ?? null;
    },
    async addComment(tenantId, comment) {
      const clusterId = canonicalOf(tenantId, comment.clusterId);
      const added: CommentRow = { ...comment, clusterId, id: crypto.randomUUID() };
      workOf(tenantId).comments.push(added);
      return added;
    },
    hideComment: async (tenantId, id) => hide(tenantOf(tenantId), tenantOf(tenantId).workList.comments, id),
    async listOwnerRules(tenantId) {
      return workOf(tenantId).ownerRules.filter((rule) => isShown(tenantId, rule));
    },
    async createOwnerRule(tenantId, rule) {
      const list = workOf(tenantId);
      const isTaken = list.ownerRules.some(
        (other) => other.label === rule.label && other.value === rule.value && isShown(tenantId, other)
      );
      if (isTaken) {
        throw new PortError({
          system: 'pglite',
          kind: 'conflict',
          isRetryable: false,
          message: 'There is such a rule',
        });
      }
      const created: OwnerRuleRow = { ...rule, id: crypto.randomUUID(), createdAtMs: Date.now() };
      list.ownerRules.push(created);
      return created;
    },
    hideOwnerRule: async (tenantId, id) => hide(tenantOf(tenantId), tenantOf(tenantId).workList.ownerRules, id),
    async listTeams(tenantId) {
      const list = workOf(tenantId);
      const assignees = [
        ...[...list.work.values()].map(({ current }) => current.assignee),
        ...list.ownerRules.filter((rule) => isShown(tenantId, rule)).map(({ assignee }) => assignee),
      ];
      return [...new Set(assignees.flatMap((who) => (who?.kind === 'team' ? [who.name] : [])))].sort();
    },
    async readSeen(tenantId, { kind, id }) {
      return (state.tenants.get(tenantId)?.workList.seen ?? noTenant).get(`${kind} ${id}`) ?? null;
    },
    async markSeen(tenantId, { kind, id }, atMs) {
      const { seen } = workOf(tenantId);
      seen.set(`${kind} ${id}`, Math.max(atMs, seen.get(`${kind} ${id}`) ?? 0));
    },
    async deleteHistoryBefore(tenantId, cutMs, limit) {
      const list = workOf(tenantId);
      const isOld = ({ atMs, clusterId }: WrittenWorkChange, index: number) =>
        atMs < cutMs && list.changes.slice(index + 1).some((newer) => newer.clusterId === clusterId);
      const deleted = new Set(list.changes.filter(isOld).slice(0, limit));
      list.changes = list.changes.filter((change) => !deleted.has(change));
      return deleted.size;
    },
    async deleteHiddenBefore(tenantId, cutMs, limit) {
      const { hiddenAtMs, comments, ownerRules } = workOf(tenantId);
      const deletedCounts = [comments, ownerRules].map((rows) => {
        const old = rows.filter(({ id }) => (hiddenAtMs.get(id) ?? cutMs) < cutMs).slice(0, limit);
        old.forEach((row) =>
          rows.splice(
            rows.findIndex(({ id }) => id === row.id),
            1
          )
        );
        return old.length;
      });
      return deletedCounts.reduce((total, count) => total + count, 0);
    },
  };
}

function hide(tenant: FakeTenant, rows: ReadonlyArray<{ readonly id: string }>, id: string): boolean {
  const isThere = rows.some((row) => row.id === id) && !tenant.workList.hiddenAtMs.has(id);
  if (isThere) {
    tenant.workList.hiddenAtMs.set(id, Date.now());
  }
  return isThere;
}

function apply(tenant: FakeTenant, changes: readonly WorkChange[], origin: WorkChangeOrigin): void {
  const list = tenant.workList;
  for (const change of changes) {
    const revision = (list.work.get(change.clusterId)?.revision ?? 0) + 1;
    list.work.set(change.clusterId, { current: change.after, revision });
    const written: WrittenWorkChange = {
      ...change,
      ...origin,
      id: String(list.changes.length),
      revision,
      isUndone: false,
    };
    list.changes.push(written);
  }
}
