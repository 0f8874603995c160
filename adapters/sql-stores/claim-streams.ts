import type { Labels } from '@loghunter/engine/records';
import type { SqlSession, StreamMinute } from '@loghunter/ports';
import { streamIdOf } from './stream-id.ts';
import { toStorableText } from './storable-text.ts';

interface StreamRow extends Record<string, unknown> {
  readonly id: string;
  readonly watch_id: string;
  readonly is_free: boolean;
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
 * and no two writers wait for each other. A stream belongs to the watch that wrote it first, until that watch is retired.
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
    `select streams.id, streams.watch_id, streams.service, streams.namespace, watches.retired_at is not null as is_free
     from streams join watches on watches.tenant_id = streams.tenant_id and watches.id = streams.watch_id
     where streams.tenant_id = $1 and streams.id = any($2::uuid[]) order by streams.id for no key update of streams`,
    [tenantId, streams.map((stream) => stream.id)]
  );
  const rows = new Map(locked.map((row) => [row.id, row]));
  const freeIds = locked.filter((row) => row.is_free && row.watch_id !== watchId).map((row) => row.id);
  await takeOver(session, tenantId, watchId, freeIds);
  const taken = new Set(freeIds);
  const isOwn = (stream: ClaimedStream) => rows.get(stream.id)?.watch_id === watchId || taken.has(stream.id);
  const own = streams.filter(isOwn);
  await updateServices(
    session,
    tenantId,
    own.filter(
      (stream) => rows.get(stream.id)?.service !== stream.service || rows.get(stream.id)?.namespace !== stream.namespace
    )
  );
  const foreign = streams.filter((stream) => !isOwn(stream));
  return new Map(foreign.map((stream) => [stream.id, stream.labels]));
}

async function takeOver(
  session: SqlSession,
  tenantId: string,
  watchId: string,
  streamIds: readonly string[]
): Promise<void> {
  if (streamIds.length > 0) {
    await session.query(
      'update streams set watch_id = $2, updated_at = now() where tenant_id = $1 and id = any($3::uuid[])',
      [tenantId, watchId, streamIds]
    );
  }
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
