drop table personal_filters;
