import type { ListPeopleResponse, ResponseOf } from '@loghunter/contracts';
import type { CallContext } from '../http/route-handlers.ts';
import { toTimestamp } from '../http/time-range.ts';
import type { WorkListFeature } from './work-list-feature.ts';

/** Who did not come for this long is not offered any more. */
const knownForMs = 90 * 86_400_000;
const hourMs = 3_600_000;

/** `GET /api/v1/people`: users of Grafana that called, and teams that were named. */
export async function listPeople(
  { tenantId, usage, workList, clock }: WorkListFeature,
  _: unknown,
  { principal }: CallContext
): Promise<ListPeopleResponse> {
  const nowMs = clock.nowMs();
  const [rows, teams] = await Promise.all([
    usage.sumUsage(tenantId, { fromMs: nowMs - knownForMs, toMs: nowMs + hourMs }),
    workList.listTeams(tenantId),
  ]);
  const people = new Map(
    rows.filter(({ actorKind }) => actorKind === 'grafana-user').map(({ actorId, actorName }) => [actorId, actorName])
  );
  const { kind, id, name } = principal.actor;
  const isPerson = kind === 'grafana-user';
  if (isPerson) {
    // Their first requests are not counted yet.
    people.set(id, name);
  }
  return {
    people: [...people]
      .map(([personId, personName]) => ({ id: personId, name: personName }))
      .sort((a, b) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1)),
    teams: [...teams],
    myId: isPerson ? id : null,
  };
}

/** `GET /api/v1/work-list/seen` */
export async function getWorkListSeen(
  { tenantId, workList }: WorkListFeature,
  _: unknown,
  { principal }: CallContext
): Promise<ResponseOf<'getWorkListSeen'>> {
  const seenAtMs = await workList.readSeen(tenantId, principal.actor);
  return { seenAt: seenAtMs === null ? null : toTimestamp(seenAtMs) };
}

/** `POST /api/v1/work-list/seen` */
export async function markWorkListSeen(
  { tenantId, workList, clock }: WorkListFeature,
  _: unknown,
  { principal }: CallContext
): Promise<ResponseOf<'markWorkListSeen'>> {
  const nowMs = clock.nowMs();
  await workList.markSeen(tenantId, principal.actor, nowMs);
  return { seenAt: toTimestamp(nowMs) };
}
