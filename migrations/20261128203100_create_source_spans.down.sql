drop table source_spans;
