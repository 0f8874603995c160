-- Made by tests/system/sql-migrations.test.ts with UPDATE_SCHEMA=1; not edited by hand.
CREATE TABLE public.api_keys (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    key_hash text NOT NULL,
    prefix text NOT NULL,
    last_four text NOT NULL,
    scopes text[] NOT NULL,
    hourly_limit integer,
    expires_at timestamp with time zone,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    created_by text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT api_keys_hourly_limit_check CHECK ((hourly_limit > 0)),
    CONSTRAINT api_keys_key_hash_check CHECK ((length(key_hash) = 64)),
    CONSTRAINT api_keys_name_check CHECK (((name <> ''::text) AND (length(name) <= 200))),
    CONSTRAINT api_keys_scopes_check CHECK ((cardinality(scopes) > 0))
);
ALTER TABLE ONLY public.api_keys FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.api_keys.key_hash IS 'SHA-256 of the whole key in hexadecimal; the key itself is kept nowhere';
COMMENT ON COLUMN public.api_keys.hourly_limit IS 'Null: the limit of its scopes';
COMMENT ON COLUMN public.api_keys.revoked_at IS 'No longer accepted since then; the row stays for histories';
CREATE TABLE public.api_usage (
    tenant_id uuid NOT NULL,
    actor_kind text NOT NULL,
    actor_id text NOT NULL,
    hour_at timestamp with time zone NOT NULL,
    actor_name text NOT NULL,
    request_count bigint NOT NULL,
    weight_sum bigint NOT NULL,
    refused_count bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT api_usage_refused_count_check CHECK ((refused_count >= 0)),
    CONSTRAINT api_usage_request_count_check CHECK ((request_count >= 0)),
    CONSTRAINT api_usage_weight_sum_check CHECK ((weight_sum >= 0))
);
ALTER TABLE ONLY public.api_usage FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.api_usage IS 'Requests of each user and key by the hour';
COMMENT ON COLUMN public.api_usage.weight_sum IS 'What the accepted requests counted against the limit';
CREATE TABLE public.cluster_levels (
    tenant_id uuid NOT NULL,
    cluster_id uuid NOT NULL,
    level smallint NOT NULL,
    event_count bigint NOT NULL,
    line_count bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_event_count bigint DEFAULT 0 NOT NULL,
    deleted_line_count bigint DEFAULT 0 NOT NULL,
    CONSTRAINT cluster_levels_deleted_event_count_check CHECK ((deleted_event_count >= 0)),
    CONSTRAINT cluster_levels_deleted_line_count_check CHECK ((deleted_line_count >= 0)),
    CONSTRAINT cluster_levels_event_count_check CHECK ((event_count >= 0)),
    CONSTRAINT cluster_levels_level_check CHECK ((level = ANY (ARRAY[0, 1, 5, 9, 13, 17, 21]))),
    CONSTRAINT cluster_levels_line_count_check CHECK ((line_count >= 0))
)
WITH (fillfactor='80');
ALTER TABLE ONLY public.cluster_levels FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.cluster_levels IS 'Totals of a cluster by level, also of minutes that were deleted since';
COMMENT ON COLUMN public.cluster_levels.deleted_event_count IS 'Part of event_count whose minutes were deleted for their age';
COMMENT ON COLUMN public.cluster_levels.deleted_line_count IS 'Part of line_count whose minutes were deleted for their age';
CREATE TABLE public.cluster_minutes (
    tenant_id uuid NOT NULL,
    stream_id uuid NOT NULL,
    minute_at timestamp with time zone NOT NULL,
    cluster_id uuid NOT NULL,
    level smallint NOT NULL,
    event_count integer NOT NULL,
    line_count integer NOT NULL,
    first_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT cluster_minutes_event_count_check CHECK ((event_count >= 0)),
    CONSTRAINT cluster_minutes_level_check CHECK ((level = ANY (ARRAY[0, 1, 5, 9, 13, 17, 21]))),
    CONSTRAINT cluster_minutes_line_count_check CHECK ((line_count >= 0))
);
ALTER TABLE ONLY public.cluster_minutes FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.cluster_minutes IS 'No foreign keys: whoever deletes a tenant, stream or cluster deletes these rows too';
CREATE TABLE public.cluster_rules (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    sequence bigint NOT NULL,
    origin text NOT NULL,
    kind text NOT NULL,
    body jsonb NOT NULL,
    content_hash text NOT NULL,
    created_by text NOT NULL,
    undone_at timestamp with time zone,
    undone_by text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT cluster_rules_check CHECK (((undone_at IS NULL) = (undone_by IS NULL))),
    CONSTRAINT cluster_rules_kind_check CHECK ((kind <> ''::text)),
    CONSTRAINT cluster_rules_origin_check CHECK ((origin = ANY (ARRAY['learned'::text, 'user'::text])))
);
ALTER TABLE ONLY public.cluster_rules FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.cluster_rules.sequence IS 'Grows with every change of the tenant''s rules, in order of commit: what has changed since is what is greater';
COMMENT ON COLUMN public.cluster_rules.content_hash IS 'Of origin, kind and body: what two replicas learn alike is one rule';
COMMENT ON COLUMN public.cluster_rules.created_by IS 'Who made it: a person, or the replica that learned it';
COMMENT ON COLUMN public.cluster_rules.undone_at IS 'Null: in force';
COMMENT ON COLUMN public.cluster_rules.undone_by IS 'Null: in force';
CREATE TABLE public.cluster_samples (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    cluster_id uuid NOT NULL,
    timestamp_ns bigint NOT NULL,
    sanitised_text text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.cluster_samples FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.cluster_samples.timestamp_ns IS 'Nanoseconds since 1970: finer than timestamptz';
CREATE TABLE public.cluster_spans (
    tenant_id uuid NOT NULL,
    span_hours smallint NOT NULL,
    start_at timestamp with time zone NOT NULL,
    cluster_id uuid NOT NULL,
    level smallint NOT NULL,
    event_count bigint NOT NULL,
    line_count bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT cluster_spans_event_count_check CHECK ((event_count >= 0)),
    CONSTRAINT cluster_spans_level_check CHECK ((level = ANY (ARRAY[0, 1, 5, 9, 13, 17, 21]))),
    CONSTRAINT cluster_spans_line_count_check CHECK ((line_count >= 0)),
    CONSTRAINT cluster_spans_span_hours_check CHECK ((span_hours = ANY (ARRAY[1, 6, 24])))
)
WITH (fillfactor='80');
ALTER TABLE ONLY public.cluster_spans FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.cluster_spans IS 'Sums of cluster_minutes over all streams by the hour, by six hours and by the day (UTC), kept in the same transaction';
CREATE TABLE public.error_clusters (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    service text NOT NULL,
    namespace text NOT NULL,
    fingerprint text NOT NULL,
    algorithm_version integer NOT NULL,
    template jsonb NOT NULL,
    template_text text NOT NULL,
    search_text text NOT NULL,
    level smallint DEFAULT 0 NOT NULL,
    event_count bigint DEFAULT 0 NOT NULL,
    line_count bigint DEFAULT 0 NOT NULL,
    first_seen_at timestamp with time zone,
    last_seen_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    canonical_id uuid,
    signature text DEFAULT ''::text NOT NULL,
    CONSTRAINT error_clusters_check CHECK ((canonical_id <> id)),
    CONSTRAINT error_clusters_event_count_check CHECK ((event_count >= 0)),
    CONSTRAINT error_clusters_level_check CHECK ((level = ANY (ARRAY[0, 1, 5, 9, 13, 17, 21]))),
    CONSTRAINT error_clusters_line_count_check CHECK ((line_count >= 0))
)
WITH (fillfactor='80');
ALTER TABLE ONLY public.error_clusters FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.error_clusters.search_text IS 'template_text in lower case as JavaScript makes it, so that both databases and every locale find the same';
COMMENT ON COLUMN public.error_clusters.event_count IS 'Every event ever counted, also of minutes that were deleted since';
COMMENT ON COLUMN public.error_clusters.first_seen_at IS 'Null: every event that made this cluster was taken back when its minute was read again';
COMMENT ON COLUMN public.error_clusters.last_seen_at IS 'Null: as first_seen_at';
COMMENT ON COLUMN public.error_clusters.canonical_id IS 'The cluster that rules made of this one; it has none itself. Null: itself. Counts stay under the id they were written with';
COMMENT ON COLUMN public.error_clusters.signature IS 'What rules are applied to, without private text; empty: no rule of lines applies, as for stack traces';
CREATE TABLE public.grafana_organisations (
    organisation_id bigint NOT NULL,
    tenant_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT grafana_organisations_organisation_id_check CHECK ((organisation_id > 0))
);
ALTER TABLE ONLY public.grafana_organisations FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.grafana_organisations IS 'Of the installation: the tenant of each organisation of Grafana';
CREATE TABLE public.schema_migrations (
    name text NOT NULL,
    checksum text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.stream_hours (
    tenant_id uuid NOT NULL,
    stream_id uuid NOT NULL,
    hour_at timestamp with time zone NOT NULL,
    line_count bigint NOT NULL,
    unread_line_count bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT stream_hours_line_count_check CHECK ((line_count >= 0)),
    CONSTRAINT stream_hours_unread_line_count_check CHECK ((unread_line_count >= 0))
)
WITH (fillfactor='80');
ALTER TABLE ONLY public.stream_hours FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.stream_hours IS 'Sums of stream_minutes, kept in the same transaction';
CREATE TABLE public.stream_minutes (
    tenant_id uuid NOT NULL,
    stream_id uuid NOT NULL,
    minute_at timestamp with time zone NOT NULL,
    line_count integer NOT NULL,
    unread_line_count integer NOT NULL,
    is_closed boolean NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT stream_minutes_line_count_check CHECK ((line_count >= 0)),
    CONSTRAINT stream_minutes_unread_line_count_check CHECK ((unread_line_count >= 0))
);
ALTER TABLE ONLY public.stream_minutes FORCE ROW LEVEL SECURITY;
CREATE TABLE public.streams (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    watch_id uuid NOT NULL,
    labels jsonb NOT NULL,
    service text NOT NULL,
    namespace text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.streams FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.streams.id IS 'Made of a hash of the labels, so that every replica finds the same';
CREATE TABLE public.tenant_settings (
    tenant_id uuid NOT NULL,
    name text NOT NULL,
    value jsonb NOT NULL,
    updated_by text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT tenant_settings_name_check CHECK (((name <> ''::text) AND (length(name) <= 100)))
);
ALTER TABLE ONLY public.tenant_settings FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.tenant_settings IS 'What a tenant wants otherwise than the environment says';
CREATE TABLE public.tenants (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    loki_org_id text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT tenants_name_check CHECK (((name <> ''::text) AND (length(name) <= 200)))
);
ALTER TABLE ONLY public.tenants FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.tenants.loki_org_id IS 'X-Scope-OrgID; null: Loki runs without tenants';
CREATE TABLE public.watches (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    selectors text[] NOT NULL,
    discovered_label_names text[] NOT NULL,
    read_from_at timestamp with time zone,
    read_up_to_at timestamp with time zone,
    counts_kept_from_at timestamp with time zone,
    lease_holder text,
    lease_expires_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    retired_at timestamp with time zone,
    CONSTRAINT watches_name_check CHECK (((name <> ''::text) AND (length(name) <= 500)))
);
ALTER TABLE ONLY public.watches FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.watches.read_from_at IS 'Nothing before this has been read; null: nothing has been read';
COMMENT ON COLUMN public.watches.read_up_to_at IS 'Everything before this has been read once; null: nothing has been read';
COMMENT ON COLUMN public.watches.counts_kept_from_at IS 'Minutes before this were deleted and are not counted again; null: none was deleted';
COMMENT ON COLUMN public.watches.lease_holder IS 'The scanner that reads this watch now; null: nobody does';
COMMENT ON COLUMN public.watches.retired_at IS 'No longer configured since then: its streams are free for other watches; null: in use';
ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_tenant_id_key_hash_key UNIQUE (tenant_id, key_hash);
ALTER TABLE ONLY public.api_usage
    ADD CONSTRAINT api_usage_pkey PRIMARY KEY (tenant_id, actor_kind, actor_id, hour_at);
ALTER TABLE ONLY public.cluster_levels
    ADD CONSTRAINT cluster_levels_pkey PRIMARY KEY (tenant_id, cluster_id, level);
ALTER TABLE ONLY public.cluster_minutes
    ADD CONSTRAINT cluster_minutes_pkey PRIMARY KEY (tenant_id, stream_id, minute_at, cluster_id, level);
ALTER TABLE ONLY public.cluster_rules
    ADD CONSTRAINT cluster_rules_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.cluster_samples
    ADD CONSTRAINT cluster_samples_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.cluster_spans
    ADD CONSTRAINT cluster_spans_pkey PRIMARY KEY (tenant_id, span_hours, start_at, cluster_id, level);
ALTER TABLE ONLY public.error_clusters
    ADD CONSTRAINT error_clusters_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.grafana_organisations
    ADD CONSTRAINT grafana_organisations_pkey PRIMARY KEY (organisation_id);
ALTER TABLE ONLY public.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.stream_hours
    ADD CONSTRAINT stream_hours_pkey PRIMARY KEY (tenant_id, hour_at, stream_id);
ALTER TABLE ONLY public.stream_minutes
    ADD CONSTRAINT stream_minutes_pkey PRIMARY KEY (tenant_id, stream_id, minute_at);
ALTER TABLE ONLY public.streams
    ADD CONSTRAINT streams_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.tenant_settings
    ADD CONSTRAINT tenant_settings_pkey PRIMARY KEY (tenant_id, name);
ALTER TABLE ONLY public.tenants
    ADD CONSTRAINT tenants_name_key UNIQUE (name);
ALTER TABLE ONLY public.tenants
    ADD CONSTRAINT tenants_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.watches
    ADD CONSTRAINT watches_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.watches
    ADD CONSTRAINT watches_tenant_id_name_key UNIQUE (tenant_id, name);
CREATE INDEX api_keys_key_hash_idx ON public.api_keys USING btree (key_hash);
CREATE INDEX cluster_minutes_tenant_id_cluster_id_minute_at_idx ON public.cluster_minutes USING btree (tenant_id, cluster_id, minute_at);
CREATE UNIQUE INDEX cluster_rules_tenant_id_content_hash_idx ON public.cluster_rules USING btree (tenant_id, content_hash) WHERE (undone_at IS NULL);
CREATE UNIQUE INDEX cluster_rules_tenant_id_sequence_idx ON public.cluster_rules USING btree (tenant_id, sequence);
CREATE INDEX cluster_samples_tenant_id_cluster_id_idx ON public.cluster_samples USING btree (tenant_id, cluster_id);
CREATE INDEX cluster_spans_tenant_id_cluster_id_start_at_idx ON public.cluster_spans USING btree (tenant_id, cluster_id, start_at) WHERE (span_hours = 1);
CREATE INDEX error_clusters_tenant_id_canonical_id_idx ON public.error_clusters USING btree (tenant_id, canonical_id) WHERE (canonical_id IS NOT NULL);
CREATE INDEX error_clusters_tenant_id_created_at_idx ON public.error_clusters USING btree (tenant_id, created_at);
CREATE INDEX grafana_organisations_tenant_id_idx ON public.grafana_organisations USING btree (tenant_id);
CREATE INDEX streams_tenant_id_watch_id_idx ON public.streams USING btree (tenant_id, watch_id);
ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.api_usage
    ADD CONSTRAINT api_usage_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.cluster_levels
    ADD CONSTRAINT cluster_levels_tenant_id_cluster_id_fkey FOREIGN KEY (tenant_id, cluster_id) REFERENCES public.error_clusters(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.cluster_rules
    ADD CONSTRAINT cluster_rules_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.cluster_samples
    ADD CONSTRAINT cluster_samples_tenant_id_cluster_id_fkey FOREIGN KEY (tenant_id, cluster_id) REFERENCES public.error_clusters(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.cluster_spans
    ADD CONSTRAINT cluster_spans_tenant_id_cluster_id_fkey FOREIGN KEY (tenant_id, cluster_id) REFERENCES public.error_clusters(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.error_clusters
    ADD CONSTRAINT error_clusters_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.grafana_organisations
    ADD CONSTRAINT grafana_organisations_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.stream_hours
    ADD CONSTRAINT stream_hours_tenant_id_stream_id_fkey FOREIGN KEY (tenant_id, stream_id) REFERENCES public.streams(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.stream_minutes
    ADD CONSTRAINT stream_minutes_tenant_id_stream_id_fkey FOREIGN KEY (tenant_id, stream_id) REFERENCES public.streams(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.streams
    ADD CONSTRAINT streams_tenant_id_watch_id_fkey FOREIGN KEY (tenant_id, watch_id) REFERENCES public.watches(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.tenant_settings
    ADD CONSTRAINT tenant_settings_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.watches
    ADD CONSTRAINT watches_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE public.api_keys ENABLE ROW LEVEL SECURITY;
CREATE POLICY api_keys_by_hash ON public.api_keys FOR SELECT USING ((key_hash = ( SELECT NULLIF(current_setting('loghunter.key_hash'::text, true), ''::text) AS "nullif")));
CREATE POLICY api_keys_of_tenant ON public.api_keys USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.api_usage ENABLE ROW LEVEL SECURITY;
CREATE POLICY api_usage_of_tenant ON public.api_usage USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.cluster_levels ENABLE ROW LEVEL SECURITY;
CREATE POLICY cluster_levels_of_tenant ON public.cluster_levels USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.cluster_minutes ENABLE ROW LEVEL SECURITY;
CREATE POLICY cluster_minutes_of_tenant ON public.cluster_minutes USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.cluster_rules ENABLE ROW LEVEL SECURITY;
CREATE POLICY cluster_rules_of_tenant ON public.cluster_rules USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.cluster_samples ENABLE ROW LEVEL SECURITY;
CREATE POLICY cluster_samples_of_tenant ON public.cluster_samples USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.cluster_spans ENABLE ROW LEVEL SECURITY;
CREATE POLICY cluster_spans_of_tenant ON public.cluster_spans USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.error_clusters ENABLE ROW LEVEL SECURITY;
CREATE POLICY error_clusters_of_tenant ON public.error_clusters USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.grafana_organisations ENABLE ROW LEVEL SECURITY;
CREATE POLICY grafana_organisations_of_installation ON public.grafana_organisations USING ((( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif") IS NULL));
ALTER TABLE public.stream_hours ENABLE ROW LEVEL SECURITY;
CREATE POLICY stream_hours_of_tenant ON public.stream_hours USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.stream_minutes ENABLE ROW LEVEL SECURITY;
CREATE POLICY stream_minutes_of_tenant ON public.stream_minutes USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.streams ENABLE ROW LEVEL SECURITY;
CREATE POLICY streams_of_tenant ON public.streams USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.tenant_settings ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_settings_of_tenant ON public.tenant_settings USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.tenants ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenants_of_installation ON public.tenants USING (((( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif") IS NULL) OR (id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif"))));
ALTER TABLE public.watches ENABLE ROW LEVEL SECURITY;
CREATE POLICY watches_of_tenant ON public.watches USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
GRANT USAGE ON SCHEMA public TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.api_keys TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.api_usage TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cluster_levels TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cluster_minutes TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cluster_rules TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cluster_samples TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cluster_spans TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.error_clusters TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.grafana_organisations TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.stream_hours TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.stream_minutes TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.streams TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tenant_settings TO loghunter_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.tenants TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.watches TO loghunter_app;
