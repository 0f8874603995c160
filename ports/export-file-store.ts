/** Files of exports in pieces of text, for a day. Throws `PortError` of the database. */
export interface ExportFileStore {
  /** Adds a piece; `part` counts from 0. What the database cannot hold, NUL and lone surrogates, becomes U+FFFD. */
  write(tenantId: string, fileId: string, part: number, content: string): Promise<void>;
  /** Null: the file has no such piece. */
  read(tenantId: string, fileId: string, part: number): Promise<string | null>;
  /** Bytes of all files of the tenant, in UTF-8. */
  readSize(tenantId: string): Promise<number>;
  /** Bytes of each file of the tenant, by its id. */
  listSizes(tenantId: string): Promise<ReadonlyMap<string, number>>;
  delete(tenantId: string, fileId: string): Promise<void>;
  /** Deletes pieces that were written before `cutMs`, `limit` at most; returns how many. */
  deleteBefore(tenantId: string, cutMs: number, limit: number): Promise<number>;
}
