const clusterId = "'00000000-0000-4000-8000-000000000001'";
const actor = "'test', 'id', 'name'";

/** A row for every table of the work list, of notifications and of language models; `$1` is the tenant. In the order of their references. */
export const featureRows: readonly string[] = [
  `insert into cluster_work (tenant_id, cluster_id, state, since_at, work) values ($1, ${clusterId}, 'new', now(), '{}')`,
  `insert into cluster_comments (tenant_id, cluster_id, text, actor_kind, actor_id, actor_name, occurred_at)
   values ($1, ${clusterId}, 'a text', ${actor}, now())`,
  `insert into cluster_history (tenant_id, cluster_id, reason, state_before, state_after, revision, occurred_at)
   values ($1, ${clusterId}, 'resolve', '{}', '{}', 1, now())`,
  `insert into owner_rules (tenant_id, label, value, assignee_kind, assignee_id, assignee_name, created_by)
   values ($1, 'team', 'shop', 'team', 'shop', 'Shop', 'test')`,
  `insert into work_list_seen (tenant_id, actor_kind, actor_id, seen_at) values ($1, 'test', 'id', now())`,
  `insert into live_positions (tenant_id, position) values ($1, 1)`,
  `insert into live_events (tenant_id, position, topic, ids, occurred_at) values ($1, 1, 'cluster-state', '{}', now())`,
  `insert into notices (tenant_id, dedup_key, kind, severity, service, namespace, title, lines, event_count, range_from, range_to, noticed_at)
   values ($1, 'key', 'cluster-new', 'LOW', 'shop', '', 'a title', '[]', 1, now(), now(), now())`,
  `insert into notification_channels (tenant_id, id, name, kind, target, rules, is_enabled)
   values ($1, gen_random_uuid(), 'hook', 'webhook', '{}', '{}', true)`,
  `insert into notification_deliveries (tenant_id, channel_id, status, is_test, due_at, decided_at)
   select $1, id, 'waiting', false, now(), now() from notification_channels`,
  `insert into notification_delivery_notices (tenant_id, channel_id, notice_id, delivery_id)
   select $1, d.channel_id, n.id, d.id from notification_deliveries d, notices n`,
  `insert into model_settings (tenant_id) values ($1)`,
  `insert into egress_entries (tenant_id, purpose, provider, model, destination, left_installation, sent_text, text_hash, size_bytes,
     redactions, input_tokens, output_tokens, actor_kind, actor_id, actor_name)
   values ($1, 'explanation', 'ollama', 'm', 'http://127.0.0.1', false, 'a text', 'hash', 1, '[]', 1, 1, ${actor})`,
  `insert into analysis_results (tenant_id, analysis_id, pack_hash, verdict, confidence, content, provider, model, prompt_version,
     created_by_kind, created_by_id, created_by_name)
   select $1, id, 'hash', 'likely', 0.5, '{}', 'ollama', 'm', '1', ${actor} from analyses`,
  `insert into analysis_feedback (tenant_id, analysis_result_id, actor_kind, actor_id, is_useful, reason)
   select $1, id, 'test', 'id', true, '' from analysis_results`,
];
