drop table investigation_analyses, investigation_entries, investigation_lines, investigation_clusters, investigations,
  analysis_clusters, analyses;
