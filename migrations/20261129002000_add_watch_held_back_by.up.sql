-- Why a watch is behind, as its scanner knows it: written with each renewal of the lease, so that every process can tell.
alter table watches add column held_back_by text;
alter table watches add constraint watches_held_back_by_check check (held_back_by in ('budget', 'source', 'failure'));
comment on column watches.held_back_by is 'What the scanner with the lease waits for: the budget of background queries, the log source, or that a failure passes; null: nothing';
