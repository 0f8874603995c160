-- Coverage asks each time for the clusters of lines without one, a few of all; the fingerprint is engine/fingerprints' `unclusteredFingerprint`.
create index error_clusters_unclustered_idx on error_clusters (tenant_id, id) where fingerprint = '106a88206a718519cf109de111138713';
