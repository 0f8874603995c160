/** What is written down of one action. Texts may hold anything; control characters are kept in escaped form. */
export interface AuditRecord {
  /** Milliseconds since 1970. */
  readonly occurredAtMs: number;
  readonly actor: { readonly kind: string; readonly id: string; readonly name: string };
  /** What was done: the name of a route, or of something the server does by itself. */
  readonly action: string;
  /** What it was done to; empty texts when to nothing in particular. */
  readonly object: { readonly kind: string; readonly id: string };
  /** `ok`, or the code of the problem it ended with. */
  readonly result: string;
  readonly requestId: string;
  /** Facts beside, free of secrets. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** A record with its place in the tenant's chain. */
export interface AuditEntry extends AuditRecord {
  /** 1, 2, 3 and so on within the tenant, without gaps. */
  readonly sequence: number;
  /** SHA-256 over this entry and the hash before it, 64 hexadecimal digits. */
  readonly hash: string;
}

/** Which entries are wanted; absent fields do not restrict. */
export interface AuditFilter {
  readonly actorId?: string;
  readonly action?: string;
  readonly objectId?: string;
  readonly result?: string;
  /** Occurred at or after this, milliseconds since 1970. */
  readonly fromMs?: number;
  /** Occurred before this, milliseconds since 1970. */
  readonly toMs?: number;
}

/** Outcome of a walk along a tenant's whole chain. */
export interface AuditVerification {
  readonly checkedCount: number;
  /** Segments whose entries retention has taken and whose hashes still join their neighbours. */
  readonly deletedSegmentCount: number;
  /** The first place where the chain does not hold; null when all of it does. */
  readonly broken: { readonly sequence: number; readonly reason: string } | null;
}

/** The audit log: entries are added and, a whole old segment at a time, deleted; nothing else. Throws `PortError` of the database. */
export interface AuditLog {
  /** Adds records in this order, in one transaction, or in that of the unit of work around the call. */
  append(tenantId: string, records: readonly AuditRecord[]): Promise<void>;
  /** Entries with a sequence below `beforeSequence`, the newest first, `limit` at most. */
  list(
    tenantId: string,
    filter: AuditFilter,
    page: { readonly beforeSequence: number | null; readonly limit: number }
  ): Promise<readonly AuditEntry[]>;
  /** Walks the chain from its first segment. */
  verify(tenantId: string): Promise<AuditVerification>;
  /** Deletes the entries of the oldest segment that was closed before `cutMs`, 30 days ago at the latest; returns how many, 0 when there is none. */
  deleteOldestSegment(tenantId: string, cutMs: number): Promise<number>;
}
