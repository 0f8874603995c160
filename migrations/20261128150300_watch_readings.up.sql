alter table watches
  add column one_in integer not null default 1 check (one_in >= 0),
  add column source text not null default '' check (length(source) <= 100);

comment on column watches.one_in is '1: every line is read; 0: lines are counted and not read; more: one part in so many of each minute is read and counts are scaled';
comment on column watches.source is 'Name of the log source that is read; empty: the one of the configuration';
