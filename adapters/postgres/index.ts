export { connectPostgres } from './connect-postgres.ts';
export type { PostgresOptions } from './connect-postgres.ts';
export { connectPostgresOwner } from './connect-owner.ts';
export type { PostgresOwnerOptions } from './connect-owner.ts';
export { connectPostgresQueue } from './connect-queue.ts';
export type { PostgresQueueOptions } from './connect-queue.ts';
