/** Several calls of stores as one transaction. */
export interface UnitOfWork {
  /**
   * Runs `work`. Every call that it makes of a store of this database belongs to one transaction of this tenant, which begins with
   * the first of them, commits when `work` resolves and rolls back when it, or any of those calls, throws. Throws what `work` threw,
   * or `PortError` of the database. Inside another unit it is a part of that one.
   */
  run<T>(tenantId: string, work: () => Promise<T>): Promise<T>;
  /** Has `action` called when the unit around the call has committed, never when it rolls back; at once when there is none. */
  afterCommit(action: () => void): void;
}
