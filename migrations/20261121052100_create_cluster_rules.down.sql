drop index error_clusters_tenant_id_created_at_idx;
drop index error_clusters_tenant_id_canonical_id_idx;
alter table error_clusters drop column signature, drop column canonical_id;
drop table cluster_rules;
