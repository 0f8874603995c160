alter table anomaly_runs drop column learned_from;
drop table count_history_marks, count_history;
