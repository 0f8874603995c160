export { createLokiLogStore } from './loki-log-store.ts';
export type { LokiLogStoreSettings } from './loki-log-store.ts';
export type { LokiAuth } from './loki-connection.ts';
