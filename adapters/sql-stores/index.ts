export { createApiKeyStore } from './api-key-store.ts';
export { createClusterRules } from './cluster-rules.ts';
export { createClusterStore } from './cluster-store.ts';
export { createLedger } from './ledger.ts';
export { loadMigrations } from './load-migrations.ts';
export { createMigrator } from './migrator.ts';
export { createTenantStore } from './tenant-store.ts';
