import { createHash } from 'node:crypto';
import { createAuditLog, createLedger } from '@loghunter/adapters/sql-stores';
import type { SqlDatabase } from '@loghunter/ports';
import { anomalyRows } from './fill-anomalies.ts';
import { featureRows } from './fill-features.ts';

const atNs = 1_795_172_400_000_000_000n;
const minuteMs = 1_795_172_400_000;
const clusterId = '00000000-0000-4000-8000-000000000001';

/** Writes one row or more into every table of a new tenant; returns the tenant's id. */
export async function fillTenant(database: SqlDatabase, name: string): Promise<string> {
  const ledger = createLedger(database);
  const tenant = await ledger.ensureTenant(name, null);
  const watch = await ledger.ensureWatch(tenant.id, { name: 'all', selectors: [], discoveredLabelNames: [] });
  await ledger.write(tenant.id, {
    watchId: watch.id,
    minutes: [
      {
        labels: { app: 'shop' },
        service: 'shop',
        namespace: '',
        minuteMs,
        lineCount: 1,
        unreadLineCount: 0,
        isClosed: true,
        counts: [{ clusterId, level: 'error', eventCount: 1, lineCount: 1, firstNs: atNs, lastNs: atNs }],
      },
    ],
    clusters: [
      {
        id: clusterId,
        service: 'shop',
        namespace: '',
        fingerprint: 'f',
        algorithmVersion: 1,
        template: [],
        templateText: 't',
      },
    ],
    samples: [{ clusterId, timestampNs: atNs, text: name }],
  });
  await database.withTenant(tenant.id, async (session) => {
    const hash = createHash('sha256').update(name).digest('hex');
    for (const statement of [
      `insert into api_keys (tenant_id, name, key_hash, prefix, last_four, scopes, created_by)
       values ($1, 'key', '${hash}', 'lhk_', 'last', '{read}', 'test')`,
      `insert into api_usage (tenant_id, actor_kind, actor_id, hour_at, actor_name, request_count, weight_sum, refused_count)
       values ($1, 'api-key', 'id', now(), 'key', 1, 1, 0)`,
      `insert into jobs (tenant_id, kind, input, request_hash, actor_kind, actor_id, actor_name, request_id)
       values ($1, 'retention', '{}', 'hash', 'test', 'id', 'name', 'request')`,
      `insert into saved_filters (tenant_id, name, filter, created_by_kind, created_by_id, created_by_name)
       values ($1, 'mine', '{}', 'test', 'id', 'name')`,
      `insert into personal_filters (tenant_id, owner_kind, owner_id, name, filter) values ($1, 'test', 'id', 'mine', '{}')`,
      `insert into export_parts (tenant_id, file_id, part, content, size_bytes) values ($1, gen_random_uuid(), 0, 'a text', 6)`,
      `insert into webhooks (tenant_id, name, url) values ($1, 'hook', 'https://hook.example')`,
      `insert into scanner_replicas (tenant_id, holder, seen_at) values ($1, 'holder', now())`,
      `insert into cluster_rules (tenant_id, sequence, origin, kind, body, content_hash, created_by)
       values ($1, 1, 'user', 'merge', '{}', 'hash', 'test')`,
      `insert into redaction_rules (tenant_id, name, form, pattern, ignores_case, created_by)
       values ($1, 'mine', 'literal', 'x', false, 'test')`,
      `insert into redaction_counts (tenant_id, rule_name, match_count, last_matched_at) values ($1, 'email', 1, now())`,
      `insert into analyses (tenant_id, job_id, subject, subject_text, service, incident_from, incident_to, baseline_from, baseline_to,
         created_by_kind, created_by_id, created_by_name)
       values ($1, gen_random_uuid(), '{"kind":"service","service":"shop"}', 'service shop', 'shop', now(), now() + interval '1 hour',
         now() - interval '1 hour', now(), 'test', 'id', 'name')`,
      `insert into analysis_clusters (tenant_id, analysis_id, cluster_id) select $1, id, gen_random_uuid() from analyses`,
      `insert into investigations (tenant_id, title, range_from, range_to, services, created_by_kind, created_by_id, created_by_name)
       values ($1, 'slow', now(), now() + interval '1 hour', '{shop}', 'test', 'id', 'name')`,
      `insert into investigation_clusters (tenant_id, investigation_id, cluster_id)
       select $1, id, gen_random_uuid() from investigations`,
      `insert into investigation_lines (tenant_id, investigation_id, timestamp_ns, service, level, text, labels, hash, query, note,
         pinned_by_kind, pinned_by_id, pinned_by_name)
       select $1, id, 1, 'shop', 'info', 'a line', '{}', '${hash.slice(0, 32)}', '{app="shop"}', '', 'test', 'id', 'name'
       from investigations`,
      `insert into investigation_entries (tenant_id, investigation_id, kind, text, actor_kind, actor_id, actor_name)
       select $1, id, 'comment', 'a text', 'test', 'id', 'name' from investigations`,
      `insert into investigation_analyses (tenant_id, investigation_id, analysis_id)
       select $1, i.id, a.id from investigations i, analyses a`,
      ...anomalyRows,
      ...featureRows,
      `insert into idempotency_keys (tenant_id, route, key_hash, request_hash) values ($1, 'startJob', 'key', 'hash')`,
    ]) {
      await session.query(statement, [tenant.id]);
    }
  });
  await createAuditLog(database).append(tenant.id, [
    {
      occurredAtMs: minuteMs,
      actor: { kind: 'test', id: 'id', name: 'name' },
      action: 'startJob',
      object: { kind: 'jobs', id: 'x' },
      result: 'ok',
      requestId: 'request',
      details: {},
    },
  ]);
  return tenant.id;
}

/** Fills every table for two tenants. */
export async function fillDatabase(database: SqlDatabase): Promise<void> {
  await fillTenant(database, 'one');
  await fillTenant(database, 'two');
}
