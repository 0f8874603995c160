drop table tenant_settings;
drop table api_usage;
drop table api_keys;
drop table grafana_organisations;
