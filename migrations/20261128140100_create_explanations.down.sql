drop table analysis_feedback, analysis_results, egress_entries, model_settings;
