drop table redaction_counts;
drop table redaction_rules;
