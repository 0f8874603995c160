export { createEmbeddedLogStore } from './embedded-log-store.ts';
export type { EmbeddedLogStore, EmbeddedLogStoreSettings } from './embedded-log-store.ts';
