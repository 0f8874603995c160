drop table incident_history;
alter table incidents
  drop constraint incidents_assignee_check,
  drop column assignee_name,
  drop column assignee_id,
  drop column assignee_kind;
