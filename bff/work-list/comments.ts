import { roles, type Comment, type RequestOf, type ResponseOf } from '@loghunter/contracts';
import type { CommentRow } from '@loghunter/ports';
import { ProblemError } from '../http/problem-error.ts';
import type { CallContext } from '../http/route-handlers.ts';
import type { Principal } from '../http/principal.ts';
import { toTimestamp } from '../http/time-range.ts';
import type { WorkListFeature } from './work-list-feature.ts';

/** A screen shows no more than the newest of these. */
const maxComments = 500;

/** Throws `ProblemError` `not-found` when the tenant has no such cluster. */
export async function requireKnownCluster(
  { tenantId, clusterRules }: Pick<WorkListFeature, 'tenantId' | 'clusterRules'>,
  id: string
): Promise<void> {
  if ((await clusterRules.readClustersById(tenantId, [id])).length === 0) {
    throw new ProblemError('not-found', `There is no cluster ${id}.`);
  }
}

/** `GET /api/v1/clusters/{id}/comments` */
export async function listComments(
  feature: WorkListFeature,
  { id }: RequestOf<'listComments'>,
  { principal }: CallContext
): Promise<ResponseOf<'listComments'>> {
  await requireKnownCluster(feature, id);
  const rows = await feature.workList.listComments(feature.tenantId, id, maxComments);
  return { comments: rows.map((row) => presentComment(row, principal)) };
}

/** `POST /api/v1/clusters/{id}/comments` */
export async function createComment(
  feature: WorkListFeature,
  { id, text }: RequestOf<'createComment'>,
  { principal }: CallContext
): Promise<Comment> {
  await requireKnownCluster(feature, id);
  const { tenantId, workList, clock } = feature;
  const comment = { clusterId: id, text, actor: principal.actor, atMs: clock.nowMs() };
  const added = await workList.addComment(tenantId, comment);
  await feature.live.announce(tenantId, 'comment', [added.clusterId]);
  return presentComment(added, principal);
}

/** `DELETE /api/v1/comments/{id}`: one's own; an administrator's right reaches all. */
export async function deleteComment(
  { tenantId, workList, live }: WorkListFeature,
  { id }: RequestOf<'deleteComment'>,
  { principal }: CallContext
): Promise<ResponseOf<'deleteComment'>> {
  const comment = await workList.getComment(tenantId, id);
  if (comment === null) {
    throw new ProblemError('not-found', `There is no comment ${id}.`);
  }
  if (!isMine(comment, principal) && roles.indexOf(principal.role) < roles.indexOf('admin')) {
    throw new ProblemError('forbidden', 'Somebody else wrote this comment.');
  }
  await workList.hideComment(tenantId, id);
  await live.announce(tenantId, 'comment', [comment.clusterId]);
  return { id };
}

/** Whether the caller wrote a comment. */
export function isMine({ actor }: CommentRow, principal: Principal): boolean {
  return actor.kind === principal.actor.kind && actor.id === principal.actor.id;
}

function presentComment(row: CommentRow, principal: Principal): Comment {
  const { id, clusterId, text, actor, atMs } = row;
  return { id, clusterId, text, by: actor.name, isMine: isMine(row, principal), at: toTimestamp(atMs) };
}
