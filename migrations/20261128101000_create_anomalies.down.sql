drop table anomaly_lines, anomaly_runs, anomaly_baselines, anomaly_feedback, anomaly_events, anomaly_suppressions, incidents, deploys;
