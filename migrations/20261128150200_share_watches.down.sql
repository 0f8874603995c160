drop table scanner_replicas;
