import type { Labels } from '@loghunter/engine/records';
import type { SqlSession, StreamMinute } from '@loghunter/ports';
import { streamIdOf } from './stream-id.ts';
import { toStorableText } from './storable-text.ts';

interface StreamRow extends Record<string, unknown> {
  readonly id: string;
  readonly watch_id: string;
  readonly service: string;
  readonly namespace: string;
}

interface ClaimedStream {
  readonly id: string;
  readonly labels: Labels;
  readonly service: string;
  readonly namespace: string;
}

/**
 * Creates the streams of the minutes that are new and locks all of them in order of id, so that two writers of one stream take turns
 * and no two writers wait for each other. A stream belongs to the watch that wrote it first.
 * @returns the label sets of streams that another watch owns, by id
 */
export async function claimStreams(
  session: SqlSession,
  tenantId: string,
  watchId: string,
  minutes: readonly StreamMinute[]
): Promise<ReadonlyMap<string, Labels>> {
  const streams = distinctStreams(minutes);
  await insertNewStreams(session, tenantId, watchId, streams);
  const locked = await session.query<StreamRow>(
    `select id, watch_id, service, namespace from streams
     where tenant_id = $1 and id = any($2::uuid[]) order by id for no key update`,
    [tenantId, streams.map((stream) => stream.id)]
  );
  const rows = new Map(locked.map((row) => [row.id, row]));
  const own = streams.filter((stream) => rows.get(stream.id)?.watch_id === watchId);
  await updateServices(
    session,
    tenantId,
    own.filter(
      (stream) => rows.get(stream.id)?.service !== stream.service || rows.get(stream.id)?.namespace !== stream.namespace
    )
  );
  const foreign = streams.filter((stream) => rows.get(stream.id)?.watch_id !== watchId);
  return new Map(foreign.map((stream) => [stream.id, stream.labels]));
}

async function insertNewStreams(
  session: SqlSession,
  tenantId: string,
  watchId: string,
  streams: readonly ClaimedStream[]
): Promise<void> {
  await session.query(
    `insert into streams (tenant_id, id, watch_id, labels, service, namespace)
     select $1, id, $2, labels::jsonb, service, namespace
     from unnest($3::uuid[], $4::text[], $5::text[], $6::text[]) as stream (id, labels, service, namespace)
     order by id
     on conflict (tenant_id, id) do nothing`,
    [
      tenantId,
      watchId,
      streams.map((stream) => stream.id),
      streams.map((stream) => JSON.stringify(storableLabels(stream.labels))),
      streams.map((stream) => stream.service),
      streams.map((stream) => stream.namespace),
    ]
  );
}

// The settings that name a stream's service may change; the clusters counted before keep theirs.
async function updateServices(session: SqlSession, tenantId: string, streams: readonly ClaimedStream[]): Promise<void> {
  if (streams.length === 0) {
    return;
  }
  await session.query(
    `update streams set service = changed.service, namespace = changed.namespace, updated_at = now()
     from unnest($2::uuid[], $3::text[], $4::text[]) as changed (id, service, namespace)
     where streams.tenant_id = $1 and streams.id = changed.id`,
    [
      tenantId,
      streams.map((stream) => stream.id),
      streams.map((stream) => stream.service),
      streams.map((stream) => stream.namespace),
    ]
  );
}

function distinctStreams(minutes: readonly StreamMinute[]): readonly ClaimedStream[] {
  const streams = new Map<string, ClaimedStream>();
  for (const minute of minutes) {
    const id = streamIdOf(minute.labels);
    streams.set(id, {
      id,
      labels: minute.labels,
      service: toStorableText(minute.service),
      namespace: toStorableText(minute.namespace),
    });
  }
  return [...streams.values()];
}

function storableLabels(labels: Labels): Labels {
  return Object.fromEntries(
    Object.entries(labels).map(([name, value]) => [toStorableText(name), toStorableText(value)])
  );
}
