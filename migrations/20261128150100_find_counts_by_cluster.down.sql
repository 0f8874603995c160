drop index error_clusters_tenant_id_service_idx;
drop index cluster_spans_tenant_id_cluster_id_idx;
create index cluster_spans_tenant_id_cluster_id_start_at_idx on cluster_spans (tenant_id, cluster_id, start_at) where span_hours = 1;
