-- The role stays: it belongs to the whole server, and another database may use it.
drop table cluster_samples, cluster_spans, cluster_minutes, cluster_levels, error_clusters, stream_hours, stream_minutes, streams, watches, tenants;
