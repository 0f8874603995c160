alter table watches drop column source, drop column one_in;
