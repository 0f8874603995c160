/** Values that may be bound to a statement. Arrays are bound as Postgres arrays; objects as jsonb are passed as JSON text. */
export type SqlValue =
  | string
  | number
  | bigint
  | boolean
  | Date
  | null
  | readonly string[]
  | ReadonlyArray<number | null>
  | readonly boolean[]
  | ReadonlyArray<string | null>;

/** A row as the driver gives it: `bigint` columns as number when safe, `timestamptz` as Date, `jsonb` parsed. */
export type SqlRow = Readonly<Record<string, unknown>>;

/** Statements inside one open transaction. Not to be used after the transaction's function has returned. */
export interface SqlSession {
  /** Runs one statement with `$1`-style parameters and returns its rows. */
  query<Row extends SqlRow>(text: string, parameters?: readonly SqlValue[]): Promise<readonly Row[]>;
}

/**
 * The only way to the database: a transaction that is bound to a tenant.
 * Throws `PortError` with system `postgres` or `pglite`: `unavailable`, `timeout`, `conflict` (serialisation, deadlock: retryable), `rejected`.
 */
export interface SqlDatabase {
  readonly system: 'postgres' | 'pglite';
  /**
   * Runs `work` in a transaction that sees and writes rows of this tenant only (row-level security, non-owner role).
   * Commits when `work` resolves, rolls back when it throws.
   */
  withTenant<T>(tenantId: string, work: (session: SqlSession) => Promise<T>): Promise<T>;
  /** Runs `work` in a transaction of the installation itself: the list of tenants, and nothing that belongs to one. */
  withInstallation<T>(work: (session: SqlSession) => Promise<T>): Promise<T>;
  /** Returns when the database answers; throws otherwise. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Statements of the schema's owner, inside one open transaction. */
export interface SqlOwnerSession extends SqlSession {
  /** Runs a script of any number of statements without parameters. */
  execute(script: string): Promise<void>;
}

/**
 * The owner's way to the database: past row-level security, for migrations only. Never reachable from a request.
 * Throws `PortError` as {@link SqlDatabase} does.
 */
export interface SqlOwner {
  readonly system: 'postgres' | 'pglite';
  /** Runs `work` in a transaction; commits when it resolves, rolls back when it throws. */
  transact<T>(work: (session: SqlOwnerSession) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Brings the schema up or down; `createMigrator` of the sql-stores adapter makes one of an owner. Separate from {@link SqlDatabase} because it needs the owner's rights. */
export interface SqlMigrator {
  /** Applies what is missing, one transaction each, one replica at a time; returns the names applied. Throws `PortError` `conflict` when an applied file has changed. */
  up(migrations: readonly Migration[]): Promise<readonly string[]>;
  /** Reverts the newest `count` applied ones; returns their names. */
  down(migrations: readonly Migration[], count: number): Promise<readonly string[]>;
  /** Every known migration and whether it is applied; also those applied that are not known. */
  status(
    migrations: readonly Migration[]
  ): Promise<ReadonlyArray<{ readonly name: string; readonly state: 'applied' | 'pending' | 'unknown' | 'changed' }>>;
  close(): Promise<void>;
}

/** One schema change, as the files `<name>.up.sql` and `<name>.down.sql` hold it. */
export interface Migration {
  /** `<timestamp>_<description>`, sorts in order of application. */
  readonly name: string;
  readonly up: string;
  readonly down: string;
}
