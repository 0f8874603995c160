drop table idempotency_keys, webhooks, saved_filters;
