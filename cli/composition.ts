import { createEmbeddedLogStore } from '@loghunter/adapters/embedded-logs';
import { openPglite } from '@loghunter/adapters/pglite';
import { createPostgresOwner } from '@loghunter/adapters/postgres';
import { createMigrator, loadMigrations } from '@loghunter/adapters/sql-stores';
