alter table watches drop column held_back_by;
