drop table work_list_seen, owner_rules, cluster_comments, cluster_history, cluster_work;
