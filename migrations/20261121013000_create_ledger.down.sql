-- The role stays: it belongs to the whole server, and another database may use it.
drop table cluster_samples, cluster_hours, cluster_minutes, cluster_levels, error_clusters, stream_hours, stream_minutes, streams, watches, tenants;
