-- A list that is filtered by service, text or state adds up the sums of the chosen clusters only, whatever their length.
create index cluster_spans_tenant_id_cluster_id_idx on cluster_spans (tenant_id, cluster_id, span_hours, start_at);
create index error_clusters_tenant_id_service_idx on error_clusters (tenant_id, service, namespace);
-- Last: it locks out readers until the commit.
drop index cluster_spans_tenant_id_cluster_id_start_at_idx;
