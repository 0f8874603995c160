/** An API key as it is kept: never the key itself. */
export interface ApiKey {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  /** SHA-256 of the whole key, 64 hexadecimal digits. */
  readonly hash: string;
  /** First characters of the key, enough to tell keys apart. */
  readonly prefix: string;
  readonly lastFour: string;
  /** What the key may do; the words are the server's. */
  readonly scopes: readonly string[];
  /** Weight of requests within an hour; null: the limit of its scopes. */
  readonly hourlyLimit: number | null;
  /** Milliseconds since 1970; null: never. */
  readonly expiresAtMs: number | null;
  readonly lastUsedAtMs: number | null;
  readonly revokedAtMs: number | null;
  readonly createdAtMs: number;
  /** Who made it, as histories show it. */
  readonly createdBy: string;
}

/** What is said of a key when it is made. */
export type NewApiKey = Pick<
  ApiKey,
  'name' | 'hash' | 'prefix' | 'lastFour' | 'scopes' | 'hourlyLimit' | 'expiresAtMs' | 'createdBy'
>;

/** When a key was used last. */
export interface ApiKeyUse {
  readonly tenantId: string;
  readonly id: string;
  readonly atMs: number;
}

/** API keys. Every method is one transaction and throws `PortError` of the database. */
export interface ApiKeyStore {
  /** The key of this hash, whosever it is, also an expired or revoked one; null when there is none. */
  findByHash(hash: string): Promise<ApiKey | null>;
  /** All keys of the tenant, the newest first. */
  listKeys(tenantId: string): Promise<readonly ApiKey[]>;
  createKey(tenantId: string, key: NewApiKey): Promise<ApiKey>;
  /** Makes a key with the name, scopes and limit of another, which ends at `endsAtMs`; null when that one does not exist, is revoked or has expired. */
  rotateKey(
    tenantId: string,
    id: string,
    successor: Pick<NewApiKey, 'hash' | 'prefix' | 'lastFour' | 'createdBy' | 'expiresAtMs'>,
    endsAtMs: number
  ): Promise<ApiKey | null>;
  /** Null when there is no such key; revoking a revoked one changes nothing. */
  revokeKey(tenantId: string, id: string): Promise<ApiKey | null>;
  /** Moves the times of last use forward, of one tenant. */
  noteUses(tenantId: string, uses: readonly ApiKeyUse[]): Promise<void>;
}
